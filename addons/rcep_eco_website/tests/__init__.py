from . import test_form
from . import test_page
from . import test_push
