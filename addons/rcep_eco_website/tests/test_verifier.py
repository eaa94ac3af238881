"""The verifier in a real browser: three things said apart, nothing good of what is altered, cancelled or foreign."""

import base64
import hashlib
import json
import random
import re

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tests.common import place
from odoo.addons.rcep_eco.values import qr_code
from odoo.tests import tagged

from .. import proof, verifier
from ..models import verification_proof
from .common import ProofCommon

READY = "document.readyState === 'complete' && !!window.rcepCode"
# Checks a text, and waits for what the page says of it.
CHECK = """(async () => {
    const plain = window.fetch;  // a server under test answers nobody without its cookie
    window.fetch = (address, options) => plain(address, { ...options, credentials: "same-origin" });
    const part = (name) => document.querySelector(`[data-part="${name}"]`);
    const until = async (found, words) => {
        for (let tries = 0; tries < 100; tries++) {
            if (found()) { return; }
            await new Promise((again) => setTimeout(again, 50));
        }
        throw new Error(`${words}: ${document.body.innerText}`);
    };
    const settled = () => part("reading").hidden && (!part("result").hidden || !part("problem").hidden);
    const check = async (text) => {
        part("text").value = text;
        part("form").requestSubmit();
        await until(settled, "no answer");
        return (name) => (part(name).closest("[hidden]") ? "" : part(name).innerText);
    };
    const is = (found, words) => { if (!found) { throw new Error(`${words}: ${document.body.innerText}`); } };
    %s
    console.log("test successful");
})().catch((error) => console.error(error.message))"""


