from . import cases, models, wizard
