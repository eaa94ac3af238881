"""Other agreements, by the same engine: Form E (ACFTA) and China–Cambodia by cases as data, each with its article.

A case has a product list of its own (``list``), or none: then the list is not loaded, as the add-on ships it.
"""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import rcep_origin

from tools.rulebook import agreement_rulebook, shipped_rulebook

from .random_cases import random_case
from .test_cases import TODAY

FORM_E = json.loads(Path(__file__).with_name("form_e.json").read_text(encoding="utf-8"))
SEEDS = 1_000


def rulebook(entry):
    listed = entry.get("list")
    return agreement_rulebook("ACFTA", None if listed is None else tuple(listed.items()))


def read(entry):
    return rcep_origin.read_case(entry["case"], today=TODAY)


@pytest.mark.parametrize("entry", FORM_E, ids=lambda entry: entry["case"]["id"])
def test_form_e_is_decided_as_the_circular_says(entry):
    expected = entry["expected"]
    if "refused" in expected:
        with pytest.raises(rcep_origin.CaseError) as error:
            rcep_origin.determine(read(entry), rulebook(entry))
        assert error.value.path == expected["refused"]
        return
    answer = rcep_origin.verdict_json(rcep_origin.determine(read(entry), rulebook(entry)))
    assert {name: answer[name] for name in expected} == expected, answer
    assert answer["rcep_country_of_origin"] is None  # box 11 is RCEP's
    steps = [step for step in answer["trace"] if not step["article"]]
    assert steps == [], "a step bears no article of the circular"


def test_the_cases_are_many_and_name_every_article_of_the_rules():
    articles = {entry["article"].split(".")[0].split("(")[0] for entry in FORM_E}
    assert len(FORM_E) >= 25
    assert articles >= {"5", "6", "7", "8", "9", "10", "12", "13", "14", "15"}


@pytest.mark.parametrize("code", ["ACFTA", "CCFTA"])
def test_nothing_passes_a_rule_while_the_list_is_not_loaded(code):
    """Whatever the good: it is wholly obtained, of originating materials alone, not produced here, or open."""
    book, verdicts = agreement_rulebook(code), {}
    easy = agreement_rulebook(code, tuple((f"{chapter:02}", "CTSH OR RVC40 OR CR") for chapter in range(1, 98)))
    for seed in range(SEEDS):
        try:
            verdict = rcep_origin.determine(under(random_case(seed), book), book)
        except rcep_origin.CaseError:
            continue
        verdicts.setdefault((verdict.verdict, verdict.criterion), []).append(seed)
        if verdict.verdict == "not_originating":
            assert rcep_origin.determine(under(random_case(seed), book), easy).verdict == "not_originating", seed
    assert verdicts.keys() <= {
        ("originating", "WO"), ("originating", "PE"), ("unresolved", None), ("not_originating", None)
    }  # fmt: skip
    assert all(len(seeds) >= 5 for seeds in verdicts.values()), {key: len(seeds) for key, seeds in verdicts.items()}


def test_a_loaded_list_never_leaves_the_list_as_what_is_missing():
    book = agreement_rulebook("ACFTA", ())
    for seed in range(SEEDS):
        try:
            verdict = rcep_origin.determine(under(random_case(seed), book), book)
        except rcep_origin.CaseError:
            continue
        assert "product_list" not in {need.fact for need in verdict.needed}


def test_china_cambodia_decides_what_no_rule_is_needed_for():
    book = agreement_rulebook("CCFTA")
    for entry in FORM_E[:2]:
        case = replace(read(entry), importing_party="KH")
        expected = entry["expected"]["criterion"]
        if expected == "PE":  # Thailand is no Party of it
            case = replace(case, materials=case.materials[:1])
        assert rcep_origin.determine(case, book).criterion == expected


@pytest.mark.parametrize("changes", [{"minimal_operations": {"painting"}}, {"deductions": {"freight"}}])
def test_an_agreement_that_names_what_the_engine_does_not_know_is_refused(changes):
    with pytest.raises(rcep_origin.CaseError, match="is none of"):
        rcep_origin.Agreement.of("X", TODAY, regional_value=40, de_minimis=10, **changes)


def under(case, book):
    """A case of RCEP as one of another agreement: its importer, conditions and Parties' evidence may not hold there."""
    parties = book.parties_on(case.date)
    materials = tuple(within(each, parties) for each in case.materials)
    importer = case.importing_party if case.importing_party in parties else None
    return replace(case, conditions=None, importing_party=importer, materials=materials)


def within(material, parties):
    if material.self_produced:
        inside = tuple(within(each, parties) for each in material.self_produced.materials)
        return replace(material, self_produced=replace(material.self_produced, materials=inside))
    return material if material.origin in parties else replace(material, originating=None)


def test_rcep_as_an_agreement_is_the_engines_default():
    assert shipped_rulebook().agreement is rcep_origin.RCEP
