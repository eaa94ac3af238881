"""Where a connection leads, in which database it is at home, and what a neutralised copy still knows."""

import base64
import os
import pathlib
from unittest import mock

from odoo.exceptions import UserError, ValidationError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged
from odoo.tools import config

from ... import link
from ..common import OutboxCommon

SECRET = "not-for-clerks"
KEY = link.signatures.LocalSigner.generate("platform-1").public_pem().decode()
OTHER = link.signatures.LocalSigner.generate("platform-2").public_pem().decode()
IN_CLEAR = ("http://platform.example", "http://192.168.1.20:8080", "http://10.0.0.7/ccpit", "HTTP://platform.example",
            "http://localhost.evil.example")  # fmt: skip
DISGUISED = ("https://2852039166", "https://0xa9fea9fe", "https://0251.0376.0251.0376", "https://169.16689662",
             "https://[::ffff:a9fe:a9fe]", "https://[64:ff9b::a9fe:a9fe]", "https://[2002:a9fe:a9fe::1]",
             "https://169.254.169.254.", "https://１６９.254.169.254", "https://0", "https://[::]")  # fmt: skip


@tagged("post_install", "-at_install")
class TestPlaces(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.person("manager")
        cls.mine = cls.platform.with_user(cls.manager)
        cls.platform.write({"platform_key_name": "platform-1", "platform_public_key": KEY})

    def who(self):
        names = ("client_id", "client_secret", "platform_key_name", "platform_public_key")
        return [bool(self.platform[name]) for name in names]

    def chatter(self):
        self.env.flush_all()
        return " ".join(str(body) for body in self.platform.message_ids.mapped("body"))

    # --- addresses ---------------------------------------------------------------------------------------
    def test_without_tls_a_platform_is_on_this_machine_only(self):
        for address in IN_CLEAR:
            with self.subTest(address), self.assertRaisesRegex(ValidationError, "does not begin with https"):
                self.mine.base_url = address
        for address in ("http://127.0.0.1:8169", "http://localhost:8169", "http://[::1]:8169"):
            self.mine.base_url = address

    def test_an_address_in_disguise_is_refused_where_it_is_entered(self):
        for address in DISGUISED:
            with self.subTest(address), self.assertRaisesRegex(ValidationError, "No platform can be at"):
                self.mine.base_url = address

    def test_who_runs_the_server_may_except_a_name(self):
        with mock.patch.dict(os.environ, {"RCEP_ECO_PLAIN_HOSTS": "sandbox, gateway"}):
            self.mine.base_url = "http://sandbox:8169"
            with self.assertRaises(ValidationError):
                self.mine.base_url = "http://elsewhere:8169"

    # --- elsewhere ---------------------------------------------------------------------------------------
    def test_another_environment_takes_away_who_we_are(self):
        self.mine.environment = "test"
        self.assertEqual(self.who(), [False] * 4)
        self.assertIn("leads to another platform", self.chatter())

    def test_another_platform_takes_away_who_we_are(self):
        self.mine.base_url = "https://one.example"
        announced = [{"key_id": "p", "public_key_pem": KEY}]
        self.platform.write({"client_id": "C-1", "client_secret": SECRET, "platform_key_name": "platform-1",
                             "platform_public_key": KEY, "announced_keys": announced})  # fmt: skip
        self.mine.base_url = "https://two.example"
        self.assertEqual(self.who(), [False] * 4)
        self.assertFalse(self.platform.announced_keys)

    def test_another_path_or_port_of_the_same_server_is_the_same_platform(self):
        self.mine.base_url = "http://127.0.0.1:8169/api"
        self.assertEqual(self.who(), [True] * 4)

    def test_what_is_reported_with_the_change_is_of_the_new_platform(self):
        self.mine.write({"environment": "test", "client_id": "C-2", "new_secret": "another"})
        self.assertEqual((self.platform.client_id, self.platform.client_secret), ("C-2", "another"))
        self.assertFalse(self.platform.platform_public_key)

    def test_changes_of_keys_addresses_and_environment_stand_in_the_chatter_and_no_secret_does(self):
        platform = self.mine.with_context(tracking_disable=False, mail_notrack=False)
        platform.write({"new_secret": "a-new-secret", "platform_public_key": OTHER})
        platform.base_url = "http://127.0.0.1:10"
        platform.action_generate_key()
        result = self.chatter()
        for word in ("The client secret was changed", "public key was changed", "Our own signing key was changed"):
            self.assertIn(word, result)
        for text in ("a-new-secret", SECRET):
            self.assertNotIn(text, result)
        tracked = {name for name, field in platform._fields.items() if getattr(field, "tracking", None)}
        self.assertLessEqual(
            {"environment", "base_url", "client_id", "key_name", "platform_key_name", "page_url"}, tracked
        )
        self.assertFalse({"client_secret", "private_key_id", "platform_public_key"} & tracked)

    # --- a copy ------------------------------------------------------------------------------------------
    def test_a_duplicate_sends_nothing_until_a_manager_says_what_it_is(self):
        messages = self.submit()
        client = mock.Mock()
        self.env["ir.config_parameter"].set_param("database.uuid", "of-a-duplicate")
        self.assertTrue(self.platform.is_in_copy)
        self.assertIn("is a copy", self.platform.findings)
        with self.assertRaisesRegex(link.errors.NotSent, "is a copy"):
            self.platform._client()
        for job, model in (
            ("_cron_deliver", "rcep.platform.message"),
            ("_cron_follow", "rcep.platform.event"),
            ("_cron_reconcile", "rcep.platform"),
            ("_cron_rehearse", "rcep.conformance.run"),
        ):
            self.run_job(job, model)
        self.assertEqual(set(messages.mapped("state")), {"queued"})
        self.assertEqual(set(messages.mapped("attempts")), {0})
        self.assertFalse(client.mock_calls)
        self.assertIn("is a copy", self.mine.action_test()["params"]["message"])
        self.mine.action_is_original()
        self.assertFalse(self.platform.is_in_copy)
        self.assertTrue(messages.search(messages._due_domain()) & messages)

    def test_a_restored_database_under_another_name_is_noticed_too(self):
        self.platform.home = "the hash of another name"
        self.assertTrue(self.platform.is_in_copy)

    def test_a_copy_forgets_who_it_was(self):
        self.platform.home = "another"
        key = self.platform.private_key_id
        self.mine.action_is_copy()
        self.assertEqual(self.who(), [False] * 4)
        self.assertFalse(self.platform.private_key_id or key.exists() or self.platform.is_in_copy)

    def test_only_a_manager_says_which_it_is(self):
        for name in ("clerk", "engineer", "auditor"):
            person = self.person(name)
            for action in ("action_is_original", "action_is_copy"):
                with self.subTest(f"{name} {action}"), self.assertRaises(UserError):
                    getattr(self.platform.with_user(person), action)()

    # --- our own address ---------------------------------------------------------------------------------
    def test_our_public_address_is_fixed_once_and_follows_nobody(self):
        fixed = self.platform.page_url
        self.assertTrue(fixed)
        self.env["ir.config_parameter"].set_param("web.base.url", "http://evil.example")
        self.assertEqual(self.exporter._rcep_base_url(), fixed)
        self.mine.page_url = "https://www.example.com"
        self.assertEqual(self.exporter._rcep_base_url(), "https://www.example.com")
        for address in ("www.example.com", "https://www.example.com/", "https://me@www.example.com", "ftp://x"):
            with self.subTest(address), self.assertRaises(ValidationError):
                self.mine.page_url = address

    # --- keys and files ----------------------------------------------------------------------------------
    def key_files(self):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "certificate.key"), ("res_id", "=", self.platform.private_key_id.id),
             ("res_field", "!=", False)])  # fmt: skip

    def pem(self):
        return base64.b64decode(self.platform.private_key_id.with_context(bin_size=False).pem_key)

    def test_the_bytes_of_a_key_never_enter_the_file_store(self):
        pem = self.pem()
        self.assertIn(b"PRIVATE KEY", pem)
        self.env.flush_all()
        self.assertEqual(set(self.key_files().mapped("store_fname")), {False})
        self.assertFalse(any(self.key_files().mapped("index_content")))
        self.assertEqual(_files_with(self.env, pem[40:100]), [])
        self.platform._client()  # it signs all the same

    def test_keys_of_before_leave_the_file_store(self):
        files, pem = self.key_files(), self.pem()
        with mock.patch.object(type(files), "_rcep_in_database", lambda records, _kept: records):
            files.write({"raw": pem})
        self.env.flush_all()
        self.assertTrue(all(files.mapped("store_fname")))
        self.assertTrue(_files_with(self.env, pem[40:100]))
        self.env["ir.attachment"]._rcep_take_keys_in()
        self.assertEqual(_files_with(self.env, pem[40:100]), [])
        self.assertEqual(files[0].raw, pem)

    def test_a_neutralised_copy_knows_no_key_secret_nonce_or_signed_link(self):
        self.supplier.email = "sales@lamp-works.example"
        asked = self.env["rcep.declaration.request"]._ask(self.exporter, {self.supplier: self.make_good("S", "S")})
        pem = self.pem()
        token = asked.link.rpartition("/")[2]
        self.env.flush_all()
        secrets = {"key": pem.decode().split("\n")[1], "secret": SECRET, "nonce": asked.nonce, "link": token}
        for what, text in secrets.items():
            self.assertTrue(_rows_with(self.env, text), what)
        for query in get_neutralization_queries(["rcep_eco"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        for what, text in secrets.items():
            with self.subTest(what):
                self.assertEqual(_rows_with(self.env, text), [])
                self.assertEqual(_files_with(self.env, text.encode()), [])


def _files_with(env, content):
    """The files of the file store that hold these bytes."""
    store = pathlib.Path(config.filestore(env.cr.dbname))
    return [path for path in store.rglob("*") if path.is_file() and content in path.read_bytes()]


def _rows_with(env, text):
    """The tables of the database in which a row holds this text, as text or as bytes."""
    env.cr.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() "
                   "AND table_type = 'BASE TABLE' ORDER BY 1")  # fmt: skip
    tables = [row[0] for row in env.cr.fetchall()]
    found = []
    for table in tables:
        row = f'"{table}"'
        env.cr.execute(
            f"SELECT 1 FROM {row} AS row WHERE position(%s in row::text) > 0 OR position(%s in row::text) > 0 LIMIT 1",
            [text, text.encode().hex()],
        )
        if env.cr.fetchone():
            found.append(table)
    return found
