"""How long to wait before the next try: twice as long each time, up to a longest pause."""

MOST_DOUBLED = 20  # beyond it every longest pause is reached, and the number stays small


def doubled(tries, first, longest):
    """The pause in seconds after so many failed tries."""
    return min(first * 2 ** min(tries, MOST_DOUBLED), longest)
