"""What can be had of an issued certificate: its signed document and the issuing body's own check page."""

from __future__ import annotations

from dataclasses import dataclass

from .enterprises import Enterprise
from .held import Held, find_certificate, made
from .store import Store
from .wire import not_found


@dataclass(frozen=True)
class Certificates:
    """The archive of issued certificates."""

    store: Store
    check_base: str

    def document(self, enterprise: Enterprise, certificate_id: str) -> tuple[str, bytes]:
        """Number and PDF of a certificate, the same bytes every time."""
        with self.store.reading() as database:
            held = self._held(database, enterprise, certificate_id)
            row = database.execute("SELECT pdf FROM document WHERE certificate_id = ?", (certificate_id,)).fetchone()
        return held.certificate_no, row["pdf"]

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
