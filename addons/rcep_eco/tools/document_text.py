"""What the text of a PDF says, whatever its spaces and capitals."""

import io
import logging
import re

from odoo.tools.pdf import OdooPdfFileReader

from .. import link

_logger = logging.getLogger(__name__)

MOST_BYTES = 20 * 1024 * 1024  # of a document


def of_pdf(pdf):
    """The text of a PDF, None where it cannot be read."""
    try:
        reader = OdooPdfFileReader(io.BytesIO(pdf), strict=False)
        return link.plain_text.normalised(" ".join(page.extract_text() for page in reader.pages))
    except Exception:  # whatever a foreign file does to the reader, it is that file that cannot be read
        _logger.info("A document of the issuing body could not be read.", exc_info=True)
        return None


def without_spaces(text):
    """A text in plain characters, without spaces and capitals."""
    return re.sub(r"\s+", "", link.plain_text.normalised(text)).casefold()
