"""Forecasts of the catalogue are decided anew: what they tell has grown. What was sealed stays as it was."""


def migrate(cr, version):
    cr.execute("UPDATE rcep_origin SET stale = TRUE WHERE NOT stale OR stale IS NULL")
