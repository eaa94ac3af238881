"""What a record holds of a verdict, field by field."""

from ..values import amounts


def verdict_fields(verdict):
    """What a record holds of a verdict, by its fields."""
    value, country = verdict.regional_value, verdict.country_of_origin
    return {
        "verdict": verdict.verdict,
        "criterion": verdict.criterion,
        "modifiers": " ".join(verdict.modifiers),
        "rule": verdict.rule,
        "rvc": max(filter(None, (value.build_down, value.build_up)), key=float, default=None),
        "fob_floor": None if value.fob_floor is None else amounts.text(value.fob_floor),
        "lowest_fob": _lowest_fob(verdict),
        "origin_country_code": country and country.party,
        "needs": _needs(verdict.needed),
        "country_needs": _needs(country.needed) if country else [],
    }


def _needs(needs):
    return [[need.fact, need.of, *filter(None, (need.ref,))] for need in needs]


def _lowest_fob(verdict):
    """The lowest price at which any alternative is met, as text; None where none depends on the price."""
    if any(tested.met and tested.fob_floor is None for tested in verdict.alternatives):
        return None
    floors = [tested.fob_floor for tested in verdict.alternatives if tested.fob_floor is not None]
    return amounts.text(min(floors)) if floors else None
