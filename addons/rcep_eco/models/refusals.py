"""Why a good is not determined, in a sentence each: one good and a whole catalogue are refused in the same words."""


def no_rules(env, date):
    return env._("No edition of the rules holds on %s: load one, or correct the date.", date.isoformat())


def no_price(env, name):
    return env._("%s has a price of zero or less: enter the price at which it is sold.", name)


def not_determined(env, name, error):
    """
    :param error: the engine's :class:`origin.OriginError`; that of a case says where in it the fault is
    """
    return env._(
        "The origin of %(product)s cannot be determined: %(reason)s (%(path)s). Correct it and try again.",
        product=name,
        reason=getattr(error, "reason", error),
        path=getattr(error, "path", ""),
    )
