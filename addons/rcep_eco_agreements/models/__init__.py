# ruff: noqa: I001  rates name agreements, duties are made of both
from . import agreement
from . import rates
from . import duty
