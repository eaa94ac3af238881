"""What was set aside is taken up again: a person looked, and what was wrong is mended."""

from odoo import fields, models
from odoo.exceptions import UserError

from .rcep_platform_event import CRON_APPLY, FOLLOW


class RcepPlatformEvent(models.Model):
    _inherit = "rcep.platform.event"

    handling = fields.Selection(selection_add=[("taken_up", "Taken up again")], ondelete={"taken_up": "set default"})

    def action_take_up(self):
        """Have it applied again, or its file read again; who did that stands on the connection."""
        self.env["rcep.platform"]._check_manager()
        self.check_access("read")
        for event in self.sudo():  # the inbox is the system's
            event.platform_id.with_env(self.env)._check_manager()
            if event.handling != "odd":
                raise UserError(self.env._("This was not set aside: there is nothing to take up again."))
            if not event.content and not event.platform_id.uses_folders:
                raise UserError(
                    self.env._(
                        "This made no sense and came only once: press “Compare certificates” on the screen Health, "
                        "which asks the platform for all that is open."
                    )
                )
            event.platform_id._message_log(
                body=self.env._(
                    "Taken up again, what was set aside on %(day)s (UTC): %(reason)s",
                    day=event.create_date,
                    reason=event.why,
                )
            )
            if event.content:
                event._apply_again()
            else:
                event._read_again()
        return self.env["rcep.platform"]._notification("success", self._taken_up_sentence())

    def _taken_up_sentence(self):
        if any(event.content for event in self.sudo()):
            return self.env._("It is applied again within a minute.")
        if "hand" in self.mapped("source"):
            return self.env._("Upload the reply again: it is read as if it were new.")
        return self.env._(
            "The folder is read again within a minute. Where the reply does not lie there any more, upload it by hand."
        )

    def _apply_again(self):
        self.write({"handling": "waiting", "attempts": 0, "next_try": False})
        self.env.ref(CRON_APPLY)._trigger()

    def _read_again(self):
        """It stays on record under another name, so that its content counts as new."""
        self.write({"handling": "taken_up", "event_id": f"{self.event_id}#{self.id}"})
        self.platform_id.read_anew += 1
        self.env.ref(FOLLOW)._trigger()
