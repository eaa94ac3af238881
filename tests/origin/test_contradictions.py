"""Statements that exclude each other are refused with the paths of both: only the user knows which is wrong."""

import datetime
import json

import pytest
import rcep_origin

from tools.rulebook import shipped_rulebook

TODAY = datetime.date(2026, 5, 4)
FOREIGN = {"name": "motor", "hs": "850131", "value": "300", "origin": "US", "originating": False}
OURS = {"name": "screw", "hs": "731815", "value": "50", "origin": "CN", "originating": True}
UNKNOWN = {"name": "wire", "hs": "854411", "value": "20"}
COSTS = {"labour": "100", "overhead": "100", "profit": "100", "other": "100"}
DUTY = {"kind": "duties", "value": "300", "evidence": "C-88"}


def _case(*materials, good=(), **data):
    whole = {"hs": "851671", "fob": "1000", "currency": "CNY", **dict(good)}
    return {"date": "2026-05-04", "exporting_party": "CN", "good": whole, "materials": list(materials), **data}


def _decide(case):
    return rcep_origin.determine(rcep_origin.read_case(case, today=TODAY), shipped_rulebook())


def _own(*materials, **data):
    return {"name": "board", "hs": "853400", "value": "200", "self_produced": {"materials": list(materials)}, **data}


