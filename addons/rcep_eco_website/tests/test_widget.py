"""Our check on another website, in a real browser: what it shows there, and what it never does."""

import doctest
import json
import re

from odoo.addons.rcep_eco.controllers import rate_limits
from odoo.addons.rcep_eco.tests.common import place
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tests.common import HOST, TEST_CURSOR_COOKIE_NAME

from ..widget import origins, script
from .common import PublicCommon
from .other_site import Front, StaticSite

PATHS = ("/eco", "/.well-known/rcep-eco", "/rcep_eco_website/static", "/web/static/lib/zxing-library")
OF_FRAME = ("/eco/widget", "/frame.css")
NUMBER = "26C3302B0007/00031"
# The page notes what its own policy refused; a script of the test's own needs no allowance.
CHECK = """(async () => {
    const refused = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        refused.push(`${event.violatedDirective} ${event.blockedURI}`));
    const tag = document.querySelector("rcep-eco-verify");
    const inside = (found) => tag.shadowRoot.querySelector(found);
    const text = () => tag.shadowRoot.querySelector("section").innerText;
    const until = async (found, words) => {
        for (let tries = 0; tries < 200; tries++) {
            if (found()) { return; }
            await new Promise((again) => setTimeout(again, 50));
        }
        throw new Error(`${words}: ${text()}`);
    };
    const is = (found, words) => { if (!found) { throw new Error(`${words}: ${text()} ${refused}`); } };
    const lookUp = async (number, invoice) => {
        await until(() => inside("form"), "no form");
        inside("[name=certificate_no]").value = number;
        inside("[name=invoice_no]").value = invoice;
        const before = inside("form");
        before.requestSubmit();
        await until(() => inside("form") !== before && !inside("p[role=status]:not(.state)"), "no answer");
    };
    %s
    is(refused.length === 0, "refused by the page's policy");
    console.log("test successful");
})().catch((error) => console.error(error.message))"""


