"""The answer whether a product is wholly obtained has three values: a tick was a yes, no tick is no answer."""


def migrate(cr, version):
    cr.execute("UPDATE product_template SET rcep_obtained = 'yes' WHERE rcep_wholly_obtained AND rcep_obtained IS NULL")
