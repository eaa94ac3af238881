"""A look at a certificate's page, as the log keeps it; whatever becomes of that, the page is shown."""

import functools
import hashlib
import secrets
import time

from odoo.addons.rcep_eco.tools.isolated import within_savepoint
from odoo.http import request
from odoo.tools.lru import LRU

from ..models.rcep_scan import Visit

LONGEST = 400  # characters of what a browser says of itself
LONGEST_TOWN = 60
REMEMBERED = 5000  # looks that need not be kept again for a while

# Of this process, and never written: a mark of a look, and until when the log would not keep the same.
_quiet: LRU = LRU(REMEMBERED)
_SECRET = secrets.token_bytes(32)


def note(way, page=None, language=""):
    """Keep that somebody looked at a page, or tried a wrong number; the firm's own people are not counted.

    :param way: of ``rcep_scan.WAYS``; a program that says ``via=widget`` is our own on another page
    :param page: ``rcep.verification`` that is shown
    :param language: in which it is shown; none for programs
    """
    if request.httprequest.method == "HEAD" or (request.session.uid and request.env.user._is_internal()):
        return
    if way == "json" and request.params.get("via") == "widget":
        way = "widget"
    look = page and _look(way, page)
    if look and _quiet.get(look, 0.0) > time.monotonic():
        return
    place = request.geoip
    visit = Visit(
        address=request.httprequest.remote_addr or "",
        agent=_agent(),
        country=place.country.iso_code or "",
        city=(place.city.name or "")[:LONGEST_TOWN],
        language=language,
    )
    # A visitor has no rights; looks are the system's to write, about whom nothing is kept.
    scans = request.env["rcep.scan"].sudo()
    company = page.company_id if page else scans.env["website"].get_current_website().company_id
    work = functools.partial(scans._note, company, way, visit, page)
    _result, again = within_savepoint(scans.env, work, "look at a certificate's page")
    if look and again:
        scans.env.cr.postcommit.add(functools.partial(_be_quiet, look, again.total_seconds()))


def _look(way, page):
    """What makes two looks the same: page, its state, the way, and who, by a mark that is worth nothing elsewhere."""
    who = f"{request.httprequest.remote_addr} {_agent()}".encode()
    mark = hashlib.blake2b(who, key=_SECRET, digest_size=16).digest()
    return request.env.cr.dbname, page.id, page._state_now(), way, mark


def _be_quiet(look, seconds):
    _quiet[look] = time.monotonic() + seconds


def _agent():
    return (request.httprequest.user_agent.string or "")[:LONGEST]
