# ruff: noqa: I001  a model stands before what extends it
from . import record
from . import line
from . import fob
from . import determination
from . import classification
from . import goods
from . import checks
from . import lint
from . import acceptance
from . import application
from . import submission
from . import following
from . import returned
from . import replacement
from . import form
from . import deadline
from . import news
