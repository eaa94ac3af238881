"""One verdict of a good that was decided under every choice that its customer may have made."""

import dataclasses

from .. import origin
from .case_builder import Dossier
from .verdict_fields import verdict_fields

# The worse for the exporter, the more.
_WORSE = {"originating": 0, "unresolved": 1, "not_originating": 2}


def badness(verdict):
    """How bad a verdict is for the exporter; to compare."""
    answer = verdict_fields(verdict)
    rvc = float(answer["rvc"]) if answer["rvc"] else 100.0
    return _WORSE[answer["verdict"]], len(verdict.modifiers), -rvc


def under_every_choice(env, product, builder, answers, question):
    """(verdict, dossier): the worst where all agree, else unresolved, with what is to be chosen.

    They agree where they say the same in boxes 10 and 11.

    :param answer: [(:class:`origin.Verdict`, :class:`.case_builder.Dossier`)], one a choice
    """
    keys = {(each.verdict, each.criterion, each.modifiers, each.country_of_origin) for each, _dossier in answers}
    worst, dossier = max(answers, key=lambda each: badness(each[0]))
    if len(keys) == 1:
        return worst, dossier
    asked = env._("%(product)s: what is chosen of %(question)s", product=product.display_name, question=question)
    need = origin.trace.Need("condition", asked)
    needed = origin.trace.cheapest_first((need, *(each for verdict, _dossier in answers for each in verdict.needed)))
    open_ = {"verdict": "unresolved", "criterion": None, "modifiers": (), "country_of_origin": None, "needed": needed}
    verdict = dataclasses.replace(worst, **open_, alone=False)
    sealed = {**dossier, "verdict": origin.verdict_json(verdict, trace=False)}
    return verdict, Dossier(sealed, {part: text for _verdict, each in answers for part, text in each.parts.items()})
