"""What must hold of every case, whatever its figures: properties of the law, tried on cases made at random."""

import datetime
from dataclasses import replace
from decimal import Decimal

import rcep_origin
from hypothesis import given, settings
from hypothesis import strategies as st
from rcep_origin import Case, Good, Material, SelfProduced, determine

from tools.rulebook import rows, shipped_rulebook

DATE = datetime.date(2026, 5, 4)
BOOK = shipped_rulebook()
CODES = (
    "850440", "850490", "850450", "853400", "392690", "830210", "830260", "620520", "520811",
    "720851", "09", "2710",
)  # fmt: skip
RULES = ("CC", "CTH", "CTSH", "RVC40", "CTH OR RVC40", "CTSH EXCEPT 8504 OR RVC40", "CC EXCEPT 52-55 OR RVC40")
ORDER = {"not_originating": 0, "unresolved": 1, "originating": 2}
settings.register_profile("law", max_examples=150, deadline=None, derandomize=True)
settings.load_profile("law")

money = st.integers(min_value=0, max_value=100_000).map(lambda cents: Decimal(cents) / 100)
codes = st.sampled_from(CODES)


@st.composite
def bought(draw, known=True):
    """A bought material; with `known` False some of its facts may be missing."""
    party, originating = draw(st.sampled_from((("CN", True), ("TH", True), ("CN", None), ("US", False), ("TH", None))))
    maybe = (lambda strategy: strategy) if known else (lambda strategy: st.none() | strategy)
    return Material(
        name=f"m{draw(st.integers(0, 10**6))}",
        hs=draw(maybe(codes)),
        value=draw(maybe(money)),
        weight=draw(money),
        origin=party,
        originating=originating,
        role=draw(st.sampled_from(("material", "material", "material", "accessory", "retail_packing", "indirect"))),
    )


@st.composite
def made(draw):
    """An intermediate that the producer makes itself."""
    inside = tuple(draw(st.lists(bought(), min_size=1, max_size=3)))
    value = sum((material.value for material in inside), Decimal(1))
    return Material(name="own", hs="853400", value=value, weight=Decimal(1), self_produced=SelfProduced(inside))


UNKNOWN_CONTENTS = (
    (),
    (Material("crate", role="transport_packing", value=Decimal(1)),),
    (Material("oil", hs="2710", role="indirect", value=Decimal(1)),),
    (Material("manual", hs="490199", role="accessory", value=Decimal(1), origin="CN", originating=True),),
)
PLACES = ("CN", "VN", "US")
kinds_of_work = st.sampled_from(("manufacturing", "manufacturing", "packaging", "marking"))


@st.composite
def work(draw, places=PLACES, least=1):
    """Stated work, in its order."""
    steps = st.builds(rcep_origin.Process, kinds_of_work, st.sampled_from(places))
    return tuple(draw(st.lists(steps, min_size=least, max_size=4)))


@st.composite
def unknown(draw):
    """An own part of which nobody says what it is made of, at some depth."""
    own = SelfProduced(draw(st.sampled_from(UNKNOWN_CONTENTS)))
    part = Material("part", hs=draw(codes), value=draw(st.none() | money), weight=Decimal(1), self_produced=own)
    for _level in range(draw(st.integers(0, 2))):
        part = Material("whole", hs="853400", value=part.value, weight=Decimal(1), self_produced=SelfProduced((part,)))
    return part


@st.composite
def cases(draw, known=True, own=True):
    """A good with one to five materials under a rule of its own."""
    kinds = (bought(known) | made()) if own else bought(known)
    fob = draw(st.integers(min_value=1, max_value=500_000))
    return Case(
        exporting_party="CN",
        good=Good(hs=draw(st.sampled_from(("850440", "620520"))), fob=Decimal(fob) / 100, net_weight=Decimal(50)),
        date=DATE,
        materials=tuple(draw(st.lists(kinds, min_size=1, max_size=5))),
        rule=draw(st.sampled_from(RULES)),
    )


def verdict(case):
    return determine(case, BOOK)


def rank(case):
    return ORDER[verdict(case).verdict]


def outcome(case):
    result = verdict(case)
    return result.verdict, result.criterion, result.modifiers, result.regional_value.build_down


