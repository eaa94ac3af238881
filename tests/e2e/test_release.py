"""The archive of a release, unpacked onto the addons path of a plain Odoo 19, installs from Apps."""

import os
import re
import socket
import zipfile

import pytest
import requests
from lxml import html

from tools import release, setup, template
from tools.odoo import odoo_command, write_configuration
from tools.paths import CACHE
from tools.programs import end, remove, spawn, wait_for
from tools.settings import OPTIONAL_MODULES

RULES = 2189  # rows of Annex 3A
RATES = 20_000  # of Viet Nam, MFN and ACFTA
# What does not follow by itself: not every exporter asks which agreement is cheaper.
WITH_RATES = ("rcep_eco_agreements", "rcep_eco_agreements_sale", "rcep_eco_rates_vn")
WITH_KEYS = ("rcep_eco_agent", "rcep_eco_agent_api", "rcep_eco_agent_desk", "rcep_eco_api")
WITH_ORIGINALS = ("rcep_eco_ledger", "rcep_eco_ledger_stock")
OF_ANOTHER_ERP = ("rcep_eco_erp", "rcep_eco_erp_mrp", "rcep_eco_erp_stock")
ON_REQUEST = ("rcep_eco_mes", "rcep_eco_statement", *OF_ANOTHER_ERP, *WITH_KEYS, *WITH_ORIGINALS, *WITH_RATES)
PATIENCE = 400  # seconds for the installation of all add-ons


class Apps:
    """An administrator's browser at the page Apps."""

    def __init__(self, url, database):
        self.url, self.session = url, requests.Session()
        self._post("/web/session/authenticate", db=database, login="admin", password="admin")

    def _post(self, path, **params):
        answer = self.session.post(f"{self.url}{path}", json={"params": params}, timeout=PATIENCE).json()
        assert "error" not in answer, answer["error"]["data"]["debug"]
        return answer.get("result")

    def do(self, method, *args, model="ir.module.module", **kwargs):
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self._post(path, model=model, method=method, args=args, kwargs=kwargs)

    def ours(self, *fields):
        return {row["name"]: row for row in self.do("search_read", [["name", "=like", "rcep_eco%"]], ["name", *fields])}


@pytest.fixture(scope="module")
def apps():
    """A plain Odoo, with Odoo's own modules and the unpacked archive beside them, at the page Apps."""
    place = setup.get_workplace(with_tests=True)
    name = f"{template.owned(place, template.TEST)}release{os.getpid()}"
    folder = CACHE / "tests" / name
    process = None
    try:
        folder.mkdir(parents=True)
        suite = release.build(folder / "dist")[-1]
        zipfile.ZipFile(suite).extractall(folder / "addons")
        template.duplicate(place, template.get_base(place), template.DATA, name, folder / "data")
        for table, column in (("ir_model_data", "name"), ("ir_module_module", "'module_' || name")):
            # The template saw the add-ons of this checkout; a plain Odoo has never heard of them.
            place.server.sql(f"DELETE FROM {table} WHERE {column} LIKE 'module_rcep_eco%'", name)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        configuration = write_configuration(
            place, folder / "odoo.conf", folder / "data", db_name=name, http_port=port, max_cron_threads=0,
            addons_path=",".join(map(str, [*place.odoo.addons, folder / "addons"])))
        process = spawn([*odoo_command(place), "-c", configuration], folder / "odoo.log", env=place.environment(),
                        cwd=folder)
        url = f"http://127.0.0.1:{port}"
        assert wait_for(lambda: is_up(url), PATIENCE), (folder / "odoo.log").read_text()[-2000:]
        yield Apps(url, name)
    finally:
        end(process)
        template.discard(place, name, folder / "data")
        remove(folder)


def is_up(url):
    try:
        return requests.get(f"{url}/web/health", timeout=PATIENCE).ok
    except OSError:
        return False


@pytest.fixture(scope="module")
def installed(apps):
    """What Apps lists of ours after *Update Apps List* and *Activate* on the suite."""
    assert not apps.ours()
    apps.do("update_list")
    listed = apps.ours("state", "application")
    assert {row["state"] for row in listed.values()} == {"uninstalled"}
    assert [name for name, row in listed.items() if row["application"]] == ["rcep_eco"]
    apps.do("button_immediate_install", [listed["rcep_eco"]["id"]])
    return apps.ours("state", "installed_version", "website", "author", "license")


def test_the_suite_installs_and_its_bridges_follow(installed):
    states = {name: row["state"] for name, row in installed.items()}
    assert set(states) == {path.name for path in release.released()}
    for name, state in states.items():
        chosen = name in OPTIONAL_MODULES or name in ON_REQUEST
        assert state == ("uninstalled" if chosen else "installed"), name
    assert {row["installed_version"] for row in installed.values()} == {release.version_of_all()}
    assert all(row["website"] and row["author"] and row["license"] == "LGPL-3" for row in installed.values())


def test_the_description_of_each_add_on_opens_with_its_pictures(apps, installed):
    pictures = 0
    for name, row in apps.ours("description_html", "icon", "shortdesc").items():
        page = html.fromstring(row["description_html"])
        assert row["shortdesc"] in page.text_content()
        assert "Changelog" in page.text_content()
        addresses = [row["icon"], *page.xpath("//img/@src")]
        assert row["icon"].startswith(f"/{name}/")
        for address in addresses:
            assert re.match(rf"/{name}/static/description/[\w.]+$", address), address
            reply = apps.session.get(f"{apps.url}{address}", timeout=PATIENCE)
            assert reply.headers["Content-Type"] == "image/png"
            pictures += 1
    assert pictures > len(installed)


def test_other_agreements_are_installed_on_request_with_their_rates_and_bridges(apps, installed):
    apps.do("button_immediate_install", [installed["rcep_eco_rates_vn"]["id"]])
    states = apps.ours("state")
    assert {states[name]["state"] for name in WITH_RATES} == {"installed"}
    assert apps.do("search_count", [], model="rcep.rate") > RATES


def test_what_else_is_installed_on_request_installs(apps, installed):
    others = set(ON_REQUEST) - set(WITH_RATES)
    apps.do("button_immediate_install", [installed[name]["id"] for name in sorted(others)])
    states = apps.ours("state")
    assert {states[name]["state"] for name in ON_REQUEST} == {"installed"}


def test_what_was_installed_has_its_rules_and_its_public_page(apps, installed):
    assert apps.do("search_count", [], model="rcep.rule") == RULES
    assert requests.get(f"{apps.url}/eco", timeout=PATIENCE).ok
