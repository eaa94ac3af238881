"""Who follows one of our records is for those who may read it: names and addresses of people stand there."""

from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_followers_to_store(self, *args, **options):
        """Odoo's own, by which `message_get_followers` tells every employee, of other companies' records too."""
        if self._name.startswith("rcep."):
            self.check_access("read")
        return super()._message_followers_to_store(*args, **options)
