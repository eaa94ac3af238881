from . import invoice_door, sheet_door

from . import description  # isort: skip  (it describes the doors above)
