# ruff: noqa: I001  a room stands before those that build on it: what is below knows nothing of what is above
from . import base
from . import platform
from . import origin
from . import declaration
from . import market
from . import certificate
from . import drift
from . import scenario
from . import recognition
from . import invoice
from . import border
from . import setup
