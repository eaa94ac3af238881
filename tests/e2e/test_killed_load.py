"""Odoo is killed while it loads three tables: nothing of them is there afterwards, and the next load goes on.

Each load is blocked by the database when half of its rows are written, so that the kill comes neither before nor after.
"""

import base64
import concurrent.futures

import pytest
import requests

from tests.e2e.served import LOCK, PATIENCE, WebUser, copied
from tools.programs import wait_for

CODES = [f"{number:08d}" for number in range(10_000_000, 10_000_250)]  # Odoo writes them by the hundred
RULES = [f"{number:06d}" for number in range(10_000, 10_250)]
HOLD = f"""
    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock_shared({LOCK}); RETURN NEW; END $$;
    CREATE TRIGGER hold BEFORE INSERT ON rcep_tariff_differential FOR EACH ROW
        WHEN (NEW.code = '{CODES[150]}') EXECUTE FUNCTION hold();
    CREATE TRIGGER hold BEFORE INSERT ON rcep_rule FOR EACH ROW
        WHEN (NEW.hs_code = '{RULES[150]}') EXECUTE FUNCTION hold();
    CREATE TRIGGER hold BEFORE UPDATE ON product_supplierinfo FOR EACH ROW
        WHEN (NEW.price = 1234.5) EXECUTE FUNCTION hold()"""
BLOCKED = """SELECT count(*) FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event = 'advisory' AND query NOT LIKE '%pg_advisory%'"""
OPEN = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL"
STANDS = """
    SELECT 'codes', min(code), count(*)::text FROM rcep_tariff_differential
    UNION ALL SELECT 'complete for', id::text, appendix_complete FROM rcep_party
    UNION ALL SELECT 'edition', name, valid_to::text FROM rcep_rule_edition
    UNION ALL SELECT 'rules', '', count(*)::text FROM rcep_rule
    UNION ALL SELECT 'price', id::text, price::text FROM product_supplierinfo
    UNION ALL SELECT 'state of a good', id::text, verdict FROM rcep_origin ORDER BY 1, 2"""


class Engineer(WebUser):
    """The cost engineer."""

    def load(self, model, lines, **values):
        """Hand in a table, and press *Load*."""
        file = base64.b64encode("\n".join(lines).encode()).decode()
        self.call(model, "action_load", self.call(model, "create", {"file": file, **values}))


def loads(engineer):
    """The three tables: what is pressed for each."""
    korea = engineer.call("rcep.party", "search", [["code", "=", "KR"]])[0]
    known = engineer.call("product.product", "search_read", [], ["default_code", "rcep_grid_partner_id"])
    materials = [f"{each['default_code']},1234.5" for each in known if each["default_code"]
                 and each["rcep_grid_partner_id"]]  # fmt: skip
    assert len(materials) > 5
    edition = {"edition_name": "HS 2028", "valid_from": "2028-01-01"}
    return [
        ("rcep.table.import", ["code", *CODES], {"kind": "differentials", "party_id": korea, "source": "Law"}),
        ("rcep.table.import", ["hs_code,rule", *(f"{code},CC" for code in RULES)],
         {"kind": "rules", "source": "Law", **edition}),
        ("rcep.material.sheet", ["reference,price", *materials], {}),
    ]  # fmt: skip


@pytest.fixture
def place():
    with copied("killed") as place:
        yield place


def test_what_was_half_loaded_when_odoo_was_killed_is_not_there_and_loads_again(place):
    place.serve()
    place.sql(HOLD)
    before = place.sql(STANDS)
    engineer = Engineer(place)
    with concurrent.futures.ThreadPoolExecutor(3) as windows, place.blocked():
        pressed = [windows.submit(Engineer(place).load, model, lines, **values) for model, lines, values in
                   loads(engineer)]  # fmt: skip
        assert wait_for(lambda: place.count(BLOCKED) == len(pressed) or any(each.done() for each in pressed), PATIENCE)
        place.kill()
    assert {type(each.exception()) for each in pressed} == {requests.exceptions.ConnectionError}
    assert wait_for(lambda: not place.count(OPEN) - 1, PATIENCE)  # but the question itself
    assert place.sql(STANDS) == before
    place.serve()
    engineer = Engineer(place)
    for model, lines, values in loads(engineer):
        engineer.load(model, lines, **values)
    after = place.sql(STANDS)
    assert ["codes", CODES[0], str(len(CODES))] in after
    assert {row[2] for row in after if row[0] == "price"} >= {"1234.5"}
    assert [row[1] for row in after if row[0] == "edition" and not row[2]] == ["HS 2028"]

