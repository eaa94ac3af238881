"""What is wrong with a statement that was handed in, in words: what it is about, and what to do."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

WORDS = {
    "no_statement": _lt("This is no signed statement: paste the whole text, or the link, as the supplier sent it."),
    "too_long": _lt("This is longer than any signed statement: paste the text of one statement."),
    "odd_facts": _lt("The statement cannot be read (%(facts)s): ask the supplier for another one."),
    "signed_later": _lt("The statement says that it is signed later than now: compare the clocks of both servers."),
    "odd_key": _lt("The supplier's list of keys has one that cannot be used: ask the supplier."),
    "unreachable": _lt("%(host)s does not answer: try again later, or ask the supplier."),
    "odd_answer": _lt("%(host)s answered something else than was asked for: ask the supplier."),
    "unknown_key": _lt("%(host)s does not list the key of this: somebody else signed it, or the key was lost."),
    "key_of_another": _lt("The key that signed this belongs to another firm at %(host)s: do not accept it."),
    "key_not_yet": _lt("The key that signed this was not in use on that day: do not accept it, ask the supplier."),
    "forged": _lt("The signature does not fit the text: it was altered, or signed with another key. Do not accept it."),
    "no_website": _lt("Enter the website of %(supplier)s on its contact first: only keys from there are believed."),
    "other_host": _lt(
        "The statement is of %(host)s, but the website of %(supplier)s is %(website)s: do not accept it before you "
        "have asked them."
    ),
    "no_code": _lt("Enter the tax number of %(supplier)s on its contact first: statements name it."),
    "other_firm": _lt("The statement is of the firm %(code)s, but %(supplier)s has %(own)s: it is somebody else's."),
    "other_buyer": _lt("The statement was made for the firm %(code)s, not for this company: ask for one of your own."),
    "other_good": _lt(
        "The statement is for HS %(stated)s, but %(product)s has %(own)s: choose the right product or correct its "
        "code."
    ),
    "unknown_party": _lt("The statement names the country %(party)s, which is no Party: it cannot be used."),
    "over": _lt("The statement ended on %(day)s: ask for a new one."),
    "revoked": _lt("The supplier has revoked this statement: ask for a new one."),
    "unknown_there": _lt("%(host)s does not know this statement: do not accept it, ask the supplier."),
    "known": _lt("This statement was read before: see declaration %(name)s."),
}  # fmt: skip


def sentence(env, wrong):
    """What is wrong, in the reader's language.

    :param wrong: a :class:`statements.wrong.Wrong`, or its (code, facts)
    """
    code, facts = (wrong.code, wrong.facts) if hasattr(wrong, "code") else wrong
    words = env._(WORDS[code])
    return words % facts