@tagged("post_install", "-at_install")
class TestWidgetElsewhere(PublicCommon):
    """On a static website on another origin, whose policy allows our server in script-src and connect-src alone."""

    def setUp(self):
        super().setUp()
        rate_limits.forget()
        self.addCleanup(rate_limits.forget)
        self.patch(type(self.exporter), "_rcep_base_url", lambda _company: self.base_url())
        self.issue(environment="production")
        self.invoice_no = self.certificate.invoice_ids.name
        self.front = Front(HOST, self.http_port(), lambda: f"{TEST_CURSOR_COOKIE_NAME}={self.http_request_key}", PATHS)
        self.site = StaticSite()
        self.addCleanup(self.front.close)
        self.addCleanup(self.site.close)

    def in_browser(self, code, tag="", page_language="en", policy=None, **facts):
        policy = policy or (
            f"default-src 'none'; script-src {self.front.url}; connect-src {self.front.url}; "
            "require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'"
        )
        html = (
            f'<!DOCTYPE html><html lang="{page_language}"><head><meta charset="utf-8"><title>Lamps</title></head><body>'
            f"<rcep-eco-verify {tag}></rcep-eco-verify>"
            f'<script src="{self.front.url}/eco/widget.js" crossorigin="anonymous"></script></body></html>'
        )
        self.site.pages["/"] = policy, html
        given = "".join(f"const {name} = {json.dumps(value)};" for name, value in facts.items())
        ready = "document.readyState === 'complete' && !!customElements.get('rcep-eco-verify')"
        self.browser_js(f"{self.site.url}/", CHECK % (given + code), ready, timeout=30)
        self.assertTrue(self.front.seen)
        # A browser sends the cookies of 127.0.0.1 to each of its ports: what is asked without them asks so on purpose.
        cookies = [seen for seen in self.front.seen if seen[2] and not seen[1].endswith(OF_FRAME)]
        self.assertEqual(cookies, [], "a cookie was sent")

    def by_token(self, code, **facts):
        self.in_browser(code, tag=f'token="{self.page.token}"', **facts)

    def test_a_valid_certificate_by_its_token(self):
        self.by_token("""
            await until(() => inside(".state"), "no state");
            is(inside(".state").innerText === "Valid" && inside(".valid"), "state");
            is(text().includes("State by the exporter's website, asked 20"), "who says it");
            is(inside(".issuer").innerText.includes("The answer of the issuing body decides"), "who decides");
            is(inside("a.check").href === "https://check.example/c/1", "its page");
            is(text().includes("26C3302B0007/00031") && text().includes("NINGBO"), "facts");
            is(!inside(".specimen"), "no specimen");
            is(getComputedStyle(inside(".valid")).color === "rgb(11, 107, 58)", "its own style");
        """)
        scan = self.env["rcep.scan"].search([("certificate_id", "=", self.certificate.id)])
        self.assertEqual(scan.mapped("way"), ["widget"])

    def test_a_specimen_is_never_called_valid(self):
        place(self.certificate, environment="sandbox")
        self.by_token("""
            await until(() => inside(".state"), "no state");
            is(inside(".specimen").innerText.includes("SPECIMEN"), "banner");
            is(inside(".state").innerText === "Specimen: not a valid certificate", "state");
            is(!inside(".valid"), "no green");
        """)

    def test_one_that_was_cancelled_is_red(self):
        place(self.certificate, state="cancelled")
        self.by_token("""
            await until(() => inside(".state"), "no state");
            is(inside(".state.bad").innerText === "Cancelled: no longer valid", "state");
            is(!inside(".valid"), "no green");
        """)

    def test_what_is_unknown_and_what_is_no_token_look_alike(self):
        self.in_browser(
            """
            await until(() => inside(".said"), "no answer");
            is(inside(".said").innerText === "The exporter publishes no certificate under this address.", "words");
            const words = inside(".said").innerText;
            tag.setAttribute("token", "no token");
            await until(() => inside(".said"), "no answer");
            is(inside(".said").innerText === words, "the same");
        """,
            tag=f'token="{"a" * 22}"',
        )

    def test_the_form_finds_what_both_numbers_name_and_forgives(self):
        self.in_browser(
            """
            await lookUp("２６c33o2b0007－00031", invoice);
            is(inside(".state.valid"), "state");
            is(inside(`a[href$="/eco/${token}"]`), "its page");
        """,
            invoice=self.invoice_no, token=self.page.token,
        )  # fmt: skip

    def test_wrong_and_unknown_numbers_look_alike(self):
        self.in_browser(
            """
            await lookUp("26C3302B0007/00031", "INV/2000/00001");
            const wrong = inside(".said").innerText;
            is(wrong.startsWith("No certificate is published under these two numbers"), "wrong");
            is(inside("[name=certificate_no]").value === "26C3302B0007/00031", "what was typed stays");
            await lookUp("26C9999X9999/99999", invoice);
            is(inside(".said").innerText === wrong, "unknown");
        """,
            invoice=self.invoice_no,
        )
        unknown = self.env["rcep.scan"].search([("certificate_id", "=", False), ("way", "=", "widget")])
        self.assertEqual(set(unknown.mapped("state")), {"unknown"})

    def test_where_nobody_answers_no_old_state_stays(self):
        self.by_token("""
            await until(() => inside(".state.valid"), "no state");
            window.fetch = () => Promise.reject(new TypeError("offline"));
            tag.setAttribute("token", tag.getAttribute("token"));
            await until(() => inside(".said"), "no answer");
            is(inside(".said").innerText.startsWith("The exporter's website does not answer"), "words");
            is(!inside(".state") && !text().includes("Valid"), "nothing old");
        """)

    def test_a_state_that_stood_for_a_while_is_asked_for_again(self):
        self.by_token("""
            await until(() => inside(".state.valid"), "no state");
            const now = Date.now;
            Date.now = () => now() + 600000;
            window.fetch = () => Promise.reject(new TypeError("offline"));
            window.dispatchEvent(new Event("pageshow"));
            await until(() => inside(".said"), "not asked again");
            is(!text().includes("Valid"), "nothing old");
        """)

    def test_an_answer_that_comes_late_is_none_any_more(self):
        self.by_token("""
            await until(() => inside(".state.valid"), "no state");
            const plain = window.fetch;
            let late;
            window.fetch = () => new Promise((answer) => { late = answer; });
            const token = tag.getAttribute("token");
            tag.setAttribute("token", token);
            window.fetch = () => Promise.reject(new TypeError("offline"));
            tag.setAttribute("token", token);
            await until(() => inside(".said"), "no answer");
            late(await plain(document.querySelector("script").src.replace("widget.js", `${token}.json`)));
            await new Promise((again) => setTimeout(again, 200));
            is(inside(".said") && !inside(".state"), "the earlier answer");
        """)

    def test_it_speaks_the_pages_language_and_the_tags_own_before(self):
        self.by_token(
            """
            await until(() => inside(".state"), "no state");
            is(inside(".state").innerText === "Có hiệu lực", "the page's");
            tag.lang = "zh-Hans-CN";
            await until(() => inside(".state").innerText === "有效", "the tag's");
            is(inside("section").lang === "zh-CN", "told to machines");
            tag.lang = "fil";
            await until(() => inside(".state").innerText === "May bisa", "Filipino");
        """,
            page_language="vi",
        )

    def framed(self):
        """Whether a browser shows the page in a frame here."""
        self.in_browser(
            """
            const frame = document.createElement("iframe");
            const loaded = new Promise((done) => frame.addEventListener("load", done));
            frame.src = `${new URL(document.querySelector("script").src).origin}/eco/widget`;
            document.body.append(frame);
            await loaded;
        """,
            policy=f"default-src 'none'; script-src {self.front.url}; frame-src {self.front.url}",
        )
        return any(path.endswith("/frame.css") for _verb, path, _cookie in self.front.seen)

    def test_a_frame_on_a_site_that_nobody_listed_shows_nothing(self):
        self.assertFalse(self.framed())

    def test_a_frame_on_a_listed_site_shows_the_check(self):
        self.patch(type(self.exporter), "_rcep_frame_origins", lambda _company: [self.site.url])
        self.assertTrue(self.framed())


