"""Exporting enterprises: enrolment, access tokens, and the proof that a request is theirs.

Client secrets and tokens are random texts of 256 bits, so their plain SHA-256 is stored and nothing more is
needed against guessing. An unknown client and a wrong secret take the same path and give the same answer.
"""

from __future__ import annotations

import email.utils
import hashlib
import hmac
import http
import secrets
import time
import typing
import urllib.parse
from dataclasses import dataclass

from rcep_link.errors import BadSignature, plain
from rcep_link.signatures import KEY_ID, Verifier, verify
from stdnum.cn import uscc as credit_code

from . import clock
from .store import Store
from .wire import PlatformRequest, Refusal, entry, incomplete

TOKEN_SECONDS = 3600
LONGEST_NAME = 300
LONGEST_URL = 2000
KNOWN_ALREADY = (
    "This credit code is enrolled with another key: sign with that one, or have the new key enrolled on the control "
    "port, or start the sandbox with --open-enrolment."
)


@dataclass(frozen=True)
class Enterprise:
    """Who is asking."""

    id: int
    client_id: str
    uscc: str
    name: str


# --- enrolment
def enrol(store: Store, wanted: dict, may_renew: typing.Callable = lambda row: None) -> tuple[str, str]:
    """Register an enterprise, or renew its key, address and secret; returns client number and secret.

    ``may_renew`` gets the row of an enterprise that is known already, and raises where it may not be renewed.
    """
    facts = _checked(wanted)
    secret = secrets.token_urlsafe(32)
    with store.transaction() as database:
        row = database.execute("SELECT * FROM enterprise WHERE uscc = ?", (facts["uscc"],)).fetchone()
        if row:
            may_renew(row)
            database.execute(
                "UPDATE enterprise SET name = :name, key_id = :key_id, public_key_pem = :public_key_pem, "
                "push_url = :push_url, secret_hash = :secret_hash WHERE id = :id",
                {**facts, "secret_hash": _hash(secret), "id": row["id"]},
            )
            database.execute("DELETE FROM token WHERE enterprise_id = ?", (row["id"],))
            database.execute(  # what waits goes to the new address at once
                "UPDATE event SET tries = 0, next_try = 0 WHERE enterprise_id = ? AND next_try IS NOT NULL",
                (row["id"],),
            )
            return row["client_id"], secret
        client_id = f"SANDBOX-{secrets.token_hex(6).upper()}"
        database.execute(
            "INSERT INTO enterprise (client_id, uscc, name, secret_hash, key_id, public_key_pem, push_url) "
            "VALUES (:client_id, :uscc, :name, :secret_hash, :key_id, :public_key_pem, :push_url)",
            {**facts, "client_id": client_id, "secret_hash": _hash(secret)},
        )
        return client_id, secret


def enrol_signed(store: Store, wanted: dict, request: PlatformRequest, is_open: bool) -> tuple[str, str]:
    """Enrol whoever signs with the key in the enrolment; a known enterprise is renewed by the key on file.

    ``is_open`` takes any key for a known enterprise too: for places where nobody else's applications lie.
    """
    facts = _checked(wanted)

    def signed_with_key_on_file(row):
        try:
            _check_signature(row, request)
        except Refusal as error:
            raise Refusal(http.HTTPStatus.CONFLICT, "enrolled", KNOWN_ALREADY) from error

    with store.reading() as database:
        is_known = database.execute("SELECT 1 FROM enterprise WHERE uscc = ?", (facts["uscc"],)).fetchone()
    if is_open or not is_known:
        _check_signature(facts, request)
    return enrol(store, wanted, (lambda row: None) if is_open else signed_with_key_on_file)


