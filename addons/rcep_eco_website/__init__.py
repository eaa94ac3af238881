from . import controllers, models


def give_pages(env):
    """Certificates from before this module was installed get their pages."""
    env["rcep.certificate"]._give_pages_again()
