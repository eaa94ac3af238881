"""What can be had of an issued certificate: its signed document and the issuing body's own check page."""

from __future__ import annotations

from dataclasses import dataclass

from . import document, moments
from .enterprises import Enterprise
from .held import Held, find_certificate, made
from .keys import Keys
from .store import Store
from .wire import PROFILE, not_found


@dataclass(frozen=True)
class Certificates:
    """The archive of issued certificates."""

    store: Store
    keys: Keys
    check_base: str

    def document(self, enterprise: Enterprise, certificate_id: str) -> tuple[str, bytes]:
        """Number and PDF of a certificate: drawn and signed when it is first asked for, then always the same bytes.

        What was cancelled or replaced says so; that is a document of its own.
        """
        with self.store.reading() as database:
            held = self._held(database, enterprise, certificate_id)
            key = certificate_id if held.state == "issued" else f"{certificate_id} {held.state}"
            pdf = _kept(database, key)
        if not pdf:
            drawn = self._draw(held)
            with self.store.transaction() as database:
                database.execute(  # whoever asked at the same time may have been first
                    "INSERT OR IGNORE INTO document (certificate_id, pdf) VALUES (?, ?)", (key, drawn)
                )
                pdf = _kept(database, key)
        return held.certificate_no, pdf

    def _draw(self, held: Held) -> bytes:
        application = PROFILE.read_application_body(held.body)
        day = moments.day_of(held.issued_at)
        check_url = f"{self.check_base}{held.check_token}"
        return document.certificate(application, held.certificate_no, day, check_url, self.keys, state=held.state)

    def issuer_check(self, enterprise: Enterprise, certificate_id: str) -> dict:
        """Where anybody may check the certificate, and the token in that address."""
        with self.store.reading() as database:
            held = self._held(database, enterprise, certificate_id)
        return {"check_url": f"{self.check_base}{held.check_token}", "check_token": held.check_token}

    def by_token(self, token: str) -> Held | None:
        """The certificate behind a check page."""
        with self.store.reading() as database:
            row = database.execute("SELECT * FROM application WHERE check_token = ?", (token,)).fetchone()
        return made(row)

    @staticmethod
    def _held(database, enterprise, certificate_id) -> Held:
        held = find_certificate(database, enterprise.id, certificate_id)
        if not held:
            raise not_found()
        return held


def _kept(database, certificate_id: str) -> bytes | None:
    row = database.execute("SELECT pdf FROM document WHERE certificate_id = ?", (certificate_id,)).fetchone()
    return row["pdf"] if row else None
