"""A firm that installs the suite: each step says what is missing until the records say that it is done."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...models.setup.rcep_getting_started import STEPS
from ..common import PEOPLE, EcoCommon


@tagged("post_install", "-at_install")
class TestGettingStarted(EcoCommon):
    def steps(self, user=None, company=None):
        company = company or self.exporter
        env = self.env(user=user) if user else self.env
        env = env(context={**env.context, "allowed_company_ids": company.ids})
        return {step["code"]: step for step in env["rcep.getting.started"].get_steps()["steps"]}

    def test_each_step_has_words_an_answer_and_somewhere_to_do_it(self):
        shown = self.steps()
        self.assertEqual(list(shown), [step.code for step in STEPS])
        whose = self.env["rcep.getting.started"]._whose()
        for step in STEPS:
            with self.subTest(step=step.code):
                result = shown[step.code]
                self.assertTrue(result["title"] and result["why"] and result["detail"])
                self.assertIsInstance(result["done"], bool)
                self.assertIn(step.group, whose)
                self.assertTrue(self.env.ref(step.opens)._name.startswith("ir.actions."))

    def test_a_company_that_was_just_made_has_everything_before_it(self):
        new = self.env["res.company"].create({"name": "New", "currency_id": self.cny.id})
        open_steps = {code for code, step in self.steps(company=new).items() if not step["done"]}
        self.assertGreaterEqual(
            open_steps, {"company", "people", "verdicts", "connection", "certificate", "production"}
        )
        self.assertIn("unified social credit code", self.steps(company=new)["company"]["detail"])

    def test_the_company_names_what_its_boxes_lack_and_is_done_then(self):
        self.exporter.write({"rcep_address_en": False, "rcep_place": False, "rcep_name_en": "NINGBO LAMP CO., LTD."})
        self.assertEqual(self.steps()["company"]["detail"], "Missing: Address in English, Place of declaration.")
        self.exporter.write({"rcep_address_en": "1 PORT ROAD", "rcep_place": "NINGBO"})
        self.assertTrue(self.steps()["company"]["done"])

    def test_a_signer_counts_once_the_signature_is_there(self):
        company = self.make_company("Another", "91330200MA00000012")
        self.assertIn("Nobody may sign", self.steps(company=company)["people"]["detail"])
        signer = new_test_user(
            self.env, "new signer", PEOPLE["signer"], company_id=company.id, company_ids=[(6, 0, company.ids)]
        )
        self.assertIn("new signer", self.steps(company=company)["people"]["detail"])
        self.assertFalse(self.steps(company=company)["people"]["done"])
        signer.rcep_name_en = "WANG FANG"
        self.assertEqual(self.steps(company=company)["people"]["detail"], "WANG FANG")
        self.assertTrue(self.steps(company=company)["people"]["done"])

    def test_whoever_may_not_do_a_step_learns_who_does_and_cannot_open_it(self):
        clerk = self.person("clerk")
        shown = self.steps(clerk)
        for step in STEPS:
            with self.subTest(step=step.code):
                start = self.env(user=clerk)["rcep.getting.started"]
                if clerk.has_group(step.group):
                    self.assertFalse(shown[step.code]["who"])
                    self.assertIn("type", start.open_step(step.code))
                else:
                    self.assertTrue(shown[step.code]["who"])
                    with self.assertRaises(AccessError):
                        start.open_step(step.code)

    def test_who_reads_no_certificates_sees_no_steps(self):
        employee = self.person("employee")
        for call in (lambda start: start.get_steps(), lambda start: start.open_step("company")):
            with self.assertRaises(AccessError):
                call(self.env(user=employee)["rcep.getting.started"])

    def test_the_settings_page_writes_what_stands_on_certificates(self):
        settings = self.env["res.config.settings"].create({"company_id": self.exporter.id, "rcep_place": "YUYAO"})
        settings.execute()
        self.assertEqual(self.exporter.rcep_place, "YUYAO")
