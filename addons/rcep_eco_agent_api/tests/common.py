"""An agent's program: a key under its authority, and its calls."""

import json

import jsonschema
from odoo.addons.rcep_eco_agent.tests.common import AgentCommon
from odoo.addons.rcep_eco_api.tests.common import make_key
from odoo.tests import HttpCase

from ..controllers import description

BASE = "/eco/agent/v1"


class ProgramCommon(AgentCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.person("manager", login="keeper")
        cls.key, cls.token = cls.make_agents_key()
        cls.schemas = description.DESCRIPTION["components"]

    @classmethod
    def make_agents_key(cls, **values):
        wanted = {"authorisation_id": cls.authority.id, "agent_user_id": cls.broker.id, "may_follow": True,
                  "may_act": True, "valid_until": cls.authority.valid_until, **values}  # fmt: skip
        return make_key(cls.manager, **wanted)

    def call(self, method, path, body=None, token=None, headers=None):
        told = {"Authorization": f"Bearer {token or self.token}", **(headers or {})}
        data = None
        if body is not None:
            data, told["Content-Type"] = json.dumps(body).encode(), "application/json"
        elif method != "GET":
            data = b""
        return self.url_open(f"{BASE}{path}", data=data, headers=told, method=method, allow_redirects=False)

    def told(self, method, path, body=None, status=200, schema="certificate", **options):
        """The answer, which is as described."""
        reply = self.call(method, path, body, **options)
        self.assertEqual(reply.status_code, status, reply.text)
        jsonschema.validate(reply.json(), {"$ref": f"#/components/schemas/{schema}", "components": self.schemas})
        return reply.json()

    def assert_problem(self, reply, status, words):
        self.assertEqual(reply.status_code, status, reply.text)
        self.assertEqual(reply.headers["Content-Type"], "application/problem+json; charset=utf-8")
        self.assertIn(words, reply.json()["detail"])
