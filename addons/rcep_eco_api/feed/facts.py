"""What the feed tells of each kind of record: a table of members, each with its field and the SQL it is read by.

The statement and the border's list are both made from it: what is not in the table crosses nowhere.
"""

from typing import NamedTuple

from odoo.tools import SQL


class Fact(NamedTuple):
    """A member of what is told; ``field`` is what it is, as ``model.field``."""

    field: str
    sql: str


class Kind(NamedTuple):
    """A kind of record.

    :param subject: SQL of its id
    :param tables: SQL of where it is read, which names ``company`` as the parameter for the company
    :param facts: {member: :class:`Fact`}
    :param goods: the same for each of its lines, or empty; then ``tables`` of those stand in ``lines``
    """

    subject: str
    tables: str
    facts: dict
    goods: dict = {}
    lines: str = ""

    def select(self, kind, company):
        """A statement that gives kind, subject, reference and content of every record of a company."""
        content = _object(self.facts)
        if self.goods:
            listed = f"COALESCE((SELECT jsonb_agg({_object(self.goods)} ORDER BY goods.id) {self.lines}), '[]')"
            content = f"{content} || jsonb_build_object('goods', {listed})"
        words = (
            f"SELECT %(kind)s AS kind, {self.subject} AS subject, {self.facts['reference'].sql} AS reference, "
            f"{content} AS content {self.tables}"
        )
        return SQL(words, kind=kind, company=company.id)

    def fields(self):
        """What crosses, for the border's list."""
        return frozenset(fact.field for fact in (*self.facts.values(), *self.goods.values()))


def _object(facts):
    return "jsonb_build_object({})".format(", ".join(f"'{name}', {fact.sql}" for name, fact in facts.items()))


def verdict_facts(model, alias):
    """The facts of a verdict that stands: none while it is being determined, or where nothing could be."""
    stands = f"{alias}.stale IS NOT TRUE AND COALESCE({alias}.problem::text, '') = ''"
    originates = f"{stands} AND {alias}.verdict = 'originating'"
    found = {"verdict": Fact(f"{model}.verdict", f"CASE WHEN {stands} THEN {alias}.verdict END")}
    for member, field in (("criterion", "criterion"), ("country", "origin_country_code"), ("rule", "rule")):
        found[member] = Fact(f"{model}.{field}", f"CASE WHEN {originates} THEN {alias}.{field} END")
    return found


_CODE = "COALESCE(NULLIF(product.rcep_variant_hs, ''), template.hs_code)"
_SPECIMEN = "certificate.environment IS DISTINCT FROM 'production'"

PRODUCT = Kind(
    subject="origin.product_id",
    tables="""
        FROM rcep_origin origin
        JOIN product_product product ON product.id = origin.product_id AND product.active
        JOIN product_template template ON template.id = product.product_tmpl_id
       WHERE origin.company_id = %(company)s""",
    facts={
        "reference": Fact("product.product.default_code", "product.default_code"),
        "barcode": Fact("product.product.barcode", "product.barcode"),
        "hs6": Fact("product.product.hs_code", rf"left(regexp_replace({_CODE}, '\D', '', 'g'), 6)"),
        **verdict_facts("rcep.origin", "origin"),
    },
)
CERTIFICATE = Kind(
    subject="certificate.id",
    tables="""
        FROM rcep_certificate certificate
        JOIN rcep_party party ON party.id = certificate.importing_party_id
        JOIN res_country country ON country.id = party.country_id
       WHERE certificate.company_id = %(company)s AND certificate.state != 'draft'""",
    facts={
        "reference": Fact("rcep.certificate.name", "certificate.name"),
        # A specimen is never told to be issued.
        "state": Fact(
            "rcep.certificate.state",
            f"CASE WHEN {_SPECIMEN} AND certificate.state IN ('issued', 'cancelled', 'replaced') THEN 'specimen' "
            "ELSE certificate.state END",
        ),
        "specimen": Fact("rcep.certificate.is_specimen", _SPECIMEN),
        "number": Fact("rcep.certificate.certificate_no", "certificate.certificate_no"),
        "issued_at": Fact("rcep.certificate.issued_at", "certificate.issued_at"),
        "valid_until": Fact("rcep.certificate.valid_until", "certificate.valid_until"),
        "importing_party": Fact("rcep.certificate.importing_party_id", "country.code"),
        "invoices": Fact(
            "rcep.certificate.invoice_numbers",
            """COALESCE((SELECT jsonb_agg(invoice.name ORDER BY invoice.id)
                           FROM account_move_rcep_certificate_rel related
                           JOIN account_move invoice ON invoice.id = related.account_move_id
                          WHERE related.rcep_certificate_id = certificate.id), '[]')""",
        ),
        "replaces": Fact(
            "rcep.certificate.old_certificate_id",
            "(SELECT old.name FROM rcep_certificate old WHERE old.id = certificate.old_certificate_id)",
        ),
    },
    lines="""
        FROM rcep_certificate_line goods JOIN product_product product ON product.id = goods.product_id
       WHERE goods.certificate_id = certificate.id AND goods.left_off IS NOT TRUE""",
    goods={
        "reference": Fact("product.product.default_code", "product.default_code"),
        "hs6": Fact("rcep.certificate.line.hs6", "goods.hs6"),
        "criterion": Fact("rcep.certificate.line.criterion", "goods.criterion"),
    },
)
