"""Websites, as an administrator types them: which may show our check inside a page of theirs.

>>> origins("https://Www.Lamps.example/shop/, https://lamps.example:8443")
(['https://www.lamps.example', 'https://lamps.example:8443'], [])
>>> origins("https://宁波灯具.example")[0]
['https://xn--h6qp8vmro5kd.example']
>>> origins("https://10.0.0.5:8443 https://1.2")[0]
[]
>>> origins("lamps.example http://lamps.example https://*.example https://lamps.example;script-src https://:80")[1]
['lamps.example', 'http://lamps.example', 'https://*.example', 'https://lamps.example;script-src', 'https://:80']
"""

from __future__ import annotations

import re
import urllib.parse

BETWEEN = re.compile(r"[\s,，；、]+")
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"{LABEL}(\.{LABEL})+")
MOST = 20


def origins(text: str) -> tuple[list[str], list[str]]:
    """What was typed as (origins as a browser writes them, what is none)."""
    good, bad = [], []
    for each in BETWEEN.split((text or "").strip()):
        found = _origin(each)
        if each:
            (good if found else bad).append(found or each)
    return list(dict.fromkeys(good)), bad


def _origin(address: str) -> str:
    try:
        parts = urllib.parse.urlsplit(address)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode()
    except ValueError:  # a label or a port that can be none
        return ""
    if host.rpartition(".")[2].isdigit():  # a number is no name of a website
        return ""
    if parts.scheme != "https" or parts.username is not None or not HOST.fullmatch(host) or port == 0:
        return ""
    return f"https://{host}" if port in (None, 443) else f"https://{host}:{port}"
