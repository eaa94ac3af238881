"""The door by which another ERP hands in invoices that are to be certified (``/eco/erp/v1/invoices``)."""

from odoo.addons.rcep_eco_api.controllers.door import Answer, opened
from odoo.addons.rcep_eco_api.controllers.problem import Refusal
from odoo.http import Controller

from ..invoices.reading import LONGEST_BODY
from ..texts import sheet_problems
from .sheet_door import JSON, PREFIX, asks_preview, refusal

GRANT = "may_hand_in_invoices"


class InvoiceDoor(Controller):
    @opened(f"{PREFIX}/invoices", GRANT, method="POST", longest=LONGEST_BODY)
    def hand_in_invoice(self, call):
        """Take over an invoice, or say what is wrong with it; with preview=true, only say what it would do."""
        is_preview = asks_preview(call)
        if call.mimetype != JSON:
            raise Refusal(415, "media_type", call.env._("Send it as one of: %s.", JSON))
        came = call.env["rcep.erp.invoice"]._hand_in(call.key, call.body, is_preview)
        changes = [{"member": place, "from": before, "to": after} for place, before, after in came.changes]
        if came.is_conflict():
            return self._conflict(call, came.problems, differs=changes)
        if came.problems:
            return refusal(call, "invoice", came.problems)
        invoice = came.invoice._as_json() if came.invoice else None
        return Answer(200, {"preview": is_preview, "what": came.what, "changes": changes, "invoice": invoice})

    @opened(f"{PREFIX}/invoices/<path:number>", GRANT)
    def invoice(self, call, number):
        """Where an invoice and its certificates stand."""
        return Answer(200, self._known(call, number)._as_json(), conditional=True)

    @opened(f"{PREFIX}/invoices/<path:number>", GRANT, method="DELETE")
    def cancel_invoice(self, call, number):
        """Cancel an invoice; it is kept, and nothing more is certified of it."""
        invoice = self._known(call, number)
        if problems := invoice._cancel():
            return self._conflict(call, problems)
        return Answer(200, invoice._as_json())

    @staticmethod
    def _known(call, number):
        found = call.env["rcep.erp.invoice"]._of_number(call.key.company_id, number)
        if not found:
            words = call.env._("No invoice “%s” was taken over: hand it in, or look at what was wrong with it.")
            raise Refusal(404, "invoice", words % number[:100])
        return found

    @staticmethod
    def _conflict(call, problems, **more):
        return Refusal(409, problems[0].code, sheet_problems.sentence(call.env, problems[0]), **more)
