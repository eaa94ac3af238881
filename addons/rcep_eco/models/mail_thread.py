"""Who follows one of our records is for those who may read it: names and addresses of people stand there."""

from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def message_get_followers(self, *args, **options):
        """Odoo's own, which tells it to every employee, of other companies' records too."""
        if self._name.startswith("rcep."):
            self.check_access("read")
        return super().message_get_followers(*args, **options)
