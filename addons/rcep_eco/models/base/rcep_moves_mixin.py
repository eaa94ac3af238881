"""How the state of a record moves: by its table of moves, and in no other way.

Certificates, filings and supplier declarations each have a table ``{(before, after): who, ...}``. *Who* is a group of
people, by its XML id, or somebody outside (such as the platform) by one word.
"""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

# The key of a move is an object of this process, which no request can name.
_MOVE = object()


class RcepMoves(models.AbstractModel):
    _name = "rcep.moves.mixin"
    _description = "Record whose state moves by a table"

    _moves = {}  # the table
    _moved = frozenset({"state"})  # what only a move may write
    _set_at_creation = frozenset()  # of these, what may be said of a new record
    _initial_values = {}  # what a new record says of them; the others are empty at first

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            self._check_moved(values, allowed=self._set_at_creation)
            for name in self._moved - self._set_at_creation:  # defaults of a request or a user do not count
                values.setdefault(name, self._initial_values.get(name, False))
        return super().create(vals_list)

    def write(self, vals):
        self._check_moved(vals)
        if "state" in vals:
            self._check_in_table(vals["state"])
        return super().write(vals)

    def _check_moved(self, values, allowed=frozenset()):
        moved = values.keys() & (self._moved - allowed)
        if moved and self.env.context.get("rcep_move") is not _MOVE:
            raise UserError(
                self.env._(
                    "%(fields)s of “%(record)s” is set by its own steps and cannot be written.",
                    fields=", ".join(sorted(moved)),
                    record=self.env["ir.model"]._get(self._name).sudo().name,  # a model's name is no secret
                )
            )

    def _check_in_table(self, after):
        """No state is written that does not follow from the one before."""
        for record in self:
            if record.state != after and (record.state, after) not in self._moves:
                raise UserError(record._not_from_here())

    def _moving(self):
        """The records as a move sees them: it may write what nothing else may."""
        return self.with_context(rcep_move=_MOVE)

    def _write_moved(self, **values):
        """Write what only the record's own steps may write."""
        return self._moving().write(values)

    def _state_name(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _not_from_here(self):
        return self.env._(
            "%(name)s is %(state)s: this step is not possible from there.",
            name=self.display_name,
            state=self._state_name(),
        )

    def _may_move(self, after, by):
        return by in self._moves.get((self.state, after), ())

    def _move(self, after, by=None, **values):
        """Move to another state.

        :param by: who outside makes the move; without it the person who asks, who must be of one of the move's groups
        """
        for record in self:
            if by:
                allowed = record._may_move(after, by)
            else:
                groups = [who for who in self._moves.get((record.state, after), ()) if "." in who]
                allowed = bool(groups)
                record._check_is_one_of(groups)
            if not allowed:
                raise UserError(record._not_from_here())
        return self._write_moved(state=after, **values)

    def _check_is_one_of(self, groups):
        user = self.env.user
        if not groups or user._is_superuser() or any(map(user.has_group, groups)):
            return
        names = [self.env.ref(group).sudo().name for group in groups]  # a group's name is no secret
        raise AccessError(
            self.env._(
                "%(name)s is %(state)s: the next step is for a person of the group “%(groups)s”; ask one.",
                name=self.display_name,
                state=self._state_name(),
                groups=", ".join(names),
            )
        )

    def _move_or_update(self, state, by, **values):
        """What somebody outside says of the state: a move, or more of the same state."""
        if state == self.state:
            self._write_moved(**values)
        else:
            self._move(state, by, **values)
