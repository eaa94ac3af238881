"""Which form a file has, and the reports in it."""

from . import b2mml, canonical, epcis


def read_json(content):
    """[(report, as it came)]: one canonical report, a list of them, or EPCIS.

    :param bytes content:
    """
    data = canonical.loads(content)
    if epcis.is_one(data):
        return epcis.read(data)
    return [(canonical.read(each), each) for each in (data if isinstance(data, list) else [data])]


def read(content, table):
    """[(report, as it came)] of a file.

    :param bytes content:
    :param table: reads what is neither JSON nor XML as a table: called with the content
    """
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        return read_json(content)
    if start == b"<":
        return b2mml.read(content)
    return table(content)
