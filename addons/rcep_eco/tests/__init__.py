from . import test_fob
from . import test_packages
from . import test_product
from . import test_rules
from . import test_sentences
from . import test_verdict
