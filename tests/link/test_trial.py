"""The trial of files: every case is shown for a firm that is complete, and fails where something is wrong."""

import dataclasses
import uuid

import pytest
from rcep_link import folders, profiles
from rcep_link.conformance import Rehearsal
from rcep_link.folder_access import NoPlace

from . import gacc

PROFILE = profiles.get("gacc-xml-2022")
FILER = dataclasses.replace(gacc.filer(""), number="")


def claims(filer=FILER, exporter=gacc.EXPORTER, kind=folders.HandClient):
    client = kind(PROFILE, NoPlace(), lambda _numbers: {}, lambda _fingerprint: False, filer=filer)
    sentences = list(PROFILE.rehearsal(client, exporter, lambda: None).claims(client.conformance()))
    return {claim.case: claim for claim in sentences}, client.report_run(str(uuid.uuid4()), sentences, "")


def test_every_case_is_shown():
    result, report = claims()
    assert {case: claim.coded for case, claim in result.items() if claim.outcome != "passed"} == {}
    assert report.passed
    assert set(result) == {case.id for case in PROFILE.cases}
    assert len(result) >= 8


def test_every_case_has_a_step_and_words_in_both_languages():
    for case in PROFILE.cases:
        assert hasattr(profiles.gacc_xml_2022.trial.Trial, f"do_{PROFILE.rehearsal_steps[case.id]}")
        assert case.title
        assert case.title_zh


@pytest.mark.parametrize(("wrong", "failed"), [
    ({"filer": dataclasses.replace(FILER, office="31")}, {"application", "amended"}),
    ({"filer": dataclasses.replace(FILER, person="")}, {"application", "amended"}),
    ({"exporter": dataclasses.replace(gacc.EXPORTER, uscc="")}, {"application", "amended", "number"}),
])  # fmt: skip
def test_what_is_wrong_with_the_firm_is_seen(wrong, failed):
    result, report = claims(**wrong)
    assert {case for case, claim in result.items() if claim.outcome == "failed"} >= failed
    assert not report.passed


def test_a_platform_of_calls_has_a_step_for_each_case_that_it_names():
    steps = profiles.get("ccpit-json-1").rehearsal_steps
    assert all(hasattr(Rehearsal, f"do_{step}") for step in steps.values())
