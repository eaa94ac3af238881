from . import erp, mes, range, statements, tiers
