"""Box 8: packages in figures and in words, and the stars after which nothing can be added."""

from odoo.tests import TransactionCase, tagged

from ...values import box_8


@tagged("post_install", "-at_install")
class TestPackages(TransactionCase):
    def test_the_number_stands_in_words_and_figures(self):
        for count, kind, result in (
            (2000, "carton", "TWO THOUSAND (2000) CARTONS OF LED LAMPS ***"),
            (1, "pallet", "ONE (1) PALLET OF LED LAMPS ***"),
            (121, "case", "ONE HUNDRED AND TWENTY ONE (121) CASES OF LED LAMPS ***"),
            (1250000, "bag", "ONE MILLION TWO HUNDRED AND FIFTY THOUSAND (1250000) BAGS OF LED LAMPS ***"),
        ):
            with self.subTest(result):
                self.assertEqual(box_8.text(count, kind, "LED lamps"), result)

    def test_nude_cargo_has_no_number(self):
        self.assertEqual(box_8.text(0, "nude", "Steel beams"), "STEEL BEAMS IN NUDE ***")

    def test_every_kind_that_can_be_chosen_has_its_words(self):
        self.assertEqual([kind for kind, _label in box_8.PACKAGE_KINDS], list(box_8.PACKAGES))
        self.assertNotIn("PACKAGE", str(box_8.PACKAGES))  # customs abroad do not take the word
