"""What stands in a field of a record of ours is changed through that record; private keys enter no file store.

A file store is copied, backed up and kept longer than anybody looks: what signs for a firm stays in the database, where
a neutralised copy loses it.
"""

import pathlib

from odoo import api, models
from odoo.exceptions import UserError

OURS = "rcep."
IN_DATABASE = "rcep_in_database"  # in the context of what is kept there, with an object that no request can name
_KEPT = object()
KEYS = "certificate.key"  # Odoo's keystore: the bytes of its records stay in the database


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        unsaid = self.default_get(["res_model", "res_field"])  # a request's context says values too
        for values in vals_list:
            facts = {**unsaid, **values}
            self._rcep_check_field(facts.get("res_model"), facts.get("res_field"))
        if not any(values.get("res_model") == KEYS for values in vals_list):
            return super().create(vals_list)
        made = [  # one by one, in the order in which they were asked for
            super(IrAttachment, self._rcep_in_database(values.get("res_model") == KEYS)).create([values])
            for values in vals_list
        ]
        return self.browse(record.id for record in made)

    def write(self, vals):
        self._rcep_check_fields()
        for attachment in self if vals.keys() & {"res_model", "res_field"} else ():
            model = vals.get("res_model", attachment.res_model)
            self._rcep_check_field(model, vals.get("res_field", attachment.sudo().res_field))
        return super().write(vals)

    def unlink(self):
        self._rcep_check_fields()
        return super().unlink()

    def _set_attachment_data(self, asbytes):
        keys = self.filtered(lambda each: each.res_model == KEYS)
        if keys:
            super(IrAttachment, keys._rcep_in_database(True))._set_attachment_data(asbytes)
        return super(IrAttachment, self - keys)._set_attachment_data(asbytes)

    @api.model
    def _storage(self):
        return "db" if self.env.context.get(IN_DATABASE) is _KEPT else super()._storage()

    def _index(self, bin_data, file_type, checksum=None):
        # Odoo keeps a readable copy of whatever is text, for its search: of a key there is to be none.
        if self.env.context.get(IN_DATABASE) is _KEPT:
            return False
        return super()._index(bin_data, file_type, checksum=checksum)

    def _rcep_in_database(self, stored):
        return self.with_context(**{IN_DATABASE: _KEPT}) if stored else self

    @api.model
    def _rcep_take_keys_in(self):
        """Bring the bytes of private keys into the database that the file store has from before."""
        # Nobody but the system reads keys.
        keys = self.sudo().search([("res_model", "=", KEYS), ("res_field", "!=", False), ("store_fname", "!=", False)])
        for attachment in keys:
            name, raw = attachment.store_fname, attachment.raw
            attachment.write({"raw": raw})
            self.env.flush_all()
            if not self.sudo().search_count([("store_fname", "=", name)], limit=1):
                pathlib.Path(self._full_path(name)).unlink(missing_ok=True)
        return len(keys)

    def _rcep_check_fields(self):
        if not self.env.su:
            for attachment in self.sudo():  # only to which field it belongs
                self._rcep_check_field(attachment.res_model, attachment.res_field)

    def _rcep_check_field(self, model, field):
        """
        :raises UserError: where a person, past the record, changes what stands in one of its fields; the record itself
            does it as the system
        """
        if field and (model or "").startswith(OURS) and not self.env.su:
            raise UserError(
                self.env._(
                    "This file belongs to a field of a record (%s), which alone changes it: open the record and change "
                    "it there, where it may still be changed.",
                    model,
                )
            )
