"""Which declarations are proposed first, and what is left out, where only price lists are known."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_declaration_states import DeclarationCommon


@tagged("post_install", "-at_install")
class TestProposal(DeclarationCommon):
    def supply(self, name, hs_code="853661", supplier=None, **values):
        seller = {"partner_id": (supplier or self.supplier).id, "price": 1.0, "company_id": self.exporter.id}
        return self.make_good(name, name.upper(), hs_code=hs_code, seller_ids=[Command.create(seller)], **values)

    def test_what_fails_itself_comes_first_and_what_is_settled_is_left_out(self):
        plain, failing, existing, asked = (self.supply(name) for name in ("Plain", "Failing", "Held", "Asked"))
        germany, china = self.env.ref("base.de").id, self.env.ref("base.cn").id
        self.supply("Foreign", country_of_origin=germany)
        self.supply("Carton", rcep_role="transport_packing")
        self.supply("Codeless", hs_code=False)
        own = self.supply("Own", country_of_origin=china)
        self.declare(existing)
        self.ask(asked)
        fails = self.declare(failing, "RVC", rvc=30.0)
        failing.action_rcep_determine()
        fails.action_revoke()
        lines = self.propose(source="sellers").line_ids
        self.assertEqual(lines.product_id, failing | plain | own)
        self.assertEqual(lines.mapped("verdicts"), [1, 0, 0])
        self.assertEqual(lines.mapped("is_selected"), [True, False, False])

    def test_what_is_marked_is_asked_for_by_one_mail_a_supplier(self):
        other = self.make_customer("Cixi Plugs", "cn")
        other.email = "info@cixi-plugs.example"
        self.supply("One"), self.supply("Two"), self.supply("Three", supplier=other)
        proposal = self.propose(source="sellers")
        with self.assertRaisesRegex(UserError, "Nothing is selected"):
            proposal.action_ask()
        proposal.line_ids.is_selected = True
        proposal.action_ask()
        self.assertEqual((len(self.mails(self.supplier)), len(self.mails(other))), (1, 1))
        self.assertFalse(self.propose(source="sellers").line_ids)

    def test_the_number_of_queries_does_not_grow_with_the_lines(self):
        for number in range(3):
            self.supply(f"Few {number}")
        self.queries_of_proposal(source="sellers")  # once for what Odoo keeps in memory
        few = self.queries_of_proposal(source="sellers")
        for number in range(40):
            self.supply(f"Many {number}")
        self.queries_of_proposal(source="sellers")
        self.assertEqual(self.queries_of_proposal(source="sellers"), few)

    def test_only_cost_engineers_see_what_is_bought(self):
        for name in ("auditor", "clerk", "signer", "manager", "employee"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.env["rcep.declaration.proposal"].with_user(self.person(name)).action_propose()
