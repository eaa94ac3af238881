"""The parts that status pages are put together from, in one language; every foreign text is escaped here."""

from __future__ import annotations

import datetime as dt
import html
import json
import pathlib
import string
import urllib.parse
from collections.abc import Iterable

from rcep_link.record import read_datetime

from . import clock
from .application_record import ApplicationRecord
from .codelists import NAMES
from .faults import KINDS
from .journal import Note
from .translations import KINDS_ZH, LANGUAGES, LOOKS, WORDS
from .wire import PROFILE, STATE_WORDS, TABLES

PAGE = string.Template(pathlib.Path(__file__).with_name("status.html").read_text(encoding="utf-8"))
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
MOST_INVOICES = 3
SUCCESSES = range(200, 400)


class Parts:
    """Makes HTML; ``secret`` goes into every form."""

    def __init__(self, language: str, secret: str):
        self.language, self._secret = language, secret
        self._at = LANGUAGES.index(language)

    def text(self, word: str) -> str:
        """The page's own text, translated."""
        return WORDS[word][self._at]

    def page(self, title: str, content: str, refresh: int | None) -> str:
        """A whole page; one that looks again by itself after some seconds."""
        links = " ".join(
            f"<strong>{name}</strong>" if language == self.language else f'<a href="?lang={language}">{name}</a>'
            for language, name in LANGUAGE_NAMES.items()
        )
        return PAGE.substitute(
            lang=self.language, title=html.escape(title), languages=f"<span>{links}</span>", content=content,
            refresh=f'<meta http-equiv="refresh" content="{refresh}">' if refresh else "",
        )  # fmt: skip

    # --- the overview
    def applications(self, records: list[ApplicationRecord], names: dict[int, str]) -> str:
        """A line for each application, with the way to its own page."""
        heads = ("enterprise", "invoices", "party", "state", "revision", "number", "changed", "")
        rows = []
        for each in records:
            application = PROFILE.read_application_body(each.body)
            numbers = [invoice.number for invoice in application.invoices]
            shown = ", ".join(numbers[:MOST_INVOICES]) + (" …" if len(numbers) > MOST_INVOICES else "")
            link = f'<a href="{self._address(each)}">{self.text("look")}</a>'
            rows.append((
                _text(names.get(each.enterprise_id, "")), _text(shown), _text(application.importing_party),
                self._state(each.state), _number(each.revision), _exact(each.certificate_no or ""),
                _exact(_local_time(each.occurred_at)), f"<td>{link}</td>",
            ))  # fmt: skip
        return self._section("applications", heads, rows, "no_applications")

    def review(self, is_by_hand: bool) -> str:
        """Who decides, and the button that changes it."""
        words, button = ("by_hand", "make_automatic") if is_by_hand else ("automatic", "make_by_hand")
        form = self._form("/review", f'<input type="hidden" name="by_hand" value="{0 if is_by_hand else 1}">', button)
        return f"<h2>{self.text('review')}</h2><p>{self.text(words)}</p>{form}"

    def enterprises(self, firms: Iterable) -> str:
        """A line for each enterprise."""
        heads = ("enterprise", "uscc", "client", "filed", "applications", "pushes", "waiting")
        rows = [
            (
                _text(firm["name"]), _exact(firm["uscc"]), _exact(firm["client_id"]), _number(firm["filed"]),
                _number(firm["applied"]), _text(firm["push_url"] or self.text("no_pushes")), _number(firm["waiting"]),
            )
            for firm in firms
        ]  # fmt: skip
        return self._section("enterprises", heads, rows, "no_enterprises")

    def faults(self, waiting: list[dict]) -> str:
        """A line for each fault that is set."""
        rows = [
            (
                _text(fault["operation"]), _exact(fault["kind"]), _text(self._kind(fault["kind"])),
                _number(self.text("endless") if fault["count"] is None else fault["count"]), _number(fault["struck"]),
            )
            for fault in waiting
        ]  # fmt: skip
        return self._section("faults", ("operation", "kind", "happens", "left", "struck"), rows, "no_faults")

    def calls(self, title: str, notes: list[tuple[Note, str]]) -> str:
        """The last calls, or the last pushes."""
        rows = [
            (
                _exact(_local_time(clock.text(dt.datetime.fromtimestamp(note.at, dt.timezone.utc)))), _text(name),
                _exact(note.operation), _text(note.subject), self._answer(note),
            )
            for note, name in notes
        ]  # fmt: skip
        return self._section(title, ("time", "enterprise", "operation", "subject", "answer"), rows, "no_calls")

    # --- one application
    def error(self, sentence: str) -> str:
        """Why something was not done, if so."""
        return f'<p class="error" role="alert">{html.escape(sentence)}</p>' if sentence else ""

    def facts(self, record: ApplicationRecord, enterprise: str) -> str:
        """What stands in the application, and what became of it."""
        application = PROFILE.read_application_body(record.body)
        facts = [
            ("state", self._state_words(record.state)),
            ("number", html.escape(record.certificate_no or "")),
            ("enterprise", html.escape(enterprise)),
            ("reference", html.escape(record.client_ref)),
            ("revision", str(record.revision)),
            ("kind", html.escape(self._name("application_kinds", application.kind))),
            ("party", html.escape(self._name("parties", application.importing_party))),
            ("consignee", html.escape(application.consignee.name_en)),
            ("invoices", html.escape(", ".join(invoice.number for invoice in application.invoices))),
            ("goods", "<br>".join(_good(item) for item in application.items)),
            ("remarks", html.escape(application.remarks)),
            ("problems", "<br>".join(html.escape(_problem(each)) for each in json.loads(record.errors))),
            ("reason", html.escape(record.reason)),
        ]
        rows = "".join(f"<dt>{self.text(word)}</dt><dd>{fact}</dd>" for word, fact in facts if fact)
        return f'<p><a href="/status?lang={self.language}">{self.text("back")}</a></p><dl>{rows}</dl>'

    def decision(self, decision: str, needs_reason: bool) -> str:
        """A form for one decision, with its reason where it needs one."""
        field = ""
        if needs_reason:
            box = '<input type="text" name="reason" maxlength="500" required>'
            field = f"<label>{self.text('reason')}<br>{box}</label><br>"
        hidden = f'<input type="hidden" name="decision" value="{decision}">'
        form = self._form("", hidden + field, decision)
        return f"<fieldset><legend>{self.text(decision)}</legend>{form}</fieldset>" if needs_reason else form

    def history(self, events: Iterable) -> str:
        """Every event, and whether its push went out."""
        canonical = TABLES["states"]
        rows = []
        for event in events:
            content = json.loads(event["body"])
            waits = self.text("push_waits").format(tries=event["tries"])
            rows.append((
                _number(content["sequence"]), _exact(_local_time(content["occurred_at"])),
                self._state(canonical[content["state"]]),
                _number(content["revision"]), _text(self.text("pushed") if event["next_try"] is None else waits),
            ))  # fmt: skip
        return self._section("history", ("", "changed", "state", "revision", "push"), rows, "no_calls")

    # --- pieces
    def _section(self, title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]], otherwise: str) -> str:
        if not rows:
            return f'<h2>{self.text(title)}</h2><p class="quiet">{self.text(otherwise)}</p>'
        head = "".join(f"<th>{self.text(word) if word else ''}</th>" for word in heads)
        body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f'<h2>{self.text(title)}</h2><div class="wide">{table}</div>'

    def _form(self, path: str, fields: str, button: str) -> str:
        secret = f'<input type="hidden" name="secret" value="{html.escape(self._secret)}">'
        return (
            f'<form method="post" action="{path}?lang={self.language}">{secret}{fields}'
            f"<button>{self.text(button)}</button></form>"
        )

    def _address(self, record: ApplicationRecord) -> str:
        return html.escape(f"/applications/{record.enterprise_id}/{_quoted(record.client_ref)}?lang={self.language}")

    def _name(self, table: str, code: str) -> str:
        names = NAMES[table].get(code)
        return f"{names[self._at]} ({code})" if names else code

    def _kind(self, kind: str) -> str:
        return (KINDS[kind][1].replace("`", ""), KINDS_ZH[kind])[self._at]

    def _state_words(self, state: str) -> str:
        return f'<span class="state {LOOKS[state]}">{NAMES["states"][state][self._at]}</span> {STATE_WORDS[state]}'

    def _state(self, state: str) -> str:
        return f'<td class="state {LOOKS[state]}">{NAMES["states"][state][self._at]}</td>'

    def _answer(self, note: Note) -> str:
        look = "good" if note.status in SUCCESSES and not note.lost else "bad"
        words = f"{note.status} {note.code}" if note.status else self.text("no_answer")
        lost = f" ({self.text('lost')})" if note.lost else ""
        return f'<td class="{look}">{html.escape(words)}{lost}</td>'


def _quoted(text: str) -> str:
    return urllib.parse.quote(text, safe="")


def _text(text) -> str:
    return f'<td class="text">{html.escape(str(text))}</td>'


def _exact(text: str) -> str:
    return f'<td class="exact">{html.escape(text)}</td>'


def _number(number) -> str:
    return _exact(str(number))


def _local_time(timestamp: str) -> str:
    """A time as a clerk in China reads it."""
    return read_datetime(timestamp).astimezone(clock.CHINA).strftime("%m-%d %H:%M:%S")


def _good(item) -> str:
    return html.escape(f"{item.number}. {item.description} {item.hs6} {item.criterion} {item.quantity:f} {item.unit}")


def _problem(entry: dict) -> str:
    return f"{entry['message']} ({entry['code']}, {entry['path']})"