@tagged("post_install", "-at_install")
class TestWidgetDoors(PublicCommon):
    def setUp(self):
        super().setUp()
        rate_limits.forget()
        self.addCleanup(rate_limits.forget)
        self.issue()
        self.right = {"certificate_no": NUMBER, "invoice_no": self.certificate.invoice_ids.name}

    def ask(self, body):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Origin": "https://shop.example"}
        return self.url_open("/eco/look-up.json", data=body, headers=headers, method="POST")

    def test_the_right_pair_gets_the_token_and_the_record(self):
        reply = self.ask(self.right)
        self.assertEqual(reply.status_code, 200)
        self.assertEqual(reply.json()["token"], self.page.token)
        self.assertEqual(reply.json()["record"], json.loads(self.url_open(f"/eco/{self.page.token}.json").text))
        self.assertEqual(reply.headers["Access-Control-Allow-Origin"], "*")
        self.assertEqual(reply.headers["Cache-Control"], "no-store")
        self.assertNotIn("Access-Control-Allow-Credentials", reply.headers)

    def test_wrong_and_unknown_get_the_same_bytes_and_no_token(self):
        replies = [
            self.ask({**self.right, "invoice_no": "INV/2000/00001"}),
            self.ask({**self.right, "certificate_no": "26C9"}), self.ask({}),
            self.ask({"certificate_no": None, "invoice_no": ""}),
            self.ask({**self.right, "invoice_no": "\ud800\0"}),
        ]  # fmt: skip
        self.assertEqual({(reply.status_code, reply.content) for reply in replies}, {(404, b'{"error": "unknown"}')})

    def test_what_is_no_question_is_refused(self):
        for body in (b"", b"[]", b"{", b"[" * 1500, b'{"certificate_no": 1}', b"\xff"):
            with self.subTest(body[:20]):
                reply = self.ask(body)
                self.assertEqual((reply.status_code, reply.json()), (400, {"error": "unreadable"}))
        self.assertEqual(self.ask(b'{"certificate_no": "' + b"1" * 3000 + b'"}').status_code, 413)

    def test_guessing_here_and_at_the_form_is_counted_together(self):
        self.patch(rate_limits, "OF_ONE", 2)
        wrong = {**self.right, "invoice_no": "INV/1"}
        self.assertEqual([self.ask(wrong).status_code for _try in range(3)], [404, 404, 429])
        self.assertEqual(self.url_open("/eco", data=wrong).status_code, 429)
        reply = self.ask(wrong)
        self.assertTrue(0 < int(reply.headers["Retry-After"]) <= rate_limits.WINDOW)
        self.assertEqual(reply.headers["Access-Control-Allow-Origin"], "*")

    def test_a_browser_that_asks_first_is_told_that_it_may(self):
        reply = self.opener.options(f"{self.base_url()}/eco/look-up.json", headers={
            "Origin": "https://shop.example", "Access-Control-Request-Method": "POST"})  # fmt: skip
        self.assertEqual((reply.status_code, reply.headers["Access-Control-Allow-Origin"]), (204, "*"))
        self.assertIn("Content-Type", reply.headers["Access-Control-Allow-Headers"])

    def test_nothing_sets_a_cookie_and_the_script_is_kept(self):
        for address in ("/eco/widget.js", "/eco/widget", f"/eco/{self.page.token}.json?via=widget"):
            self.opener.cookies.clear()
            with self.subTest(address):
                self.assertNotIn("Set-Cookie", self.url_open(address).headers)
        reply = self.url_open("/eco/widget.js")
        self.assertIn("max-age=86400", reply.headers["Cache-Control"])
        again = self.url_open("/eco/widget.js", headers={"If-None-Match": reply.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.assertNotRegex(reply.text, r"innerHTML|\beval\b|document\.cookie|localStorage")

    # --- in a frame --------------------------------------------------------------------------------------
    def test_a_frame_is_for_listed_websites_alone(self):
        self.env["website"].search([]).company_id = self.exporter
        self.assertIn("frame-ancestors 'self'", self.policy())
        self.assertTrue(self.policy().endswith("'self'"))
        self.exporter.rcep_frame_origins = "https://WWW.Lamps.example/shop\nhttps://lamps.example:8443"
        self.assertTrue(self.policy().endswith("'self' https://www.lamps.example https://lamps.example:8443"))
        for address in ("/eco", f"/eco/{self.page.token}"):
            with self.subTest(address):
                self.assertNotIn("lamps.example", self.url_open(address).headers.get("Content-Security-Policy", ""))

    def policy(self):
        self.env.flush_all()
        return self.url_open("/eco/widget").headers["Content-Security-Policy"]

    def test_what_is_no_website_is_not_listed(self):
        for typed in ("http://lamps.example", "lamps.example", "https://*.example", "https://a.example;script-src"):
            with self.subTest(typed), self.assertRaisesRegex(ValidationError, "write https:// and the name"):
                self.exporter.rcep_frame_origins = typed

    def test_the_frame_takes_a_token_and_a_language_and_nothing_else(self):
        page = self.url_open(f"/eco/widget?token={self.page.token}&lang=vi").text
        self.assertIn(f'token="{self.page.token}"', page)
        self.assertIn('<html lang="vi">', page)
        page = self.url_open('/eco/widget?token="><script>alert(1)</script>&lang="><b>').text
        self.assertNotIn("alert(1)", page)
        self.assertNotIn("token=", page)

    def test_without_scripts_the_frame_leads_to_the_page_in_the_readers_language(self):
        for query, link in (("lang=vi", "/eco"), (f"lang=vi&token={self.page.token}", f"/eco/{self.page.token}")):
            page = self.url_open(f"/eco/widget?{query}").text
            self.assertRegex(page, f'<noscript><a[^>]*href="{link}"')
            self.assertIn('<html lang="vi">', page)

    def test_countries_are_named_by_the_server_in_each_language(self):
        names = script.all_countries()
        for language in ("km", "lo", "th", "zh"):
            self.assertFalse([name for name in names[language].values() if re.search("[A-Za-z]", name)], language)
        self.assertIn(names["km"]["VN"], script.text()[0])

    # --- words -------------------------------------------------------------------------------------------
    def test_the_script_says_nothing_that_has_no_words(self):
        used = set(re.findall(r"\bwords\.(\w+)", script.text()[0])) | {"number", "invoice", "not_found", "too_many"}
        self.assertEqual(used - {"en"} - set(script.all_words()["en"]), set())

    def test_the_examples_of_addresses_are_true(self):
        self.assertEqual(doctest.testmod(origins).failed, 0)
