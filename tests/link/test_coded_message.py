"""Every sentence for people has a code: none is written where it is raised."""

import ast
import re
from pathlib import Path

import pytest
from rcep_link import errors, message_texts
from rcep_link.coded_message import CodedMessage

LINK = Path(errors.__file__).parent
HEART = LINK.parent
WHERE = (LINK, HEART / "models", HEART / "wizard", HEART.parent / "rcep_eco_sftp")  # sentences are made here
# Never shown to people: what is wrong with a stranger's request is for the server's log alone.
LOGGED = {"BadSignature", "UnknownKey"}
FOR_PEOPLE = {name for name, each in vars(errors).items()
              if isinstance(each, type) and issubclass(each, errors.LinkError)} - LOGGED | {"NotShown"}  # fmt: skip


def _raised():
    """(place, call) of each error that is made in the link."""
    for path in sorted(LINK.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FOR_PEOPLE:
                yield f"{path.name}:{node.lineno}", node


def test_no_error_for_people_is_made_of_words():
    made = list(_raised())
    assert len(made) > 30
    for place, call in made:
        sentence = call.args[2] if call.func.id in ("Refused", "Conflict") and len(call.args) > 2 else call.args[0]
        words = isinstance(sentence, ast.JoinedStr) or (
            isinstance(sentence, ast.Constant) and call.func.id != "NotShown"
        )
        assert not words, place


def test_every_code_that_is_used_has_its_sentence_and_every_sentence_is_used():
    used = set()
    for path in sorted(path for folder in WHERE for path in folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'(?:CodedMessage|NotShown)\(\s*"([a-z_]+)"', text))
        used |= set(re.findall(r'what = "([a-z_]+)"', text))
        used |= set(re.findall(r'^    \(.*, "([a-z_]+)"\),?$', text, re.M)) if path.name == "client.py" else set()
        used |= set(re.findall(r'"(unknown_name|network)"', text)) if path.name == "client.py" else set()
    assert used - set(message_texts.SENTENCES) == set()
    assert set(message_texts.SENTENCES) - used == set()


@pytest.mark.parametrize("code", sorted(message_texts.SENTENCES))
def test_a_sentence_survives_being_kept(code):
    names = re.findall(r"%\((\w+)\)s", message_texts.SENTENCES[code])
    message = CodedMessage(
        code, **{name: CodedMessage("busy", seconds=3) if name == "reason" else name.upper() for name in names}
    )
    again = CodedMessage.from_json(message.to_json())
    assert again == message
    assert str(again) == str(message)
    for name in names:
        assert ("busy" if name == "reason" else name.upper()) in str(message)


def test_several_facts_stand_beside_each_other_and_gaps_close():
    wrong = [CodedMessage("wrong_at", where=f"items.{each}", what="six digits") for each in (0, 1)]
    coded = CodedMessage("refused", status=422, code="invalid", message="No", errors=wrong, request="")
    assert str(coded) == ("The platform refused the message (422 invalid): No. items.0: six digits. items.1: six "
                         "digits.")  # fmt: skip


def test_a_percent_sign_in_a_fact_is_text():
    assert str(CodedMessage("no_date", value="100%(x)s")) == "The platform's answer holds an unreadable date: 100%(x)s."
