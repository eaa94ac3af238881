"""A door for programs: who calls, how often, how much, and what it is told; the same for every door.

What stands behind a door is a method with :func:`opened`. It is called with a :class:`Call`, in a savepoint: where it
raises a refusal, nothing of it stays; where it returns one, what it kept stays.
"""

import functools
import json
import re
from typing import NamedTuple

from odoo.exceptions import AccessError, LockError, UserError
from odoo.http import DEFAULT_MAX_CONTENT_LENGTH, request, route

from .problem import TYPE, Refusal

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")  # Odoo reads these before they come here
BEARER = re.compile(r"bearer +(\S+) *", re.IGNORECASE)
LONGEST_TOKEN = 200
SECRET = re.compile(r"eco_[0-9a-f]{12}_[A-Za-z0-9_-]*")  # somebody may put it where it does not belong
BUSY = 503
SHORT = 64 * 1024  # bytes of a body
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
OPEN = {"type": "http", "auth": "public", "csrf": False, "save_session": False, "sitemap": False}
NOTHING = "There is nothing at this address: the description says what there is."
# RFC 6750; the same whatever is wrong with the key.
UNKNOWN = "The key is missing, unknown, ended or revoked: send it as Authorization: Bearer eco_…"


class Answer(NamedTuple):
    """What is answered: status, content as JSON, and whether the same again is answered by 304."""

    status: int
    content: dict
    conditional: bool = False


class Call(NamedTuple):
    """One call by a known key."""

    key: object

    @property
    def env(self):
        """As the system, in the key's company alone."""
        return self.key._as_system("rcep.integration.key").env

    @property
    def body(self):
        """The bytes that were sent, as many as the door takes."""
        return request.httprequest.get_data()

    @property
    def mimetype(self):
        return request.httprequest.mimetype

    @property
    def query(self):
        """{name: text} of the address."""
        return request.httprequest.args.to_dict()

    def json(self):
        """What was sent, as an object; an empty one where nothing was sent.

        :raises Refusal: where it is none
        """
        if not self.body:
            return {}
        if self.mimetype != "application/json":
            raise Refusal(415, "not_json", self.env._("Send a JSON object as application/json."))
        try:
            sent = json.loads(self.body)
        except (ValueError, RecursionError):
            sent = None
        if not isinstance(sent, dict):
            raise Refusal(400, "not_json", self.env._("The body is no JSON object in UTF-8."))
        return sent


def opened(path, grant, method="GET", longest=0):
    """Have a method of a controller answer programs whose key holds a grant.

    :param longest: bytes of a body that is read; 0 takes none
    """
    names = ARGUMENT.findall(path)

    def longest_form(_controller):
        # Of what is no form Odoo reads nothing by itself, and the door looks at the length before it does.
        return (longest or 1) if request.httprequest.mimetype in FORMS else DEFAULT_MAX_CONTENT_LENGTH

    def decorate(work):
        def answer(self, **arguments):
            told = {name: arguments[name] for name in names}
            if any("\0" in str(value) for value in told.values()):  # no database looks for such a name
                return _problem(Refusal(404, "address", NOTHING))
            return _answered(functools.partial(work, self), grant, longest, told)

        answer.__name__, answer.__doc__, answer.grant = work.__name__, work.__doc__, grant
        return route(path, methods=[method], max_content_length=longest_form, **OPEN)(answer)

    return decorate


def elsewhere(description):
    """The answer at an address of a door that has nothing there, or not by this method.

    :param description: OpenAPI of the door
    """
    asked = request.httprequest
    for path, calls in description["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", ".+", path), asked.path):
            takes = ", ".join(name.upper() for name in calls)
            answer = _problem(Refusal(405, "method", f"This address takes {takes}."))
            answer.headers["Allow"] = takes
            return answer
    return _problem(Refusal(404, "address", NOTHING))


def described(description, module):
    """The description of a door, with the version of its add-on; 304 for who has it already."""
    version = request.env["ir.module.module"].sudo()._get(module).installed_version  # which version is no secret
    content = {**description, "info": {**description["info"], "version": version}}
    answer = request.make_json_response(content, headers={"Cache-Control": "public, max-age=3600"})
    answer.add_etag()
    return answer.make_conditional(request.httprequest)


