"""Pages from the Jinja2 templates in ``templates/``: everything that is put into them is escaped."""

from __future__ import annotations

import json
import pathlib
import urllib.parse

import jinja2
from rcep_link.record import read_datetime
from werkzeug.wrappers import Response

from . import clock

HTML = "text/html; charset=utf-8"


def _local_time(timestamp: str) -> str:
    """A time as a clerk in China reads it."""
    return read_datetime(timestamp).astimezone(clock.CHINA).strftime("%m-%d %H:%M:%S")


TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(pathlib.Path(__file__).with_name("templates")), autoescape=True,
    undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip
TEMPLATES.filters |= {
    "local_time": _local_time,
    "from_json": json.loads,
    "in_path": lambda text: urllib.parse.quote(text, safe=""),
}


def page(template: str, status: int, headers: dict[str, str], **facts) -> Response:
    """The answer that shows a template with these facts."""
    return Response(TEMPLATES.get_template(template).render(facts), status, headers=headers, content_type=HTML)
