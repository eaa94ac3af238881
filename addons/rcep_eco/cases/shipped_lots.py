"""What a certificate says of a line of which several lots were shipped: the worst counts, and all must agree."""

from typing import NamedTuple

from .. import origin
from . import customer_choices
from .verdict_fields import verdict_fields


class Answer(NamedTuple):
    """The determination of some of the units of a line; ``lots`` names them, empty where that is not known."""

    lots: str
    verdict: origin.Verdict
    dossier: dict

    def row(self):
        """What is kept of it, as JSON."""
        answer = verdict_fields(self.verdict)
        return [self.lots, answer["verdict"], answer["criterion"], answer["modifiers"], answer["rvc"]]


def answers(line, hs6=None):
    """Determine a line: by what was shipped where that is known, else by the product in general.

    :param hs6: another code than that of box 9
    :raises UserError: where it cannot be determined
    """
    made = line._rcep_shipped() or [("", None)]
    return [Answer(lots, *line._determined_as(production, hs6)) for lots, production in made]


def badness(answer):
    """How bad an answer is for the exporter; to compare."""
    return customer_choices.badness(answer.verdict)


def disagreement(env, line, answers):
    """The sentence that says that a line cannot stand on a certificate as one, or None.

    A line has one criterion and one country of origin (boxes 10 and 11): lots that differ there need lines of their
    own.
    """
    fields_of_verdict = [verdict_fields(answer.verdict) for answer in answers]
    if any(each["verdict"] != "originating" for each in fields_of_verdict):
        return None
    if len({(each["criterion"], each["origin_country_code"]) for each in fields_of_verdict}) == 1:
        return None
    return env._(
        "The lots of %(product)s that were shipped originate by different criteria or in different Parties (%(lots)s): "
        "invoice them on separate lines.",
        product=line.product_id.display_name,
        lots="; ".join(
            f"{answer.lots or env._('other units')}: {each['criterion']} {each['origin_country_code'] or ''}".strip()
            for answer, each in zip(answers, fields_of_verdict, strict=True)
        ),
    )


def as_text(env, rows):
    """One sentence a lot, for people to read."""
    words = dict(env["rcep.certificate.line"]._fields["verdict"]._description_selection(env))
    sentences = []
    for lots, verdict, criterion, modifiers, rvc in rows:
        if verdict == "originating":
            how = " ".join(filter(None, (criterion, modifiers)))
            how = f"{how} {rvc} %" if criterion == "RVC" else how
            sentences.append(env._("%(lots)s: originating by %(how)s.", lots=lots, how=how))
        else:
            sentences.append(env._("%(lots)s: %(verdict)s.", lots=lots, verdict=words[verdict].lower()))
    return "\n".join(sentences)
