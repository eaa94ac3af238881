"""The code that proves itself: what stands behind ``#`` in the QR code, signed by the exporter's own key.

Claims (what is said) become a CBOR map, the map a COSE_Sign1 message (RFC 9052), its bytes decimal digits.
"""

from . import claims, cose, digits

__all__ = ["claims", "cose", "digits"]
