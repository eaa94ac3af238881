"""What the page of a certificate that was received says, on its exporter's website."""

from . import public_record
