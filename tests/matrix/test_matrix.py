"""A certificate in anyone's Odoo: each a database of its own, made from nothing with just these modules.

Run by ``./eco test --long`` and before each release: a database takes a minute or two.
"""

import ast
import contextlib
import json
import os
import subprocess

import pytest

from tools import postgres, setup, template
from tools.odoo import odoo_command, write_configuration
from tools.paths import CACHE, CHECKOUT
from tools.programs import remove
from tools.pyenv import get_packages

PATIENCE = 900  # seconds
SCRIPT = CHECKOUT / "tools/inside_odoo/certify.py"
LIFE = CHECKOUT / "tools/inside_odoo/lifecycle.py"
ALL = ("mrp", "website", "sale", "purchase", "stock")
BRIDGES = {
    "mrp": "rcep_eco_mrp", "website": "rcep_eco_website", "sale": "rcep_eco_sale", "purchase": "rcep_eco_purchase",
    "stock": "rcep_eco_purchase_stock",
}  # fmt: skip
ELSEWHERE = {"rcep_eco", "rcep_eco_demo", "rcep_eco_sftp"}  # the heart itself; all of Odoo's; OCA's fs_storage


def installed_by_hand():
    """The add-ons that follow from nothing: an administrator installs each of them, or none."""
    for manifest in sorted(CHECKOUT.glob("addons/*/__manifest__.py")):
        if not ast.literal_eval(manifest.read_text()).get("auto_install") and manifest.parent.name not in ELSEWHERE:
            yield manifest.parent.name


OCA = {
    "queue_job": "requirements-queue.lock",
    "product_harmonized_system": "requirements-harmonized.lock",
}


@contextlib.contextmanager
def database(name, modules, *options, packages=None):
    """A new database with these modules; what is called runs the certificate in it."""
    place = setup.get_workplace()
    named = f"{template.owned(place, template.TEST)}matrix_{name}_{os.getpid()}"
    folder = CACHE / "tests" / f"{named}"
    environment, addons = place.environment(), place.addons_path()
    if packages:
        environment["PYTHONPATH"] += f":{packages}"
        addons += f",{packages / 'odoo/addons'}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        configuration = write_configuration(place, folder / "odoo.conf", folder / "data", addons_path=addons)

        def odoo(*more):
            command = [*odoo_command(place), "-c", configuration, "-d", named, "--stop-after-init", "--no-http",
                       "--max-cron-threads=0", "--log-level=error", *more]  # fmt: skip
            return _run(command, environment)

        place.server.sql(f'CREATE DATABASE "{named}" TEMPLATE template0 ENCODING \'UTF8\'')
        odoo("-i", ",".join(modules), *options)

        def certify(company="main", country="cn"):
            wishes = json.dumps({"company": company, "country": country})
            command = [place.python, SCRIPT, configuration, named, wishes]
            return json.loads(_run(command, environment).stdout.splitlines()[-1])

        def life(role, *arguments, at=named):
            command = [place.python, LIFE, role, configuration, at, *arguments]
            return json.loads(_run(command, environment).stdout.splitlines()[-1])

        def administrate(*arguments):
            """What an administrator does at a shell: ``odoo db …``."""
            tools = ["--pg_path", postgres.binaries()]
            _run([*odoo_command(place), "db", "-c", configuration, *tools, *arguments], environment)

        certify.odoo, certify.life, certify.name, certify.administrate = odoo, life, named, administrate
        certify.installed = lambda: {row[0] for row in place.server.sql(
            "SELECT name FROM ir_module_module WHERE state = 'installed'", named)}  # fmt: skip
        yield certify
    finally:
        for each in (named, f"{named}_copy", f"{named}_loaded"):
            template.discard(place, each, folder / "data")
        remove(folder)


def _run(command, environment):
    done = subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True,
                          timeout=PATIENCE, check=False)  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done


def assert_certified(found, **facts):
    assert (found["problems"], found["refused"]) == ([], "")
    assert (found["state"], found["criterion"], found["printed"]) == ("submitted", "CTC", True)
    assert found["messages"] == ["application"]
    assert found["description"] == "LED lamp"
    assert {name: found[name] for name in facts} == facts


def test_english_only():
    with database("english", ["rcep_eco"]) as certify:
        assert_certified(certify(), languages=["en_US"], description_zh="LED lamp", page=False)


@pytest.mark.parametrize("language", ["zh_CN", "fr_FR"])
def test_without_english(language):
    with database(f"only_{language.lower()}", ["rcep_eco_website"], f"--load-language={language}") as certify:
        found = certify("new")
        assert_certified(found, page=True)
        assert language in found["languages"]