@tagged("post_install", "-at_install")
class TestVerifier(ProofCommon):
    def setUp(self):
        # Before it is issued, so that its code leads here.
        self.patch(type(self.env["rcep.verification"]), "_home", lambda _model: self.base_url())
        self.patch(type(self.exporter), "_rcep_base_url", lambda _company: self.base_url())
        super().setUp()
        self.text = self.certificate._qr_text()

    def in_browser(self, code, **facts):
        values = {"text": self.text, "digits": self.page.proof, **facts}
        given = "".join(f"const {name} = {json.dumps(value)};" for name, value in values.items())
        self.browser_js("/eco/verify?lang=en", CHECK % (given + code), READY, timeout=30)

    def test_a_good_code_with_a_network(self):
        self.in_browser("""
            let said = await check(text);
            is(said("signed").startsWith("The signature is good"), "signature");
            is(said("signer").includes("NINGBO"), "exporter");
            is(said("keys").includes("not the issuing body's"), "whose signature");
            is(said("claims").includes("26C3302B0007/00031"), "number");
            is(said("known") === "Asked at the exporter just now: Valid", "state");
            is(part("specimen").hidden, "no specimen");
            document.querySelector('nav button[value="zh"]').click();
            is(document.documentElement.lang === "zh-CN", "language");
            is(part("signed").innerText.startsWith("签名有效"), "Chinese");
        """)

    def test_a_cancelled_certificate_is_red_although_its_old_code_is_good(self):
        place(self.certificate, state="cancelled")
        self.in_browser("""
            const said = await check(text);
            is(said("signed").startsWith("The signature is good"), "signature");
            is(said("known").includes("Cancelled: no longer valid"), "live state");
            is(part("known").className.includes("bad"), "red");
        """)

    def test_without_a_network_it_says_what_it_cannot_know(self):
        self.in_browser("""
            window.fetch = () => Promise.reject(new TypeError("offline"));
            const said = await check(text);
            is(said("signed").startsWith("The signature is good"), "signature");
            is(said("claims").includes("26C3302B0007/00031"), "facts to compare");
            is(said("known").startsWith("Without a network nothing is known of it after"), "state");
            is(!part("known").className.includes("good"), "no green tick");
        """)

    def test_the_list_of_cancelled_ones_is_known_without_a_network(self):
        """Shown once with a network; the code was printed before, the certificate cancelled after."""
        self.exporter._rcep_make_status_list()
        code = """
            const before = window.fetch;
            window.fetch = (address, ...more) => String(address).includes(`/eco/${text.split("/").pop().split("#")[0]}`)
                ? Promise.reject(new TypeError("offline")) : before(address, ...more);
            const said = await check(text);
            is(said("signed").startsWith("The signature is good"), "signature");
        """
        self.in_browser(code + """is(said("known").startsWith("In the exporter's list of"), "listed");""")
        place(self.certificate, state="cancelled")
        self.in_browser(
            code
            + """is(said("known").startsWith("Cancelled: no longer valid"), "ended");
            is(part("known").className.includes("bad"), "red");"""
        )

    def test_a_list_is_signed_and_small(self):
        self.exporter._rcep_make_status_list()
        (text,) = [self.url_open("/eco/verify/lists.json").json()[self.exporter.rcep_uscc]]
        message = proof.cose.read(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        keys = verification_proof.known_keys(self.env)["keys"]
        self.assertTrue(any(message.is_of(link.jwk.key_of(key)) for key in keys))
        chance = random.Random(10_000)
        states = {index: chance.choice(["cancelled", "replaced"]) for index in chance.sample(range(10_000), 300)}
        self.assertLessEqual(len(proof.status_list.pack(states)), 2048)

    def test_a_list_is_no_code_and_a_code_no_list(self):
        self.exporter._rcep_make_status_list()
        text = self.exporter.rcep_status_list
        digits = proof.digits.to_digits(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        self.in_browser(
            """
            const said = await check(digits);
            is(said("problem").startsWith("This is no code") && part("result").hidden, "a list as a code");
        """,
            digits=digits,
        )

    def test_a_specimen_never_says_valid(self):
        place(self.certificate, environment="sandbox")
        self.in_browser(
            """
            for (const offline of [false, true]) {
                if (offline) { window.fetch = () => Promise.reject(new TypeError("offline")); }
                const said = await check(text);
                is(!part("specimen").hidden, "banner");
                is(said("known").includes("SPECIMEN") && part("known").className.includes("bad"), "state");
            }
        """,
            text=self.certificate._qr_text(),
        )

    def test_what_is_altered_or_foreign_shows_nothing_to_compare(self):
        other = self.make_company("宁波另家有限公司", "91330200MA00000012")
        foreign = self.page._proved_by(self.env["rcep.signing.key"]._make(other))
        home = {other: "https://other.example"}
        self.patch(type(other), "_rcep_base_url", lambda company: home.get(company, self.base_url()))
        self.in_browser(
            """
            const altered = digits.slice(0, -1) + ((Number(digits.at(-1)) + 1) % 10);
            let said = await check(altered);
            is(said("signed").includes("NOT good") && !said("claims") && !said("state"), "altered");
            said = await check(foreign);
            is(said("signed").startsWith("The key is not among those") && !said("claims"), "foreign");
            for (const none of ["hello", "12345", "9".repeat(5000), "", digits + "1", "0" + digits]) {
                said = await check(none);
                is(said("problem").startsWith("This is no code") && part("result").hidden, none);
            }
            said = await check(text.split("#")[0]);
            is(said("problem").startsWith("This code holds an address only"), "address");
        """,
            foreign=foreign,
        )

    def test_a_lost_key_is_good_for_nothing(self):
        text, digits = self.text, self.page.proof
        self.signing.with_user(self.manager).action_lose()
        self.in_browser(
            """const said = await check(text); is(said("signed").startsWith("The key is not among"), "lost");""",
            text=text, digits=digits,
        )  # fmt: skip

    def test_another_sites_address_is_never_asked(self):
        self.in_browser("""
            const asked = [];
            const before = window.fetch;
            window.fetch = (address, ...more) => { asked.push(String(address)); return before(address, ...more); };
            const token = text.split("#")[0].split("/").pop();
            await check(`https://evil.example/eco/${token}#${digits}`);
            is(!asked.some((address) => address.includes("evil.example") || address.includes(".json?")), asked.join());
            is(!asked.some((address) => address.includes(token)), asked.join());
        """)

    def test_a_picture_is_read(self):
        self.in_browser(
            """
            const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
            const files = new DataTransfer();
            files.items.add(new File([bytes], "qr.png", { type: "image/png" }));
            part("picture").files = files.files;
            part("picture").dispatchEvent(new Event("change"));
            await until(() => !part("result").hidden, "no code read");
            is(part("text").value === text, "text");
            is(part("signed").innerText.startsWith("The signature is good"), "signature");
        """,
            picture=qr_code.data_uri(self.text).partition(",")[2],
        )

    def test_whatever_its_digits_are_a_code_is_read(self):
        address = self.text.partition("#")[0]
        texts = [f"{address}#{random.Random(seed).randrange(10**559, 10**560)}" for seed in range(12)]
        pictures = [qr_code.data_uri(text).partition(",")[2] for text in texts]
        self.in_browser(
            """
            for (const [place, one] of pictures.split(" ").entries()) {
                const bytes = Uint8Array.from(atob(one), (letter) => letter.charCodeAt(0));
                const file = new File([bytes], "qr.png", { type: "image/png" });
                const library = "/web/static/lib/zxing-library/zxing-library.js";
                is((await window.rcepPicture.ofFile(file, library)).includes("#"), `code ${place}`);
            }
        """,
            pictures=" ".join(pictures),
        )

    # --- its files ---------------------------------------------------------------------------------------
    def test_the_one_file_is_the_page_and_needs_nothing_else(self):
        page, file = self.url_open("/eco/verify"), self.url_open("/eco/verify/rcep-verifier.html")
        self.assertIn(hashlib.sha256(file.content).hexdigest(), page.text)
        self.assertIn("attachment", file.headers["Content-Disposition"])
        body = re.sub(r"<script>.*?</script>", "", file.text, flags=re.DOTALL)
        self.assertEqual(re.findall(r'(?:src|href)="[^"#]+"', body), [])
        data = json.loads(re.search(r'id="rcep-verifier-data">(.*?)</script>', file.text, re.DOTALL)[1])
        self.assertIn(self.signing.name, [key["kid"] for key in data["keys"]])
        self.assertEqual((data["base"], data["worker"]), (self.base_url(), ""))

    def test_what_the_worker_keeps_is_there_and_no_cookie_comes_with_it(self):
        worker = self.url_open("/eco/verify/worker.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/eco")
        for address in verifier.page.SHELL:
            with self.subTest(address):
                self.assertIn(address, worker.text)
                self.assertEqual(self.url_open(address).status_code, 200)
        for address in ("/eco/verify", "/eco/verify/worker.js", "/eco/verify/manifest.webmanifest"):
            self.opener.cookies.clear()
            self.assertNotIn("Set-Cookie", self.url_open(address).headers)

    def test_another_firms_site_does_not_know_this_firms_keys(self):
        self.patch(type(self.exporter), "_rcep_base_url", lambda company: f"https://{company.id}.example")
        self.assertEqual(verification_proof.known_keys(self.env)["keys"], [])

    def test_keys_in_the_page_are_the_published_ones(self):
        key = verification_proof.known_keys(self.env)["keys"][0]
        self.assertNotIn("d", key)
        self.assertEqual(len(base64.urlsafe_b64decode(key["x"] + "=")), 32)