CASES = {
    "wholly obtained beside a foreign material": (
        _case(OURS, FOREIGN, good={"wholly_obtained": True}),
        ("good.wholly_obtained", "materials[1]"),
    ),
    "wholly obtained beside one of undetermined origin": (
        _case(UNKNOWN, good={"wholly_obtained": True}),
        ("good.wholly_obtained", "materials[0]"),
    ),
    "wholly obtained beside an own part of a foreign material": (
        _case(_own(FOREIGN), good={"wholly_obtained": True}),
        ("good.wholly_obtained", "materials[0].self_produced.materials[0]"),
    ),
    "said not to originate, made of what originates": (
        _case(_own(OURS, originating=False)),
        ("materials[0].originating", "materials[0].self_produced"),
    ),
    "said not to originate, meeting its rule by a change": (
        _case(_own({**FOREIGN, "hs": "720851"}, originating=False)),
        ("materials[0].originating", "materials[0].self_produced"),
    ),
    "the same, two levels down": (
        _case(_own(_own(OURS, originating=False), FOREIGN)),
        ("materials[0].self_produced.materials[0].originating", "materials[0].self_produced"),
    ),
    "said to originate, failing by its own materials": (
        _case(_own({**FOREIGN, "hs": "853400"}, origin="CN", originating=True)),
        ("materials[0].originating", "materials[0].self_produced"),
    ),
    "made here and said to come from elsewhere": (
        _case(_own(OURS, origin="US")),
        ("materials[0].origin", "materials[0].self_produced"),
    ),
    "materials, costs and profit above the price": (
        _case({**FOREIGN, "value": "650"}, OURS, costs=COSTS),
        ("costs", "good.fob"),
    ),
    "a minor unit above the price": (
        _case({**FOREIGN, "value": "550.01"}, OURS, costs=COSTS),
        ("costs", "good.fob"),
    ),
    "an own part of more than it is worth": (
        _case({**_own(OURS), "self_produced": {"materials": [OURS], "costs": COSTS}}),
        ("materials[0].self_produced.costs", "materials[0].value"),
    ),
    "a deduction of the whole value": (
        _case({**FOREIGN, "deductions": [DUTY]}),
        ("materials[0].deductions", "materials[0].value"),
    ),
    "deductions that make up the whole value together": (
        _case({**FOREIGN, "deductions": [{**DUTY, "value": "200"}, {"kind": "transport", "value": "100"}]}),
        ("materials[0].deductions", "materials[0].value"),
    ),
    "a deduction of more than the value, in an own part": (
        _case(_own({**FOREIGN, "deductions": [{**DUTY, "value": "301"}]})),
        ("materials[0].self_produced.materials[0].deductions", "materials[0].self_produced.materials[0].value"),
    ),
    "exported to where it comes from": (
        _case(OURS, importing_party="CN"),
        ("importing_party", "exporting_party"),
    ),
    "in the Appendix of a Party that keeps none": (
        _case(OURS, importing_party="MY", good={"in_importer_appendix": True}),
        ("good.in_importer_appendix", "importing_party"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_contradiction_names_both_statements(name):
    case, (path, other) = CASES[name]
    with pytest.raises(rcep_origin.CaseError) as caught:
        _decide(case)
    assert caught.value.path == path
    assert other in caught.value.reason


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (_case({**FOREIGN, "value": "550"}, OURS, costs=COSTS), "just as much as the price"),
        (_case({**FOREIGN, "value": "650"}, OURS, costs={**COSTS, "profit": "-50"}), "sold at a loss"),
        (_case({**FOREIGN, "value": "650"}, OURS, costs={"labour": "400"}), "what is not told may be a loss"),
        (_case({**FOREIGN, "deductions": [{**DUTY, "value": "299.99"}]}), "something is left"),
        (_case(OURS, good={"wholly_obtained": True}), "made of what originates"),
        (_case(_own({**FOREIGN, "hs": "853400"}, originating=False)), "said and found not to originate"),
        (_case({**FOREIGN, "role": "transport_packing"}, OURS, good={"wholly_obtained": True}), "packing is left out"),
    ],
)
def test_what_agrees_is_decided(case, why):
    assert _decide(case).verdict, why


def test_a_loss_is_reported():
    verdict = _decide(_case({**FOREIGN, "value": "650"}, OURS, costs={**COSTS, "profit": "-50"}))
    loss = next(step for step in verdict.trace if step.code == "loss")
    assert (loss.article, loss.facts) == ("3.5.1(b)", {"loss": "50", "currency": "CNY"})


@pytest.mark.parametrize("code", ["ZZ", "XX", "AA", "QM", "XZ", "EU", "UK"])
@pytest.mark.parametrize("where", ["process", "material", "own process"])
def test_a_code_of_no_country_is_refused(code, where):
    process = {"kind": "manufacturing", "party": code}
    cases = {
        "process": (_case(OURS, processes=[process]), "processes[0].party"),
        "material": (_case({**FOREIGN, "origin": code}), "materials[0].origin"),
        "own process": (
            _case({**_own(OURS), "self_produced": {"materials": [OURS], "processes": [process]}}),
            "materials[0].self_produced.processes[0].party",
        ),
    }
    case, path = cases[where]
    with pytest.raises(rcep_origin.CaseError, match="is the code of no country") as caught:
        _decide(case)
    assert caught.value.path == path


@pytest.mark.parametrize("made", [rcep_origin.Process("manufacturing", "ZZ"), rcep_origin.Process("packaging", "XX")])
def test_so_it_is_where_no_text_was_read(made):
    case = rcep_origin.Case("CN", rcep_origin.Good(hs="851671"), TODAY, processes=(made,))
    with pytest.raises(rcep_origin.CaseError, match="is the code of no country"):
        rcep_origin.determine(case, shipped_rulebook())


@pytest.mark.parametrize(
    "day", ["20260504", "2026-W19-1", "2026-5-4", "04.05.2026", "2026-02-30", "２０２６-05-04", ""]
)
def test_a_date_is_written_in_one_way(day):
    with pytest.raises(rcep_origin.CaseError, match="must be a date, YYYY-MM-DD") as caught:
        rcep_origin.read_case(_case(OURS, date=day), today=TODAY)
    assert caught.value.path == "date"


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u200b", "\u3000", "\ufeff \u00a0"])
def test_a_text_that_says_nothing_is_not_known(blank):
    values = {**FOREIGN, "deductions": [{**DUTY, "value": "100", "evidence": blank}]}
    case = rcep_origin.read_case(_case(values, good={"currency": blank}, rule=blank), today=TODAY)
    assert (case.rule, case.good.currency, case.materials[0].deductions[0].evidence) == (None, None, None)
    assert case.materials[0].value_in_vnm == 300


@pytest.mark.parametrize("blank", [" ", "\u200b"])
def test_so_it_is_of_evidence_that_was_not_read_from_json(blank):
    deduction = rcep_origin.Deduction("duties", 100, blank)
    assert not deduction.is_proved
    assert rcep_origin.Deduction("duties", 100, "x").is_proved


TWICE = {
    '{"good": {}, "good": {"hs": "851671"}, "exporting_party": "CN"}': "good",
    '{"exporting_party": "CN", "good": {"fob": "1", "fob": "1000"}}': "good.fob",
    '{"exporting_party": "CN", "good": {}, "materials": [{"name": "a"}, {"value": "1", "value": "2"}]}': (
        "materials[1].value"
    ),
    '{"exporting_party": "CN", "good": {}, "conditions": {"carp": true, "carp": false}}': "conditions.carp",
    '{"exporting_party": "CN", "good": {}, "costs": {"profit": "1", "profit": null}}': "costs.profit",
    '{"exporting_party": "CN", "good": {}, "materials": [{"self_produced": {"hs": "853400", "hs": "853400"}}]}': (
        "materials[0].self_produced.hs"
    ),
}


@pytest.mark.parametrize("text", TWICE)
def test_a_name_that_stands_twice_is_refused_with_its_path(text):
    with pytest.raises(rcep_origin.CaseError, match="stands twice") as caught:
        rcep_origin.read_case(json.loads(text, object_pairs_hook=rcep_origin.pairs), today=TODAY)
    assert caught.value.path == TWICE[text]


@pytest.mark.parametrize("code", ["853400", "850131"])
def test_a_part_by_its_hash_contradicts_a_wholly_obtained_good_too(code):
    """Whether it meets its rule by a change or fails, it was made of what does not originate."""
    book, unit = shipped_rulebook(), _case(FOREIGN, good={"hs": code, "fob": "310"})
    part = rcep_origin.determine_intermediate(rcep_origin.read_case(unit, today=TODAY), book)
    own = {"dossier_sha256": "ab" * 32, "times": "1"}
    case = _case({"name": "board", "value": "310", "self_produced": own}, good={"wholly_obtained": True})
    with pytest.raises(rcep_origin.CaseError, match="not wholly obtained") as caught:
        rcep_origin.determine(rcep_origin.read_case(case, today=TODAY), book, known={"ab" * 32: part})
    assert caught.value.path == "good.wholly_obtained"
    assert "materials[0].self_produced" in caught.value.reason
