"""./eco mes: a shop floor that reports to a real Odoo, badly; at the end both sides' books are compared."""
