"""The QR code of a public page: error correction M, at most version 14, so that a print of 25 mm can be read."""

import base64
import io

import qrcode

LARGEST = 14  # version: 73 modules a side
QUIET = 2  # modules of white around


def version(text):
    """How large the code of a text is, from 1 to 40; digits at its end take a third of the room.

    >>> version("https://exporter.example/eco/kYCm1-BZBcRUz89s0urp6g")
    4
    """
    return _code(text).version


def data_uri(text):
    """A PNG picture of the code as a data URI.

    :raises ValueError: where the text is too long for version 14
    """
    code = _code(text)
    if code.version > LARGEST:
        raise ValueError(f"{len(text)} characters do not fit into a QR code that a 25 mm print can carry")
    picture = io.BytesIO()
    code.make_image().save(picture, format="PNG")
    return f"data:image/png;base64,{base64.b64encode(picture.getvalue()).decode()}"


def _code(text):
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=8, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return code
