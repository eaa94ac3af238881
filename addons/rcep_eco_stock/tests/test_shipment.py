"""The shipment of a certificate comes from the deliveries that left, and is corrected by hand."""

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged


@tagged("post_install", "-at_install")
class TestShipment(EcoCommon):
    """A hundred lamps of half a kilogram leave on pallets; the pallet itself weighs twelve."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp.is_storable = True
        cls.lamp.invoice_policy = "order"
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.exporter.id)], limit=1)
        cls.env["stock.quant"]._update_available_quantity(cls.lamp, cls.warehouse.lot_stock_id, 500)
        cls.pallet = cls.env["stock.package.type"].create(
            {"name": "Pallet", "base_weight": 12.0, "rcep_package_kind": "pallet"}
        )
        cls.clerk = cls.person("clerk")
        cls.sale = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "company_id": cls.exporter.id,
                "warehouse_id": cls.warehouse.id,
                "order_line": [
                    Command.create(
                        {"product_id": cls.lamp.id, "product_uom_qty": 100, "price_unit": 50.0, "tax_ids": False}
                    )
                ],
            }
        )
        cls.sale.action_confirm()

    @classmethod
    def ship(cls, *pallets, **values):
        """The next delivery leaves with as many lamps on each pallet."""
        picking = cls.sale.picking_ids.filtered(lambda each: each.state not in ("done", "cancel"))
        picking.write(values)
        picking.move_line_ids.unlink()
        for quantity in pallets:
            package = cls.env["stock.package"].create({"package_type_id": cls.pallet.id})
            move = picking.move_ids
            picking.move_line_ids.create(
                {
                    "move_id": move.id, "picking_id": picking.id, "product_id": cls.lamp.id, "quantity": quantity,
                    "product_uom_id": cls.lamp.uom_id.id, "location_id": move.location_id.id,
                    "location_dest_id": move.location_dest_id.id, "result_package_id": package.id,
                }
            )  # fmt: skip
        picking.move_ids.picked = True
        picking._action_done()
        return picking

    @classmethod
    def invoiced(cls, quantity=100):
        line = cls.sale.order_line
        return cls.make_invoice((cls.lamp, quantity, 50.0, {"sale_line_ids": [Command.set(line.ids)]}))

    def test_packages_weight_marks_and_departure_are_the_deliverys(self):
        picking = self.ship(60, 40, rcep_marks="PLT 1-2", rcep_vessel="COSCO ROSE V.032S")
        certificate = self.certificate_of(self.invoiced().with_user(self.clerk))
        line = certificate.line_ids
        self.assertEqual((line.packages_count, line.packages_kind, line.marks), (2, "pallet", "PLT 1-2"))
        self.assertEqual(line.gross_weight, 74.0)
        self.assertEqual(certificate.vessel, "COSCO ROSE V.032S")
        self.assertEqual(certificate.departure_date, amounts.issuing_day(picking.date_done))
        self.assertEqual(certificate.deliveries, picking.name)
        self.assertFalse(certificate.shipment_differences)
        self.assertIn("TWO (2) PALLETS", line.packages_text)

    def test_what_is_corrected_by_hand_stays_and_the_difference_is_shown(self):
        self.ship(60, 40)
        certificate = self.certificate_of(self.invoiced()).with_user(self.clerk)
        certificate.line_ids.packages_count = 3
        self.assertIn("Packages: 2 on the deliveries, 3 here.", certificate.shipment_differences)
        self.assertIn("there are 3 packages, the packing list says 2", certificate.advice)
        certificate.action_take_shipment()
        self.assertEqual(certificate.line_ids.packages_count, 2)

    def test_a_part_shipment_is_certified_as_it_left(self):
        first = self.ship(60)
        invoice = self.invoiced()
        certificate = self.certificate_of(invoice)
        self.assertEqual((certificate.line_ids.quantity, certificate.picking_ids), (60, first))
        self.assertEqual(certificate.line_ids.gross_weight, 42.0)
        second = self.ship(40)
        rest = self.certificate_of(invoice)
        self.assertEqual((rest.line_ids.quantity, rest.picking_ids), (40, second))

    def test_kilograms_whatever_the_databases_unit(self):
        self.env["ir.config_parameter"].set_param("product.weight_in_lbs", "1")
        self.ship(60, 40)
        self.assertAlmostEqual(self.certificate_of(self.invoiced()).line_ids.gross_weight, 74 * 0.45359237, 2)

    def test_a_weighed_package_counts_as_weighed(self):
        picking = self.ship(100)
        picking.move_line_ids.result_package_id.shipping_weight = 65.5
        self.assertEqual(self.certificate_of(self.invoiced()).line_ids.gross_weight, 65.5)

    def test_without_a_delivery_the_product_says_it_as_before(self):
        line = self.certificate_of(self.invoiced()).line_ids
        self.assertEqual((line.packages_count, line.gross_weight), (5, 50.0))
        self.assertFalse(line.certificate_id.deliveries)

    def test_a_delivery_leads_to_its_certificates_for_who_may_see_them(self):
        picking = self.ship(100)
        certificate = self.certificate_of(self.invoiced())
        groups = "base.group_user,stock.group_stock_user"
        at_home = {"company_id": self.exporter.id, "company_ids": [Command.set(self.exporter.ids)]}
        reader = new_test_user(self.env, "store.reader", f"{groups},rcep_eco.group_reader", **at_home)
        self.assertEqual(picking.with_user(reader).rcep_certificate_count, 1)
        self.assertEqual(picking.with_user(reader).action_open_rcep_certificates()["res_id"], certificate.id)
        keeper = new_test_user(self.env, "store.keeper", groups, **at_home)
        with self.assertRaises(AccessError):
            picking.with_user(keeper).action_open_rcep_certificates()

    def made(self, lot=None):
        """Five lamps that came out of production."""
        move = self.env["stock.move"].create(
            {
                "product_id": self.lamp.id, "product_uom_qty": 5, "product_uom": self.lamp.uom_id.id,
                "company_id": self.exporter.id, "location_id": self.lamp.property_stock_production.id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
            }
        )  # fmt: skip
        move._action_confirm()
        line = move.move_line_ids or move.move_line_ids.create(
            {
                "move_id": move.id, "product_id": self.lamp.id, "product_uom_id": self.lamp.uom_id.id,
                "location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id,
            }
        )  # fmt: skip
        line.write({"quantity": 5, "lot_id": lot and lot.id})
        move.picked = True
        move._action_done()

    def test_work_on_a_product_here_is_told_unless_lots_show_that_other_units_left(self):
        good = self.certificate_of(self.invoiced()).line_ids
        self.assertEqual(good._rcep_made_here(), "")
        self.made()
        self.assertIn("no lots tell which units were shipped", good._rcep_made_here())

    def test_lots_that_were_shipped_tell_whether_they_were_made_here(self):
        self.lamp.tracking = "lot"
        bought, own = (
            self.env["stock.lot"].create({"name": name, "product_id": self.lamp.id, "company_id": self.exporter.id})
            for name in ("BOUGHT", "OWN")
        )
        self.made(own)
        picking = self.sale.picking_ids
        picking.move_line_ids.unlink()
        move = picking.move_ids
        line = picking.move_line_ids.create(
            {
                "move_id": move.id, "picking_id": picking.id, "product_id": self.lamp.id, "quantity": 100,
                "product_uom_id": self.lamp.uom_id.id, "location_id": move.location_id.id,
                "location_dest_id": move.location_dest_id.id, "lot_id": bought.id,
            }
        )  # fmt: skip
        move.picked = True
        picking._action_done()
        good = self.certificate_of(self.invoiced()).line_ids
        self.assertEqual(good._rcep_made_here(), "")
        line.sudo().lot_id = own
        self.assertIn("lot OWN", good._rcep_made_here())
