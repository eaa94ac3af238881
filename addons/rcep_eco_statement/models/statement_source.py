"""The producer's server as a buyer's Odoo asks it: its keys, a statement by its link, the status of one by its hash.

Whose statement it is, is believed for the website that the buyer has on the supplier's contact, and for no other.
"""

import http
import json

from odoo import api, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.models.platform.rcep_signing_key import PATH as KEYS

from ..statements import jose
from ..statements.wrong import Wrong

STATUS = "/rcep/statement/status/"


class RcepStatementSource(models.AbstractModel):
    _name = "rcep.statement.source"
    _description = "A producer's server"

    @api.model
    def _keys(self, issuer):
        """{name: JWK} that a producer publishes."""
        answer = self._json(issuer, KEYS)
        listed = answer.get("keys")
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            raise Wrong("odd_answer", host=link.addresses.host_of(issuer))
        return {each["kid"]: each for each in listed if isinstance(each.get("kid"), str)}

    @api.model
    def _check_signature(self, signed, issuer, producer, issued_at):
        """
        :param signed: :class:`jose.Signed`
        :raises Wrong: where no key of that producer, in use on that day, has signed it
        """
        host = link.addresses.host_of(issuer)
        jwk = self._keys(issuer).get(signed.key_id)
        if not jwk:
            raise Wrong("unknown_key", host=host)
        if jwk.get("sub") != producer:
            raise Wrong("key_of_another", host=host)
        begins, ends = jwk.get("nbf", 0), jwk.get("exp", float("inf"))
        if not all(isinstance(each, (int, float)) for each in (begins, ends)):
            raise Wrong("odd_answer", host=host)
        if not begins <= issued_at <= ends:
            raise Wrong("key_not_yet")
        if not signed.is_of(jose.key_of(jwk)):
            raise Wrong("forged")

    @api.model
    def _status(self, issuer, sha256):
        """What the producer says of a statement: {state, held_until}.

        :raises Wrong: where it does not answer, or does not know it
        """
        answer = self._json(issuer, f"{STATUS}{sha256}")
        if answer.get("sha256") != sha256 or answer.get("state") not in ("in_force", "ended", "revoked", "unknown"):
            raise Wrong("odd_answer", host=link.addresses.host_of(issuer))
        return answer

    @api.model
    def _text(self, address):
        """The signed text behind a link."""
        return self._bytes(f"{address.rstrip('/')}.jws").decode("ascii", "replace")

    # --- the wire ----------------------------------------------------------------------------------------
    @api.model
    def _is_at(self, issuer, website):
        """Whether an issuer is the very server of a website, and no part of a shared one."""
        here = link.addresses.is_server_of(issuer, website)
        return here and issuer.partition("//")[2].partition("/")[2] == ""

    @api.model
    def _json(self, issuer, path):
        body = self._bytes(f"{issuer.rstrip('/')}{path}")
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Wrong("odd_answer", host=link.addresses.host_of(issuer)) from error
        if not isinstance(answer, dict):
            raise Wrong("odd_answer", host=link.addresses.host_of(issuer))
        return answer

    @api.model
    def _bytes(self, address):
        """The bytes behind an address: protected, bounded, without a redirection, in a bounded time."""
        host = link.addresses.host_of(address)
        try:
            reply = link.exchange.ask("GET", address, plain_hosts=self.env["rcep.platform"]._plain_hosts())
        except link.exchange.NoReply as error:
            raise Wrong("unreachable", host=host) from error
        except link.exchange.TooLong as error:
            raise Wrong("odd_answer", host=host) from error
        if reply.status != http.HTTPStatus.OK:
            raise Wrong("odd_answer", host=host)
        return reply.body
