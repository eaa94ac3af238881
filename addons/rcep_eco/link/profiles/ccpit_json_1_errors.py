"""What the error codes of ``ccpit-json-1`` mean for a person, and what to do next."""

from ..message_texts import _lt

ERRORS = {
    "required": (
        _lt("A field that this application needs is empty."),
        _lt("Fill in the field that is named and send it again."),
    ),
    "format": (
        _lt("A field does not have the form that it must have."),
        _lt("Correct the field that is named, for example six digits for an HS code."),
    ),
    "range": (
        _lt("A number is outside of what is possible."),
        _lt("Correct the field that is named."),
    ),
    "unknown": (
        _lt("A word or code is not on the platform's list."),
        _lt("Choose a value of the list for the field that is named."),
    ),
    "unclean": (
        _lt(
            "An invoice number holds spaces, invisible or full-width characters, so that a customs office "
            "would not find it."
        ),
        _lt("Write the number as on the customs declaration and send it again."),
    ),
    "not_contiguous": (
        _lt("The goods are not numbered 1, 2, 3 without a gap."),
        _lt("Renumber the lines of the certificate."),
    ),
    "not_allowed": (
        _lt("A field is filled that must stay empty here, such as the FOB value without criterion RVC."),
        _lt("Empty the field that is named."),
    ),
    "mismatch": (
        _lt("Two fields contradict each other."),
        _lt("Compare the field that is named with the invoice and correct one of them."),
    ),
    "credit_code": (
        _lt("The unified social credit code is not valid or not that of the registered enterprise."),
        _lt("Correct the code on the company's form, or register the enterprise that exports."),
    ),
    "party_not_connected": (
        _lt("The importing Party does not take part in electronic certificates."),
        _lt("Apply on paper, or check the importing Party."),
    ),
    "no_filing": (
        _lt("The platform has no accepted filing for this product."),
        _lt("File the product, wait until the filing is accepted, then submit again."),
    ),
    "filing_pending": (
        _lt("The filing of this product is not reviewed yet."),
        _lt("Wait until it is accepted, then submit again."),
    ),
    "filing_returned": (
        _lt("The filing of this product was sent back."),
        _lt("Open the filing, correct what is named there and file it again."),
    ),
    "filing_expired": (
        _lt("The filing of this product is no longer valid."),
        _lt("Renew the filing, then submit again."),
    ),
    "filing_mismatch": (
        _lt("The good differs from its filing in HS code or criterion."),
        _lt("Correct the line, or renew the filing."),
    ),
    "marks_abroad": (
        _lt("The marks say that the goods are made elsewhere."),
        _lt("Correct the marks in box 7, or take the goods off the certificate."),
    ),
    "reviewer": (
        _lt("A reviewer wants a correction."),
        _lt("Read the reviewer's words, correct and submit again."),
    ),
    "conflict": (
        _lt("The platform holds other content under the same revision."),
        _lt("Compare both; somebody has to decide. Nothing was adopted."),
    ),
    "not_editable": (
        _lt("The application is under review or decided, so it takes no new revision."),
        _lt("Wait for the review, or withdraw it first."),
    ),
    "not_found": (
        _lt("The platform never received this reference."),
        _lt("Submit it."),
    ),
    "token": (
        _lt("The access token is unknown or no longer valid."),
        _lt("It is renewed by itself; if this stays, check client number and secret."),
    ),
    "client": (
        _lt("The client number or its secret is wrong."),
        _lt("Ask an administrator to enter both again in the platform connection."),
    ),
    "signature": (
        _lt("The request's signature was not accepted."),
        _lt("Ask an administrator to check the key that is registered with the platform, and the clock."),
    ),
    "body": (
        _lt("The message could not be read."),
        _lt("Ask an administrator to compare the profile's version with the platform's."),
    ),
}
