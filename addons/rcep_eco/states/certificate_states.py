"""The life of a certificate as one table: which moves there are, who may make them, what the public sees.

Sources: the treaty's Art. 3.17 and the link's profile; the names are those of the canonical link.
"""

from .. import groups
from . import actors

DECIDED = ("rejected", "withdrawn", "issued", "cancelled", "replaced")

STATES = [
    ("draft", "Draft"),
    ("ready", "Ready"),
    ("submitted", "Submitted"),
    ("under_review", "Under review"),
    ("returned", "Returned"),
    ("issued", "Issued"),
    ("rejected", "Rejected"),
    ("withdrawn", "Withdrawn"),
    ("cancelled", "Cancelled"),
    ("replaced", "Replaced"),
]
MOVES = {
    ("draft", "ready"): (groups.SIGNER,),
    ("ready", "draft"): (groups.CLERK,),
    ("ready", "submitted"): (groups.SIGNER, actors.AGENT),
    ("returned", "draft"): (groups.CLERK,),
    **{
        (before, after): (actors.PLATFORM,)
        for before, afters in {
            # What lies between may have been missed: an event says the whole state.
            "submitted": ("under_review", "returned", *DECIDED),
            "under_review": ("submitted", "returned", *DECIDED),
            "returned": ("submitted", "under_review", *DECIDED),
            "issued": ("cancelled", "replaced"),
        }.items()
        for after in afters
    },
}

# What a person asks the platform for, by a message: the state stays until the platform says that it is done.
REQUESTS = {
    "withdrawal": (("submitted", "under_review", "returned"), groups.SIGNER),
    "cancellation": (("issued",), groups.SIGNER),
}

# States in which an invoice cannot go onto another certificate.
LIVE = ("draft", "ready", "submitted", "under_review", "returned", "issued")
# States in which the content may be changed.
EDITABLE = ("draft",)
# States after a submission in which the platform may still say something.
OPEN_AT_PLATFORM = ("submitted", "under_review", "returned", "issued")
# What a visitor of the verification page is told; a state that is not here is not public.
PUBLIC = {"issued": "valid", "cancelled": "cancelled", "replaced": "replaced"}
VALIDITY_YEARS = 1  # Art. 3.16