@given(cases(), money)
def test_more_originating_value_never_harms_and_lowers_no_regional_value_of_the_same_materials(case, value):
    """By more value a good may need less help; what other Parties' materials are worth then counts in full."""
    more = Material("more", hs="853400", value=value, weight=Decimal(0), origin="CN", originating=True)
    good = replace(case.good, fob=case.good.fob + value)
    richer = replace(case, good=good, materials=(*case.materials, more))
    before, after = verdict(case), verdict(richer)
    if any(item.role == "material" for item in case.materials):  # else nothing is known of the good
        assert rank(richer) >= rank(case)
    if after.regional_value.vnm == before.regional_value.vnm:
        assert Decimal(after.regional_value.build_down) >= Decimal(before.regional_value.build_down)


@given(cases(), bought())
def test_a_further_non_originating_material_never_helps(case, material):
    foreign = replace(material, origin="US", originating=False, role="material")
    if any(item.role == "material" for item in case.materials):  # else nothing is known of the good
        assert rank(replace(case, materials=(*case.materials, foreign))) <= rank(case)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_materials_changes_nothing(case, random):
    shuffled = list(case.materials)
    random.shuffle(shuffled)
    assert outcome(replace(case, materials=tuple(shuffled))) == outcome(case)


@given(cases(own=False))
def test_a_material_split_in_two_changes_nothing(case):
    first, *others = case.materials
    part = replace(first, value=first.value / 4, weight=first.weight / 4)
    rest = replace(first, name="rest", value=first.value - part.value, weight=first.weight - part.weight)
    assert outcome(replace(case, materials=(part, rest, *others))) == outcome(case)


@given(cases(known=False), st.data())
def test_making_a_material_originating_never_hurts(case, data):
    place = data.draw(st.integers(0, len(case.materials) - 1))
    declared = replace(case.materials[place], origin="CN", originating=True, self_produced=None)
    materials = (*case.materials[:place], declared, *case.materials[place + 1 :])
    assert rank(replace(case, materials=materials)) >= rank(case)


@given(cases(known=False), st.data())
def test_what_is_decided_stays_so_when_the_missing_facts_are_stated(case, data):
    result = verdict(case).verdict
    full = tuple(
        replace(
            material,
            hs=material.hs or data.draw(codes),
            value=data.draw(money) if material.value is None else material.value,
        )
        for material in case.materials
    )
    if result != "unresolved":
        assert verdict(replace(case, materials=full)).verdict == result


@given(cases(own=False))
def test_at_its_floor_regional_value_holds_and_a_cent_below_it_does_not(case):
    at_home = tuple(replace(m, originating=None) if m.origin == "TH" else m for m in case.materials)
    case = replace(case, rule="RVC40", materials=(*at_home, Material("oil", value=Decimal(0))))
    floor = verdict(case).regional_value.fob_floor

    def holds(fob):
        result = verdict(replace(case, good=replace(case.good, fob=fob)))
        return next(tested.met for tested in result.alternatives if tested.rule == "RVC40")

    if floor is None:  # nothing counts against the good, or what does is not known
        return
    assert holds(floor)
    assert floor <= Decimal("0.01") or not holds(floor - Decimal("0.01"))


@given(cases(known=False), st.data())
def test_the_country_of_origin_is_named_only_where_no_missing_value_could_change_it(case, data):
    good = replace(case.good, in_importer_appendix=True)
    case = replace(case, importing_party="VN", good=good, materials=tuple(m for m in case.materials))
    result = verdict(case)
    full = tuple(
        replace(material, value=data.draw(money) if material.value is None else material.value)
        for material in case.materials
    )
    after = verdict(replace(case, materials=full))
    if result.country_of_origin and result.country_of_origin.party and result.criterion == after.criterion:
        assert after.country_of_origin == result.country_of_origin


@given(cases())
def test_at_its_floor_each_alternative_holds_and_a_cent_below_it_does_not(case):
    case = replace(case, materials=(*case.materials, Material("oil", value=Decimal(0), hs="2710")))

    def met(fob):
        result = verdict(replace(case, good=replace(case.good, fob=fob)))
        return {tested.rule: tested.met for tested in result.alternatives}

    for tested in verdict(case).alternatives:
        if tested.fob_floor:
            assert met(tested.fob_floor)[tested.rule]
            assert tested.fob_floor <= Decimal("0.01") or not met(tested.fob_floor - Decimal("0.01"))[tested.rule]


@given(cases(known=False), st.data())
def test_an_intermediate_that_originates_never_hurts(case, data):
    fails = data.draw(made())
    originates = replace(fails, self_produced=None, originating=True, origin="CN")
    with_it = rank(replace(case, materials=(*case.materials, originates)))
    assert rank(replace(case, materials=(*case.materials, fails))) <= with_it


@given(cases(known=False))
def test_the_verdict_is_the_same_with_and_without_its_steps(case):
    assert rcep_origin.determine(case, BOOK, trace=False) == replace(verdict(case), trace=())


