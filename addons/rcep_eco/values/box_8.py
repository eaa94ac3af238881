"""Box 8: number and kind of transport packages, in figures and in words, and the end of the description."""

import num2words

# Singular and plural, as customs know the words.
PACKAGES = {
    "carton": ("CARTON", "CARTONS"),
    "case": ("CASE", "CASES"),
    "crate": ("CRATE", "CRATES"),
    "pallet": ("PALLET", "PALLETS"),
    "bag": ("BAG", "BAGS"),
    "drum": ("DRUM", "DRUMS"),
    "bale": ("BALE", "BALES"),
    "roll": ("ROLL", "ROLLS"),
    "nude": ("IN NUDE", "IN NUDE"),
}
PACKAGE_KINDS = [(kind, plural.capitalize()) for kind, (_singular, plural) in PACKAGES.items()]
END = "***"  # closes the description, so that nothing can be added


def name(kind):
    """What the form calls packages of a kind."""
    return PACKAGES[kind][0]


def text(count, kind, description, producer=""):
    """The text of box 8; with the producer where box 3 refers to it.

    >>> text(2000, "carton", "LED lamps")
    'TWO THOUSAND (2000) CARTONS OF LED LAMPS ***'
    >>> text(0, "nude", "Steel beams")
    'STEEL BEAMS IN NUDE ***'
    >>> text(1, "case", "Locks", "Yuyao Lock Co., Ltd.")
    'ONE (1) CASE OF LOCKS; PRODUCER: YUYAO LOCK CO., LTD. ***'
    """
    goods = description.upper()
    ending = f"; PRODUCER: {producer.upper()} {END}" if producer else f" {END}"
    singular, plural = PACKAGES[kind]
    if kind == "nude":
        return f"{goods} {singular}{ending}"
    words = num2words.num2words(count, lang="en").replace(",", "").replace("-", " ").upper()
    return f"{words} ({count}) {singular if count == 1 else plural} OF {goods}{ending}"