# --- one call ----------------------------------------------------------------------------------------------
def _answered(work, grant, longest, arguments):
    key = request.env["rcep.integration.key"]._of_token(_token())
    if not key:
        return _problem(Refusal(401, "key", UNKNOWN), {"WWW-Authenticate": 'Bearer realm="rcep-eco"'})
    log = request.env["rcep.integration.call"].sudo()  # the log is the system's
    asked = request.httprequest
    noted = getattr(request, "rcep_noted", None)  # where Odoo begins this request anew it stays one call
    if noted is None:
        path = SECRET.sub("eco_…", asked.path)
        noted = request.rcep_noted = log._note(key, asked.method, path, asked.content_length or 0)
    note, wait = noted
    if wait:
        said = key._as_system("rcep.integration.key").env._(
            "Key “%(name)s” makes %(most)s calls a minute: wait %(wait)s seconds.",
            name=key.name, most=key.per_minute, wait=wait,
        )  # fmt: skip
        if note:
            log._answered(note, 429, said)
        return _problem(Refusal(429, "rate", said), {"Retry-After": str(wait)})
    answer, refusal = None, None
    try:
        _check(key, grant, longest)
        with request.env.cr.savepoint():
            answer = work(Call(key), **arguments)
            key.env.flush_all()
        if isinstance(answer, Refusal):  # one that was returned and not raised: what it kept of the call stays
            refusal = answer
    except Refusal as error:
        refusal = error
    except LockError as error:
        refusal = Refusal(503, "busy", str(error))
    except AccessError as error:
        refusal = Refusal(403, "not_allowed", str(error))
    except UserError as error:
        refusal = Refusal(422, "refused", str(error))
    if refusal:
        log._answered(note, refusal.status, refusal.detail)
        return _problem(refusal, {"Retry-After": "1"} if refusal.status == BUSY else ())
    log._answered(note, answer.status)
    return _json(answer)


def _token():
    told = BEARER.fullmatch(request.httprequest.headers.get("Authorization", ""))
    return told[1][:LONGEST_TOKEN] if told else ""


def _check(key, grant, longest):
    """Whether the key allows this at all, and the body is one to be read.

    :raises Refusal: where not
    """
    env = key._as_system("rcep.integration.key").env
    why_not = key.with_env(env)._why_not()
    if why_not:
        raise Refusal(403, "not_in_force", why_not)
    if not key._allows(grant):
        words = env._("Key “%(name)s” does not hold “%(grant)s”: another key is needed, which the firm makes.")
        label = key._fields[grant]._description_string(env)
        raise Refusal(403, "grant", words % {"name": key.name, "grant": label})
    asked = request.httprequest
    if asked.headers.get("Transfer-Encoding"):
        raise Refusal(411, "length", env._("The length of the body has to be named; chunks are not taken."))
    if (asked.content_length or 0) > longest:
        words = env._("The body has %(size)s bytes; at most %(most)s are taken here.")
        raise Refusal(413, "too_long", words % {"size": asked.content_length, "most": longest})
    if asked.content_length and (asked.mimetype in FORMS or asked.headers.get("Content-Encoding")):
        raise Refusal(415, "form", env._("Forms and compressed bodies are not taken."))


def _problem(refusal, headers=()):
    return _send(refusal.status, refusal.as_json(), {"Content-Type": f"{TYPE}; charset=utf-8", **dict(headers)})


def _json(answer):
    if not answer.conditional:
        return _send(answer.status, answer.content, {"Cache-Control": "no-store"})
    response = _send(answer.status, answer.content, {"Cache-Control": "private, no-cache"})
    response.add_etag()
    return response.make_conditional(request.httprequest)


def _send(status, content, headers):
    told = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
            "Content-Type": "application/json; charset=utf-8", **headers}  # fmt: skip
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return request.make_response(body, headers=list(told.items()), status=status)
