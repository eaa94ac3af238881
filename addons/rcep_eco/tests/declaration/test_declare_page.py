"""The supplier's page: who gets in, what is shown, what is kept, and what a hostile sender achieves."""

import base64
import datetime
import io
import re
from unittest.mock import patch
from urllib.parse import urlencode

from odoo.fields import Datetime
from odoo.tests import HttpCase, tagged
from werkzeug.datastructures import FileStorage

from ...controllers import supplier_answer
from .test_declaration_states import DeclarationCommon

PDF = b"%PDF-1.7\nstamped and signed"
DEAD = "This link is not valid any more"


class DeclarePageCommon(DeclarationCommon):
    """Two goods that a supplier is asked for, and its page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.plug = cls.make_good("Plug", "PLUG", standard_price=7.77, list_price=99.5)
        cls.request = cls.ask(cls.socket, cls.plug)
        cls.first, cls.second = cls.request.declaration_ids.sorted("id")
        cls.path = f"/rcep/declare/{cls.request._token()}"

    def page(self, path=None, **query):
        reply = self.url_open(f"{path or self.path}?{urlencode(query)}")
        self.env.invalidate_all()
        return reply

    def csrf(self, path=None):
        """The form's own token, or None where the page has no form."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.page(path).text)
        return found and found.group(1)

    def line(self, declaration, **values):
        """A complete answer to one line, as the form sends it."""
        facts = {
            "answer": "originates", "party": self.china.id, "criterion": "CTC", "reference": f"YLW-{declaration.id}",
            "from": self.today.isoformat(), "to": (self.today + datetime.timedelta(days=300)).isoformat(), **values,
        }  # fmt: skip
        return {f"{name}_{declaration.id}": str(value) for name, value in facts.items()}

    def send(self, *lines, files=None, path=None, csrf=None, **form):
        """Post the page's form; the redirect is followed."""
        if csrf is None:
            csrf = self.csrf(path)
        data = {"csrf_token": csrf or "", "who": "Sun Li", "lang": "en", **form}
        for line in lines:
            data |= line
        uploads = {
            f"document_{declaration.id}": (name, content, "application/pdf")
            for declaration, (name, content) in (files or {}).items()
        }
        reply = self.url_open(path or self.path, data=data, files=uploads or None)
        self.env.invalidate_all()
        return reply


