"""Why the guide for beginners asks what it asks: in words for whoever never heard of origin."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

NO = "no"
CASES = [("", _lt("Nobody has said yet")), (NO, _lt("No: it is made of, or with, something else"))]

# By the code of a question: what is asked, and why.
QUESTIONS = {
    "hs_code": (
        _lt("Which HS code does it have?"),
        _lt(
            "Customs everywhere know goods by this code. It decides which rule of origin the good has to meet; it "
            "stands in box 9. Whoever declares your exports knows it: six digits, or all eight or ten."
        ),
    ),
    "obtained": (
        _lt("Is it grown, born, caught or mined in a Party to RCEP?"),
        _lt(
            "What comes from nature there is originating by that alone (Art. 3.3). Almost nothing that is made in a "
            "factory is: then the answer is no, and the materials decide."
        ),
    ),
    "condition": (
        "",
        _lt("For goods of this code the rule is another one where the answer is yes."),
    ),
    "source": (
        _lt("How do you come by it: is it made here or bought?"),
        _lt(
            "Of what is made here, the bill of materials says what goes in, and that is compared with the rule. Of "
            "what is bought, only its supplier can say where it originates."
        ),
    ),
    "declaration": (
        _lt("What does its supplier declare?"),
        _lt(
            "What you buy and sell originates where its producer made it. A supplier's declaration that a cost "
            "engineer has verified proves that; where somebody merely says so, it counts for nothing."
        ),
    ),
    "price": (
        _lt("At what price is one unit sold, on board at the port (FOB)?"),
        _lt(
            "The share of value that is added in the Parties is counted against this price. A lower one can lose the "
            "origin: each certificate is decided again at the price of its invoice."
        ),
    ),
    "problem": (
        _lt("What has to be put right first?"),
        _lt("Until then nothing can be decided."),
    ),
}

# By the fact that the engine asks for.
WHY = {
    "hs_code": _lt("The material has to have another code than the good: that shows that it was really transformed."),
    "value": _lt("What does not originate counts against the good, by its value."),
    "weight": _lt("For textiles, what does not change its code is allowed up to a share of the weight."),
    "process": _lt("Mere packing, sorting or mixing makes nothing originate (Art. 3.6): the bill tells the work."),
    "materials": _lt("Of what nobody knows what it is made of, nothing can be proven."),
    "condition": _lt("For goods of this code the rule is another one where the answer is yes."),
}
OTHER = _lt("Without it the rule cannot be decided.")


def cases(env):
    """The answers to whether it is wholly obtained: no, or yes by a case of Art. 3.3; a yes without a case is none."""
    letters = dict(env["product.template"]._fields["rcep_obtained_case"]._description_selection(env))
    return [[code, env._(words)] for code, words in CASES] + [[code, words] for code, words in letters.items()]
