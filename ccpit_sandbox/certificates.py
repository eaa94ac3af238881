"""What can be had of an issued certificate: its signed document and the issuing body's own check page."""

from __future__ import annotations

from dataclasses import dataclass

from . import clock, document
from .application_record import ApplicationRecord, find_certificate, from_row
from .enterprises import Enterprise
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
            record = self._record(database, enterprise, certificate_id)
            key = certificate_id if record.state == "issued" else f"{certificate_id} {record.state}"
            pdf = _kept(database, key)
        if not pdf:
            drawn = self._draw(record)
            with self.store.transaction() as database:
                database.execute(  # whoever asked at the same time may have been first
                    "INSERT OR IGNORE INTO document (certificate_id, pdf) VALUES (?, ?)", (key, drawn)
                )
                pdf = _kept(database, key)
        return record.certificate_no, pdf

    def _draw(self, record: ApplicationRecord) -> bytes:
        application = PROFILE.read_application_body(record.body)
        day = clock.day_of(record.issued_at)
        check_url = f"{self.check_base}{record.check_token}"
        return document.certificate(application, record.certificate_no, day, check_url, self.keys, state=record.state)

    def issuer_check(self, enterprise: Enterprise, certificate_id: str) -> dict:
        """Where anybody may check the certificate, and the token in that address."""
        with self.store.reading() as database:
            record = self._record(database, enterprise, certificate_id)
        return {"check_url": f"{self.check_base}{record.check_token}", "check_token": record.check_token}

    def by_token(self, token: str) -> ApplicationRecord | None:
        """The certificate behind a check page."""
        with self.store.reading() as database:
            row = database.execute("SELECT * FROM application WHERE check_token = ?", (token,)).fetchone()
        return from_row(row)

    @staticmethod
    def _record(database, enterprise, certificate_id) -> ApplicationRecord:
        record = find_certificate(database, enterprise.id, certificate_id)
        if not record:
            raise not_found()
        return record


def _kept(database, certificate_id: str) -> bytes | None:
    row = database.execute("SELECT pdf FROM document WHERE certificate_id = ?", (certificate_id,)).fetchone()
    return row["pdf"] if row else None
