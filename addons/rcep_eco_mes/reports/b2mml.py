"""B2MML (ISA-95): each response of a ``ProductionPerformance`` or ``OperationsPerformance`` as a canonical report.

Elements are read by their local names, whatever edition and name space they are of. No entity and no outside file is
ever looked up.
"""

from lxml import etree

from . import canonical
from .problem import ReportError

ROOTS = ("ProductionPerformance", "OperationsPerformance")
RESPONSES = ("ProductionResponse", "OperationsResponse")
ACTUALS = {
    "MaterialConsumedActual": "consumed",
    "MaterialProducedActual": "produced",
    "ConsumableActual": "consumable",
    "ByProductActual": "by_product",
}
# The newer edition has one element for all, with a word.
ACTUAL = "MaterialActual"
WORDS = {
    "consumed": "consumed",
    "consumable": "consumable",
    "produced": "produced",
    "byproduct produced": "by_product",
    "by-product produced": "by_product",
}


def read(content):
    """[(:class:`canonical.Report`, the response as it came)].

    :param bytes content: XML
    """
    root = _root(content)
    if _name(root) not in ROOTS:
        raise ReportError("b2mml_root")
    whole = _one(root, "ID")
    responses = [each for each in root if _name(each) in RESPONSES]
    if not whole or not responses:
        raise ReportError("b2mml_empty")
    published = _one(root, "PublishedDate")
    return [
        (_report(each, whole, published), etree.tostring(each, encoding="unicode", with_tail=False))
        for each in responses
    ]


def _root(content):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReportError("no_xml") from error
    if root.getroottree().docinfo.doctype:
        raise ReportError("xml_doctype")
    return root


def _report(response, whole, published):
    segments = [each for each in response.iter() if _name(each) == "SegmentResponse"]
    items = []
    for element in response.iter():
        use = _use(element)
        if use:
            items.append(_item(element, use, f"{_name(element)}[{len(items)}]."))
    if not items:
        raise ReportError("no_items")
    if len(items) > canonical.MOST_ITEMS:
        raise ReportError("items_many", most=canonical.MOST_ITEMS)
    order = _one(response, *(name.replace("Response", "RequestID") for name in RESPONSES))
    own = _one(response, "ID")
    ended = [moment for each in segments if (moment := _one(each, "ActualEndTime"))]
    steps = dict.fromkeys(step for each in segments if (step := _one(each, "ProcessSegmentID")))
    told = {
        "report_id": f"{whole}/{own}" if own else None,
        "order": order or None,
        "operation": ", ".join(steps),
        "produced_at": max(ended, key=canonical.moment) if ended else published or None,
    }
    return canonical.Report(
        report_id=canonical.text(told, "report_id", needed=True),
        kind="report",
        corrects="",
        reason="",
        order=canonical.text(told, "order", needed=True),
        operation=canonical.text(told, "operation"),
        produced_at=canonical.moment(canonical.text(told, "produced_at", needed=True)),
        site="",
        items=tuple(items),
    )


def _use(element):
    name = _name(element)
    if name != ACTUAL:
        return ACTUALS.get(name)
    word = _one(element, "MaterialUse")
    if word.lower() not in WORDS:
        raise ReportError("b2mml_use", use=word[: canonical.LONGEST], known=", ".join(WORDS))
    return WORDS[word.lower()]


def _item(element, use, where):
    definitions, lots = _all(element, "MaterialDefinitionID"), _all(element, "MaterialLotID")
    quantities = [each for each in element if _name(each) == "Quantity"]
    if len(definitions) != 1 or len(lots) > 1 or len(quantities) != 1:
        raise ReportError("b2mml_item", field=where.rstrip("."))
    told = {
        "product": definitions[0],
        "lot": lots[0] if lots else "",
        "uom": _one(quantities[0], "UnitOfMeasure"),
    }
    return canonical.item(
        use,
        canonical.text(told, "product", where, needed=True),
        canonical.text(told, "lot", where),
        _one(quantities[0], "QuantityString"),
        canonical.text(told, "uom", where, needed=True),
        where=where,
    )


def _name(element):
    """The local name; of a comment there is none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _all(element, *names):
    return [(each.text or "").strip() for each in element if _name(each) in names]


def _one(element, *names):
    return (_all(element, *names) or [""])[0]
