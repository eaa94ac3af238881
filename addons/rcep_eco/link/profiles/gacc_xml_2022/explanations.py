"""What is wrong with a message, for a person: (what it means, what to do next), by our own codes."""

from ...event import NUMBER_TAKEN


def _lt(sentence):
    """Marks a sentence for translation, as Odoo's own ``_lt`` does; nothing of Odoo is known here."""
    return sentence


FORMAT = "format"
EXPLANATIONS = {
    NUMBER_TAKEN: (
        _lt("Another application has this number already, such as one that was typed in at the single window."),
        _lt(
            "It is applied for once more under the next number by itself; if that one is taken too, set the series of "
            "numbers forward on the connection."
        ),
    ),
    FORMAT: (
        _lt(
            "The single window did not take the message in: something in it has another form than it expects."
        ),
        _lt(
            "Correct what it names; where it names nothing that you can see, tell whoever looks after this system."
        ),
    ),
}
