"""A firm, its connection manager, and keys that were given out."""

from unittest import mock

from odoo.addons.rcep_eco.tests.common import EcoCommon


def make_key(manager, **values):
    """A key that the manager gave out, and the key itself."""
    keys = manager.env["rcep.integration.key"].with_user(manager)
    keys = keys.with_context(allowed_company_ids=manager.company_ids.ids)
    key = keys.create({"name": "MES of plant 2", **values})
    granted = key._grants()
    lacking = mock.patch.object(type(key), "_lacking", lambda _key: "")
    with lacking if not any(key[name] for name in granted) else mock.MagicMock():
        action = key.action_give()
    return key, action["context"]["default_token"]


class KeyCommon(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.person("manager")
        cls.key, cls.token = make_key(cls.manager)
        cls.keys = cls.env["rcep.integration.key"]
        cls.calls = cls.env["rcep.integration.call"]
