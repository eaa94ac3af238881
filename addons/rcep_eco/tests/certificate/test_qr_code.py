"""The QR code on the print can be read, and is never finer than a print of 25 mm can carry."""

import base64
import io

import zxingcpp
from odoo.tests import BaseCase, tagged
from PIL import Image

from ...values import qr_code

URL = "https://www.yongjiang-hardware.example/eco/LU1_KUHTozC58Es9ag6UqA"


@tagged("post_install", "-at_install")
class TestQr(BaseCase):
    def picture(self, text):
        head, _comma, data = qr_code.data_uri(text).partition(",")
        self.assertEqual(head, "data:image/png;base64")
        return Image.open(io.BytesIO(base64.b64decode(data)))

    def test_a_phone_reads_the_address(self):
        found = zxingcpp.read_barcodes(self.picture(URL))
        self.assertEqual([code.text for code in found], [URL])

    def test_what_would_be_too_fine_to_print_is_refused(self):
        with self.assertRaisesRegex(ValueError, "do not fit into a QR code"):
            qr_code.data_uri("https://example.org/" + "x" * 400)