@given(cases(known=False))
def test_what_one_declaration_turns_it_turns(case):
    result = verdict(case)
    for name in (turning.name for turning in rcep_origin.tipping_materials(case, result, BOOK)):
        materials = tuple(
            replace(material, originating=True)
            if material.name == name and not material.self_produced
            else material
            for material in case.materials
        )
        inside = any(material.self_produced for material in case.materials)
        assert inside or verdict(replace(case, materials=materials)).verdict == "originating"


@given(cases(known=False))
def test_a_dossier_replays_to_the_same_verdict(case):
    result = verdict(case)
    dossier = rcep_origin.dossier_of(case, result, BOOK)
    assert rcep_origin.replay(dossier, BOOK) == result


def test_every_rule_is_printed_as_it_is_read():
    for row in rows("rcep.rule.csv"):
        for text in filter(None, (row["rule"], row["rule_if_yes"])):
            assert str(rcep_origin.parse_rule(str(rcep_origin.parse_rule(text)))) == str(rcep_origin.parse_rule(text))
            assert str(rcep_origin.parse_rule(text)).replace(" ", "") == text.replace(" ", "")


@given(cases(), unknown())
def test_a_part_of_unknown_content_never_makes_a_good_originate_that_could_fail_without_it_being_known(case, part):
    """Whatever it turns out to be made of, bought in outside the Parties for all that it cost, the verdict stands."""
    result = verdict(replace(case, materials=(*case.materials, part)))
    if result.verdict != "originating" or result.criterion in {"CR"} or part.value is None:
        return
    worst = Material("worst", hs="850440", value=part.value, weight=part.weight, origin="US", originating=False)
    if case.good.hs != "850440":
        worst = replace(worst, hs="620520")
    assert verdict(replace(case, materials=(*case.materials, worst))).verdict == "originating"


@given(cases(), unknown())
def test_a_part_of_unknown_content_is_asked_for_where_it_decides(case, part):
    result = verdict(replace(case, materials=(*case.materials, part)))
    if result.verdict == "unresolved":
        assert {need.fact for need in result.needed} <= {"materials", "value", "hs_code"}
        assert "materials" in {need.fact for need in result.needed}


@given(cases(), work(places=("US", "IN")))
def test_what_is_made_outside_the_parties_never_originates(case, processes):
    assert verdict(replace(case, processes=processes)).verdict == "not_originating"


@given(cases(), work(least=0), work(places=("US",)))
def test_work_outside_never_helps(case, inside, outside):
    """Work that makes a product, done outside after all the rest, ends whatever the good was."""
    more = (*inside, *outside, rcep_origin.Process("manufacturing", "US"))
    assert rank(replace(case, processes=more)) <= rank(replace(case, processes=inside))


@given(cases(), work())
def test_box_11_names_a_party_that_is_there(case, processes):
    result = verdict(replace(case, processes=processes, importing_party="MY"))
    if result.country_of_origin and result.country_of_origin.party:
        there = {process.party for process in processes} | {material.origin for material in case.materials}
        assert result.country_of_origin.party in there | {"CN"}
        assert result.country_of_origin.party != "US"


@given(cases(), work(places=("CN",)))
def test_work_here_that_is_more_than_minimal_changes_nothing(case, processes):
    processes = (*processes, rcep_origin.Process("manufacturing", "CN"))
    assert outcome(replace(case, processes=processes)) == outcome(case)


@given(cases(own=False), st.data())
def test_a_contradiction_is_never_decided(case, data):
    place = data.draw(st.integers(0, len(case.materials) - 1))
    material = case.materials[place]
    wrong = data.draw(
        st.sampled_from(
            (
                {"good": replace(case.good, wholly_obtained=True)},
                {"importing_party": "CN"},
                {"processes": (rcep_origin.Process("manufacturing", "ZZ"),)},
                {"costs": rcep_origin.Costs(case.good.fob, Decimal(0), Decimal("0.01"), Decimal(0))},
                {"materials": (*case.materials, replace(material, origin="ZZ", originating=None))},
            )
        )
    )
    foreign = Material("foreign", hs="850440", value=Decimal(1), origin="US", originating=False)
    contradictory = replace(case, **{"materials": (*case.materials, foreign), **wrong})
    if "materials" in wrong:
        contradictory = replace(case, **wrong)
    try:
        result = verdict(contradictory).verdict
    except rcep_origin.CaseError as error:
        assert error.path
    else:
        raise AssertionError(f"{wrong} was decided: {result}")
