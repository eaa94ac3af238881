"""The signed document of a certificate: PAdES baseline (B-B), certified so that any later change shows."""

from __future__ import annotations

import datetime as dt
import io

from asn1crypto import keys as asn1_keys
from asn1crypto import pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore
from rcep_link.application import Application

from . import form
from .keys import Keys

FIELD = "IssuingBody"


def certificate(
    application: Application, number: str, day: dt.date, check_url: str, keys: Keys, *, state: str = "issued"
) -> bytes:
    """The PDF of a certificate, signed with the issuing key."""
    sheets = IncrementalPdfFileWriter(io.BytesIO(form.draw(application, number, day, check_url, state=state)))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason="Specimen of a sandbox: not valid",
        location="Sandbox",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    return signers.PdfSigner(metadata, signer=_signer(keys)).sign_pdf(sheets).getvalue()


def _signer(keys: Keys) -> signers.SimpleSigner:
    chain = SimpleCertificateStore()
    chain.register(_certificate(keys.root.certificate_pem))
    return signers.SimpleSigner(
        signing_cert=_certificate(keys.issuer.certificate_pem),
        signing_key=asn1_keys.PrivateKeyInfo.load(_der(keys.issuer.private_pem)),
        cert_registry=chain,
    )


def _certificate(text: bytes) -> x509.Certificate:
    return x509.Certificate.load(_der(text))


def _der(text: bytes) -> bytes:
    return pem.unarmor(text)[2]
