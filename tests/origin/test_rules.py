"""Rules of Annex 3A: their grammar, and that every good has one."""

import pytest
import rcep_origin

from tools.rulebook import rows, shipped_rulebook


def test_every_subheading_of_the_nomenclature_has_a_rule():
    book = shipped_rulebook()
    assert len(book.subheadings) == 5612
    assert all(book.row_for(code).under(False).alternatives for code in book.subheadings)


@pytest.mark.parametrize("column", ["rule", "rule_if_yes"])
def test_a_rule_prints_as_it_was_read(column):
    for row in rows("rcep.rule.csv"):
        if row[column]:
            assert str(rcep_origin.parse_rule(row[column])) == row[column]


def test_all_rows_are_there():
    assert len(rows("rcep.rule.csv")) == 2189
    assert len(rows("rcep.party.csv")) == 15


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "cannot be empty"),
        ("CTX", "not known: 'CTX'"),
        ("CTH AND RVC40", "not known: 'CTH AND RVC40'"),
        ("RVC40 EXCEPT 85", "binds only to CC, CTH and CTSH"),
        ("CTH EXCEPT 720", "neither a code nor a range: '720'"),
        ("CTH EXCEPT 7211-7208", "neither a code nor a range"),
        ("CTH EXCEPT 72-7208", "neither a code nor a range"),
        ("CTH OR CTH", "names an alternative twice"),
    ],
)
def test_a_text_that_is_no_rule_is_refused_with_its_reason(text, reason):
    with pytest.raises(rcep_origin.RuleError, match=reason):
        rcep_origin.parse_rule(text)


@pytest.mark.parametrize(
    ("barred", "code", "inside"),
    [
        ("7208-7211", "720915", True),
        ("7208-7211", "721200", False),
        ("853710", "8537", None),
        ("8537", "85", None),
        ("01", "010121", True),
        ("720810-720899", "7208", None),
        ("7200-7299", "72", True),
    ],
)
def test_a_code_that_begins_an_exclusion_is_open(barred, code, inside):
    rule = rcep_origin.parse_rule(f"CTH EXCEPT {barred}")
    assert rule.alternatives[0].exceptions[0].holds(code) is inside


@pytest.mark.parametrize(("typed", "six"), [("8302.41.90", "830241"), ("83024190", "830241"), ("830241", "830241")])
def test_a_code_is_kept_as_typed_and_read_by_its_first_six(typed, six):
    assert rcep_origin.hs.subheading(typed) == six


@pytest.mark.parametrize("typed", ["", "8302", "83024", "ABCDEF", "830241901234", "８３０２４１"])
def test_what_is_no_code_of_six_to_ten_digits_is_refused(typed):
    with pytest.raises(rcep_origin.OriginError):
        rcep_origin.hs.subheading(typed)