def _checked(wanted: dict) -> dict[str, str]:
    names = ("name", "uscc", "public_key_pem", "key_id", "push_url")
    facts = {name: wanted.get(name) if wanted.get(name) is not None else "" for name in names}
    errors = [entry(f"/{name}", "format", "text is needed") for name in names if not isinstance(facts[name], str)]
    if errors:
        raise incomplete(errors)
    facts["name"], facts["uscc"] = plain(facts["name"]), credit_code.compact(facts["uscc"]).upper()
    if not 0 < len(facts["name"]) <= LONGEST_NAME:
        errors.append(entry("/name", "required", "the enterprise's name is needed"))
    if not credit_code.is_valid(facts["uscc"]):
        errors.append(entry("/uscc", "credit_code", "a valid unified social credit code of 18 characters is needed"))
    if not KEY_ID.fullmatch(facts["key_id"]):
        errors.append(entry("/key_id", "format", "the key's name must be 1 to 200 letters, digits or . _ : @ / + = -"))
    try:
        Verifier.from_pem(facts["public_key_pem"])
    except ValueError as error:
        errors.append(entry("/public_key_pem", "format", str(error)))
    if facts["push_url"] and not _is_web_address(facts["push_url"]):
        errors.append(entry("/push_url", "format", "the whole http or https address for pushes is needed, or none"))
    if errors:
        raise incomplete(errors)
    return facts


def _is_web_address(text: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return usable and text.isascii() and text.isprintable() and " " not in text and len(text) <= LONGEST_URL


# --- proof
def give_token(store: Store, request: PlatformRequest) -> dict:
    """Client credentials (RFC 6749, 4.4) by HTTP Basic, on a signed request; returns the token's answer."""
    if request.form.get("grant_type") != "client_credentials":
        raise Refusal(http.HTTPStatus.BAD_REQUEST, "grant_type", "Only the grant client_credentials is known here.")
    client_id, secret = _credentials(request)
    with store.transaction() as database:
        row = database.execute("SELECT * FROM enterprise WHERE client_id = ?", (client_id,)).fetchone()
        known_hash = row["secret_hash"] if row else _hash("")
        if not hmac.compare_digest(known_hash, _hash(secret)) or not row:
            raise Refusal(http.HTTPStatus.UNAUTHORIZED, "client", "The client number or its secret is wrong.")
        request.enterprise = Enterprise(row["id"], row["client_id"], row["uscc"], row["name"])
        _check_signature(row, request)
        token = secrets.token_urlsafe(32)
        database.execute("DELETE FROM token WHERE expires_at < ?", (time.time(),))
        database.execute(
            "INSERT INTO token (token_hash, enterprise_id, expires_at) VALUES (?, ?, ?)",
            (_hash(token), row["id"], time.time() + TOKEN_SECONDS),
        )
    return {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}


def who_asks(store: Store, request: PlatformRequest) -> Enterprise:
    """The enterprise whose token and signature a request carries; 401 otherwise."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    with store.reading() as database:
        row = database.execute(
            "SELECT enterprise.* FROM token JOIN enterprise ON enterprise.id = token.enterprise_id "
            "WHERE token.token_hash = ? AND token.expires_at >= ?",
            (_hash(token.strip()), time.time()),
        ).fetchone()
    if scheme.lower() != "bearer" or not row:
        raise Refusal(http.HTTPStatus.UNAUTHORIZED, "token", "The access token is unknown or no longer valid.")
    request.enterprise = Enterprise(row["id"], row["client_id"], row["uscc"], row["name"])
    _check_signature(row, request)
    return request.enterprise


def _credentials(request) -> tuple[str, str]:
    given = request.authorization
    if not given or given.type != "basic":
        return "", ""
    return urllib.parse.unquote_plus(given.username or ""), urllib.parse.unquote_plus(given.password or "")


def _check_signature(row, request) -> None:
    keys = {row["key_id"]: Verifier.from_pem(row["public_key_pem"])}
    target = request.environ["RAW_URI"]
    try:
        verify(keys, request.method, target, request.headers, request.whole_body(), now=clock.now())
    except BadSignature as error:
        raise Refusal(http.HTTPStatus.UNAUTHORIZED, "signature", str(error)) from error
    sent_at = email.utils.parsedate_to_datetime(request.headers["Date"])  # readable, since the signature is good
    request.skew = (sent_at - clock.now()).total_seconds()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
