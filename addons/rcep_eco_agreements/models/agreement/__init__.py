"""The agreements under which a good may enter an importing Party."""

from . import rcep_agreement