@tagged("post_install", "-at_install")
class TestDeclarePage(DeclarePageCommon, HttpCase):
    # --- who gets in -------------------------------------------------------------------------------------
    def test_the_supplier_sees_its_goods_and_no_price_and_no_other_supplier(self):
        other = self.make_customer("Cixi Plugs", "cn")
        other.email = "info@cixi-plugs.example"
        self.ask(self.make_good("Secret switch", "SECRET"), supplier=other)
        self.plug.seller_ids = [
            (0, 0, {"partner_id": self.supplier.id, "product_code": "YLW-7", "price": 3.21}),
            (0, 0, {"partner_id": other.id, "product_code": "CIXI-9", "price": 2.98}),
        ]
        reply = self.page()
        self.assertEqual(reply.status_code, 200)
        for result in ("Socket", "PLUG", "YLW-7", "NINGBO BRIGHT LAMP CO., LTD.", self.supplier.name):
            self.assertIn(result, reply.text)
        for secret in ("7.77", "99.5", "3.21", "2.98", "CIXI-9", "Cixi Plugs", "Secret switch"):
            self.assertNotIn(secret, reply.text)
        self.assertEqual(
            [reply.headers[name] for name in ("X-Robots-Tag", "Referrer-Policy", "Cache-Control")],
            ["noindex", "no-referrer", "no-store"],
        )
        self.assertEqual(reply.headers["Content-Security-Policy"], "frame-ancestors 'self'")

    def test_its_style_compiles(self):
        bundle = self.env["ir.qweb"]._get_asset_bundle("web.assets_frontend", js=False)
        bundle.preprocess_css()
        self.assertEqual(bundle.css_errors, [])

    def test_dead_links_are_one_and_the_same(self):
        def words(reply):
            self.assertEqual(reply.status_code, 404)
            self.assertIn(DEAD, reply.text)
            self.assertNotIn("Socket", reply.text)
            return re.sub(r'csrf_token: "[^"]*"|/rcep/declare/[^"?]*', "", reply.text)

        token = self.request._token()
        forged = token[:60] + ("A" if token[60] != "A" else "B") + token[61:]
        pages = [words(self.page(f"/rcep/declare/{each}")) for each in (forged, "x", "A" * 100, "%00" * 90)]
        self.request.expires_on = Datetime.now() - datetime.timedelta(seconds=1)
        pages.append(words(self.page(f"/rcep/declare/{token}")))
        pages.append(words(self.page(f"/rcep/declare/{self.request._token()}")))
        self.request.expires_on = Datetime.now() + datetime.timedelta(days=2)
        self.request.nonce = "another"
        pages.append(words(self.page()))
        self.assertEqual(len(set(pages)), 1)

    def test_a_revoked_link_takes_no_answer(self):
        csrf = self.csrf()
        self.request.with_user(self.engineer).action_revoke_link()
        reply = self.send(self.line(self.first), csrf=csrf)
        self.assertEqual(reply.status_code, 404)
        self.assertEqual(self.first.state, "requested")

    def test_without_the_forms_own_token_nothing_is_taken(self):
        reply = self.send(self.line(self.first), csrf=False)
        self.assertEqual((reply.status_code, self.first.state), (400, "requested"))

    def test_a_link_answers_for_its_own_lines_only(self):
        other = self.make_customer("Cixi Plugs", "cn")
        other.email = "info@cixi-plugs.example"
        foreign = self.ask(self.make_good("Switch", "SWITCH"), supplier=other).declaration_ids
        self.send(self.line(foreign), self.line(self.declaration), self.line(self.first))
        self.assertEqual((foreign.state, self.first.state), ("requested", "received"))
        self.assertEqual((self.declaration.state, self.declaration.name), ("verified", "D-LAMP"))

    # --- answering ---------------------------------------------------------------------------------------
    def test_an_answer_is_kept_and_waits_for_the_engineer(self):
        self.exporter.rcep_origin_user_id = self.engineer
        reply = self.send(
            self.line(self.first, criterion="RVC", rvc="45.5"),
            self.line(self.second, answer="cannot", reason="We only trade it"),
            files={self.first: ("..\\seal/scan.html", PDF)},
        )
        self.assertIn("We have everything that we asked for", reply.text)
        self.assertEqual((self.first.state, self.second.state), ("received", "refused"))
        self.assertEqual((self.first.rvc, self.first.party_id, self.first.answered_by), (45.5, self.china, "Sun Li"))
        self.assertEqual((self.first.document_name, base64.b64decode(self.first.document)), ("scan.pdf", PDF))
        self.assertEqual(self.second.reason, "We only trade it")
        self.assertEqual(self.first.activity_ids.user_id, self.engineer)
        self.assertIn("We only trade it", self.page().text)  # readable until the link expires
        self.first.with_user(self.engineer).action_verify()
        self.assertFalse(self.first.activity_ids)

    def test_the_page_speaks_chinese_where_the_supplier_does(self):
        self.supplier.lang = "zh_CN"
        self.socket.with_context(lang="zh_CN").name = "灯座"
        text = self.page().text
        self.assertRegex(text, r'<html[^>]*lang="zh')
        for result in ("灯座", "宁波明灯有限公司", "中国"):
            self.assertIn(result, text)
        english = self.page(lang="en").text
        self.assertRegex(english, r'<html[^>]*lang="en')
        self.assertIn("Socket", english)
        reply = self.send(self.line(self.first), self.line(self.second), lang="zh")
        self.assertIn("lang=zh", reply.url)
        self.assertEqual(self.first.state, "received")

    def test_what_is_complete_is_kept_and_the_rest_keeps_its_words(self):
        reply = self.send(self.line(self.first), self.line(self.second, reference="REF-77", to="2026-13-45"))
        self.assertEqual(reply.status_code, 422)
        self.assertEqual((self.first.state, self.second.state), ("received", "requested"))
        self.assertIn("What is complete is kept", reply.text)
        self.assertIn("“Valid to” is no date", reply.text)
        self.assertIn('value="REF-77"', reply.text)
        self.assertFalse(self.second.name)

    def test_each_mistake_has_its_sentence_and_nothing_is_kept(self):
        yesterday, tomorrow = (self.today + datetime.timedelta(days=number) for number in (-1, 1))
        for values, result in (
            ({"party": ""}, "Choose the country"),
            ({"party": "999999"}, "Choose the country"),
            ({"party": "１２x"}, "Choose the country"),
            ({"criterion": "XX"}, "Choose the origin criterion"),
            ({"reference": " \u200b "}, "Enter your reference"),
            ({"criterion": "RVC"}, "RVC must be a percentage from 40 to 100"),
            ({"criterion": "RVC", "rvc": "39.99"}, "RVC must be a percentage"),
            ({"criterion": "RVC", "rvc": "100.01"}, "RVC must be a percentage"),
            ({"criterion": "RVC", "rvc": "NaN"}, "RVC must be a percentage"),
            ({"criterion": "RVC", "rvc": "4²"}, "RVC must be a percentage"),
            ({"criterion": "RVC", "rvc": "④⑤"}, "RVC must be a percentage"),
            ({"from": "soon"}, "“Valid from” is no date"),
            ({"from": tomorrow, "to": self.today}, "“Valid to” lies before"),
            ({"from": "2025-01-01", "to": yesterday}, "“Valid to” has passed"),
            ({"from": "2021-06-01"}, "begins before the agreement entered into force in China"),
            ({"answer": "cannot"}, "Say in a few words why"),
        ):
            with self.subTest(str(values)):
                reply = self.send(self.line(self.first, **values))
                self.assertEqual(reply.status_code, 422)
                self.assertIn(result, reply.text)
                self.assertEqual((self.first.state, self.first.name, self.first.reason), ("requested", False, False))

    def test_somebody_must_sign_and_something_be_answered(self):
        reply = self.send(self.line(self.first), who="  ")
        self.assertIn("Enter your name", reply.text)
        self.assertIn("Choose an answer for at least one product", self.send().text)
        self.assertEqual(self.first.state, "requested")

    def test_a_second_sending_changes_nothing(self):
        csrf = self.csrf()
        self.send(self.line(self.first), csrf=csrf)
        self.send(self.line(self.first, reference="CHANGED"), self.line(self.second), csrf=csrf)
        self.assertEqual(self.first.name, f"YLW-{self.first.id}")
        self.assertEqual(self.second.state, "received")
        self.first._answer(True, "Somebody", {"name": "CHANGED"})
        self.assertEqual(self.first.name, f"YLW-{self.first.id}")

    def test_a_web_page_is_no_document_whatever_it_is_called(self):
        for content in (b"<html><script>alert(1)</script>", b"", b"MZ\x90", b"  %PDF-1.7"):
            with self.subTest(content):
                reply = self.send(self.line(self.first), files={self.first: ("declaration.pdf", content)})
                self.assertIn("The document is no PDF, PNG or JPEG file", reply.text)
                self.assertEqual((self.first.state, self.first.document), ("requested", False))

    def test_a_document_of_20_mb_is_too_large(self):
        reply = self.send(self.line(self.first), files={self.first: ("big.pdf", PDF + b"0" * 20 * 1024 * 1024)})
        self.assertIn("larger than 10 MB", reply.text)
        self.assertFalse(self.first.document)

    def test_words_with_markup_stay_words(self):
        reply = self.send(self.line(self.first, reference="<img src=x>"), self.line(self.second))
        self.assertNotIn("<img src=x>", reply.text)
        self.assertIn("&lt;img src=x&gt;", reply.text)

    def test_long_and_invisible_text_is_cut(self):
        self.send(self.line(self.first, answer="cannot", reason="我\x00\u202e们" + "长" * 5000))
        self.assertTrue(self.first.reason.startswith("我们长"))
        self.assertLessEqual(len(self.first.reason), supplier_answer.LONGEST["reason"])

    def test_an_image_is_a_document_too(self):
        for content, kind in ((b"\x89PNG\r\n\x1a\nrest", "png"), (b"\xff\xd8\xff\xe0rest", "jpg")):
            upload = FileStorage(io.BytesIO(content), filename="seal")
            values, wrong = supplier_answer.read(self.env, dict.fromkeys(supplier_answer.FIELDS, ""), upload)
            self.assertEqual(values["document_name"], f"seal.{kind}")
            self.assertNotIn("document", " ".join(wrong))

    def test_a_line_somebody_else_writes_to_is_left_to_them(self):
        request = "odoo.addons.rcep_eco.models.declaration.rcep_declaration_request.RcepDeclarationRequest"
        with patch(f"{request}.try_lock_for_update", lambda records, **_options: records.browse()):
            reply = self.send(self.line(self.first))
        self.assertIn("being answered by somebody else at this moment", reply.text)
        self.assertEqual(self.first.state, "requested")
