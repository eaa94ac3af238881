"""Messages that are stored by their code, and read in the language of whoever reads them.

What goes wrong is written down by a job, in nobody's language, and read by several people. So a record keeps lists of
:class:`link.coded_message.CodedMessage` as JSON, and its text is computed when it is read.
"""

from markupsafe import Markup
from odoo import api, fields
from odoo.tools.translate import LazyTranslate

from .. import link

_lt = LazyTranslate(__name__)
CodedMessage = link.coded_message.CodedMessage

FIELD, SELECTION = "wrong_field", "selection"  # codes that are read in a way of their own
# Parts of a canonical path, as the form names them.
PATHS = {
    "items": _lt("Item"),
    "invoices": _lt("Invoice"),
    "exporter": _lt("Exporter"),
    "consignee": _lt("Consignee"),
    "producer": _lt("Producer"),
    "transport": _lt("Transport"),
    "declaration": _lt("Declaration"),
    "third_party": _lt("Third-party invoicing"),
    "name": _lt("name"),
    "name_en": _lt("English name"),
    "address": _lt("address"),
    "country": _lt("country"),
    "number": _lt("number"),
    "hs6": _lt("HS code"),
    "description": _lt("description"),
    "quantity": _lt("quantity"),
    "unit": _lt("unit"),
    "criterion": _lt("criterion"),
    "fob_value": _lt("FOB value"),
    "rvc": _lt("regional value content"),
    "incoterm": _lt("price term"),
    "currency": _lt("currency"),
    "packages": _lt("packages"),
    "product_ref": _lt("product code"),
    "invoice_number": _lt("invoice number"),
    "retroactive": _lt("issued retroactively"),
    "application": _lt("Application"),
    "filing": _lt("Product filing"),
    "materials": _lt("material"),
    "port_of_loading": _lt("port of loading"),
    "port_of_discharge": _lt("port of discharge"),
    "vessel": _lt("vessel, flight or train"),
    "remarks": _lt("Remarks"),
    "marks": _lt("marks and numbers"),
    "signatory": _lt("signature"),
    "place": _lt("place"),
    "trader": _lt("firm"),
    "gross_weight": _lt("gross weight"),
    "amount": _lt("amount"),
    "reason": _lt("reason"),
    "old": _lt("Earlier certificate"),
    "producer_name": _lt("producer"),
    "approved_exporter": _lt("approved exporter"),
    "back_to_back": _lt("back-to-back certificate"),
    "further_originals": _lt("further original"),
    "client_ref": _lt("reference"),
    "count": _lt("number of packages"),
    "date": _lt("date"),
    "departure_date": _lt("departure"),
    "description_zh": _lt("Chinese description"),
    "destinations": _lt("destinations"),
    "dossier_sha256": _lt("dossier"),
    "ex_works": _lt("ex-works price"),
    "fob": _lt("FOB price"),
    "importing_party": _lt("importing Party"),
    "invoice_value": _lt("invoice value"),
    "issued_on": _lt("day of issue"),
    "issuing_country": _lt("issuing country"),
    "kind": _lt("kind"),
    "labour": _lt("labour"),
    "means": _lt("means of transport"),
    "modifiers": _lt("addition to the criterion"),
    "name_zh": _lt("Chinese name"),
    "non_originating_value": _lt("non-originating value"),
    "origin_country": _lt("country of origin"),
    "origin_mark": _lt("mark in box 11"),
    "origin_province": _lt("province of origin"),
    "originating_value": _lt("originating value"),
    "other": _lt("other costs"),
    "overhead": _lt("overhead"),
    "processes": _lt("processing step"),
    "profit": _lt("profit"),
    "route": _lt("route"),
    "specification": _lt("specification"),
    "statement": _lt("statement"),
    "supplier": _lt("supplier"),
    "supplier_invoice": _lt("supplier's invoice"),
    "text": _lt("text"),
    "unit_price": _lt("unit price"),
    "uscc": _lt("unified social credit code"),
    "use_per_unit": _lt("use per unit"),
    "valid_until": _lt("valid until"),
    "verify_url": _lt("address of the public page"),
    "agreement": _lt("agreement"),
    "applied_on": _lt("day of application"),
    "boxes": _lt("boxes that change"),
    "collect_at": _lt("office where the paper is collected"),
    "contract_number": _lt("contract number"),
    "enterprise_no": _lt("enterprise number"),
    "filer": _lt("Who files"),
    "fob_declared": _lt("FOB value"),
    "letter_of_credit": _lt("letter of credit"),
    "maker": _lt("producer"),
    "net_weight": _lt("net weight"),
    "now": _lt("what it is now"),
    "office": _lt("issuing office"),
    "person": _lt("who declares"),
    "person_id": _lt("identity card number"),
    "phone": _lt("phone"),
    "port_of_destination": _lt("port of destination"),
    "sub_criterion": _lt("addition to the criterion"),
    "tariff_code": _lt("tariff code"),
    "trade_mode": _lt("kind of trade"),
    "unit_zh": _lt("Chinese unit"),
    "was": _lt("what it was"),
}


