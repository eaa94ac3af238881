from . import facts, product