def test_an_american_company_in_dollars_with_the_demonstration_of_odoo_itself():
    with database("american", ["rcep_eco", "rcep_eco_website"], "--with-demo") as certify:
        found = certify(country="us")  # which is no Party: said in words, and nothing is approved
        assert (found["state"], found["currency"], found["languages"]) == ("draft", "USD", ["en_US"])
        assert any("US is no Party" in problem for problem in [*found["problems"], found["refused"]])
        assert_certified(certify("new"), country="CN", page=True)
        assert_certified(certify(country="cn"), currency="USD", page=True)


def test_two_companies():
    with database("companies", ["rcep_eco", "rcep_eco_mrp"]) as certify:
        assert_certified(certify("main"), companies=1)
        assert_certified(certify("new"), companies=2, country="CN")


@pytest.mark.parametrize("absent", ALL)
def test_without_one_of_odoos_applications(absent):
    """Every bridge is there but those of the absent application, which nobody is made to install."""
    wanted = [name for name in ALL if name != absent]
    if absent == "stock":  # production, purchases and sales of goods come with it
        wanted = ["website", "sale", "purchase"]
    with database(f"no_{absent}", ["rcep_eco", *wanted]) as certify:
        installed = certify.installed()
        assert BRIDGES[absent] not in installed
        assert all(BRIDGES[name] in installed for name in wanted if name != "stock")
        assert_certified(certify())


@pytest.mark.parametrize("module", installed_by_hand())
def test_with_one_that_is_installed_by_hand(module):
    """Alone beside the heart, in an Odoo that knows English only; what it needs of Odoo comes with it."""
    with database(module, [module]) as certify:
        assert module in certify.installed()
        assert_certified(certify(), languages=["en_US"])


@pytest.mark.parametrize("module", OCA)
def test_beside_a_module_of_the_oca(module):
    folder = get_packages(module, OCA[module], f"OCA's {module}")
    with database(module, ["rcep_eco", "rcep_eco_mrp", module], packages=folder) as certify:
        assert module in certify.installed()
        assert ("rcep_eco_queue_job" in certify.installed()) == (module == "queue_job")
        assert_certified(certify())


# --- one database, and what becomes of it
def test_a_website_that_is_taken_away_and_comes_back_has_its_pages_and_tokens():
    with database("website_again", ["rcep_eco", "rcep_eco_website"]) as certify:
        assert_certified(certify(), page=True)
        certify.life("issue")
        before = certify.life("pages")
        assert [facts[1:] for facts in before.values()] == [["specimen", True]]
        certify.life("take_away", "rcep_eco_website")
        assert "rcep_eco_website" not in certify.installed()
        certify.life("bring_back", "rcep_eco_website")
        assert certify.life("pages") == before


@pytest.fixture(scope="module")
def issued():
    """A database with a certificate that was issued, and what its pages say."""
    with database("copied", ["rcep_eco", "rcep_eco_website"]) as certify:
        assert_certified(certify(), page=True)
        certify.life("issue")
        yield certify, certify.life("pages")


def assert_a_copy(certify, pages, copy):
    """It answers for every certificate and sends nothing; the original goes on."""
    assert pages
    assert certify.life("pages", at=copy) == pages
    assert certify.life("connections", at=copy)["in_copy"] == [True]
    assert certify.life("connections")["in_copy"] == [False]


def test_a_duplicate_answers_for_every_certificate_and_sends_nothing(issued):
    certify, pages = issued
    copy = f"{certify.name}_copy"
    certify.administrate("duplicate", certify.name, copy)
    assert_a_copy(certify, pages, copy)


def test_a_dump_that_is_loaded_answers_for_every_certificate_and_sends_nothing(issued, tmp_path):
    certify, pages = issued
    copy, dump = f"{certify.name}_loaded", tmp_path / "dump.zip"
    certify.administrate("dump", certify.name, dump)
    certify.administrate("load", copy, dump)
    assert_a_copy(certify, pages, copy)


def test_bridges_that_are_taken_away_and_come_back_change_nothing_that_was_decided():
    with database("bridges", ["rcep_eco", *ALL]) as certify:
        assert_certified(certify(), page=True)
        certify.life("issue")
        pages, before = certify.life("pages"), certify.life("contents")
        assert before
        for bridge in sorted(set(BRIDGES.values()) - {"rcep_eco_website"}):
            certify.life("take_away", bridge)
            assert bridge not in certify.installed()
            assert certify.life("contents") == before, bridge
            certify.life("bring_back", bridge)
            assert bridge in certify.installed()
            assert (certify.life("pages"), certify.life("contents")) == (pages, before), bridge