# --- what is stored -------------------------------------------------------------------------------------------
def stored(*message):
    """A list of messages as a record stores it, False where there are none.

    :param message: :class:`CodedMessage`, its JSON, a :class:`link.errors.LinkError`, or text of somebody else's
    """
    return [each if isinstance(each, dict) else _coded(each).to_json() for each in message if each] or False


def _coded(data):
    return data.coded if isinstance(data, link.errors.LinkError) else CodedMessage.of(data)


def selection_value(record, name, value):
    """A value of a selection, read by its label.

    :param record: of the model, or the model, whose field it is
    """
    return CodedMessage(SELECTION, field=f"{record._name}.{name}", value=value or "")


def field_message(profile, error):
    """What a platform found wrong at one place.

    :param str profile: whose codes and paths these are
    :param error: :class:`link.record.FieldError`
    """
    return CodedMessage(FIELD, path=error.path, number=error.code, message=error.message, profile=profile)


# --- what is read -------------------------------------------------------------------------------------------
def translated(env, data):
    """One sentence in the language of the environment.

    :param data: :class:`CodedMessage`, its JSON, a :class:`link.errors.LinkError`, or text
    """
    message = CodedMessage.from_json(data) if isinstance(data, dict) else _coded(data)

    def template(code):
        known = link.message_texts.SENTENCES.get(code)  # what another version kept may have another code
        return env._(known) if known else code.replace("%", "%%")

    def shown(each):
        if each.code == SELECTION:
            return _label(env, each.facts.get("field", ""), each.facts.get("value", ""))
        if each.code == FIELD:
            return ": ".join(filter(None, [path_label(env, each.facts.get("path", "")), explained(env, each)]))
        return each.in_words(template, shown)

    return shown(message)


def translated_lines(env, stored_messages):
    """Every stored message on a line of its own, False where there are none."""
    return "\n".join(translated(env, each) for each in stored_messages or ()) or False


def as_html(text):
    """Text for a note: what a platform says is text, whatever it looks like."""
    return Markup("<br/>").join((text or "").split("\n"))


def explained(env, coded):
    """What is wrong at a place, with the cause and the next step where the profile's catalogue knows the code."""
    facts = coded.facts
    profile, message = link.profiles.registry().get(facts.get("profile")), facts.get("message", "")
    known = profile and profile.explain(facts.get("number"))
    return f"{env._(known.cause)} {env._(known.next_step)} “{message}”" if known else message


def path_label(env, path):
    """A canonical path as people say it: ``items.0.hs6`` is *Item 1, HS code*."""
    parts = path.split(".")
    words = [env._(PATHS[part]) if part in PATHS else part for part in parts if not link.plain_text.is_number(part)]
    position = next((int(part) + 1 for part in parts if link.plain_text.is_number(part)), None)
    if position is not None and words:
        words[0] = f"{words[0]} {position}"
    return ", ".join(words)


def by_path(env, stored_messages):
    """{canonical path: what is wrong there} of what is kept."""
    messages = [CodedMessage.from_json(each) for each in stored_messages or ()]
    return {each.facts.get("path", ""): explained(env, each) for each in messages if each.code == FIELD}


def _label(env, field, value):
    model, _dot, name = field.rpartition(".")
    known = env[model]._fields.get(name) if model in env else None
    return dict(known._description_selection(env)).get(value, value) if known is not None else value


def translated_field(name, label=None, **options):
    """A field that reads what the field ``name`` keeps, in the reader's language."""

    @api.depends(name)
    @api.depends_context("lang")
    def compute(records):
        for record in records:
            record[field.name] = translated_lines(record.env, record[name])

    field = fields.Text(label, compute=compute, **options)
    return field
