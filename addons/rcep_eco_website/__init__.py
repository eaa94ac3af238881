from . import controllers, models


def give_pages(env):
    """Certificates from before this module was installed get their pages."""
    env["rcep.certificate"]._give_pages_again()


def keep_history(env):
    """Who read the proof of a certificate, and when, stays with it where this module is taken away."""
    reads = env["rcep.data.read"]._read_group([], ["certificate_id"], ["__count", "create_date:max"])
    for certificate, count, last in reads:
        certificate._message_log(
            body=env._("Its proof was read by the platform %(count)s times, last on %(last)s (UTC).",
                       count=count, last=last)
        )  # fmt: skip
