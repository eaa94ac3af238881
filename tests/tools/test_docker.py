"""The container set-up: what its files refer to exists, secrets have no default, the database is not published."""

import configparser
import re

import pytest
import yaml

from tools.paths import CHECKOUT

DOCKER = CHECKOUT / "docker"
COMPOSE = yaml.safe_load((DOCKER / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILES = sorted(path for path in DOCKER.glob("Dockerfile*") if path.suffix != ".dockerignore")
VARIABLE = re.compile(r"\$\{(\w+)([^}]*)\}")


def copied(dockerfile):
    """What a Dockerfile copies from the repository."""
    lines = dockerfile.read_text().replace("\\\n", " ").splitlines()
    return [source for line in lines if line.startswith("COPY ") for source in line.split()[1:-1]]


def is_pinned(image):
    return re.fullmatch(r"[\w./-]+:[\w.-]+", image) and not image.endswith(":latest")


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_service_is_built_from_and_mounts_exists(service):
    build = SERVICES[service].get("build", {})
    if build:
        assert (DOCKER / build["context"]).resolve() == CHECKOUT
        assert (CHECKOUT / build["dockerfile"]).is_file()
    for volume in SERVICES[service].get("volumes", []):
        source = volume.split(":")[0]
        assert (DOCKER / source).is_file() if source.startswith(".") else source in COMPOSE["volumes"]


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.name)
def test_what_an_image_copies_exists_and_is_let_through(dockerfile):
    allowed = [line[1:] for line in dockerfile.with_name(f"{dockerfile.name}.dockerignore").read_text().splitlines()
               if line.startswith("!")]
    for source in copied(dockerfile):
        assert (CHECKOUT / source).exists(), source
        assert source in allowed


@pytest.mark.parametrize("service", SERVICES)
def test_every_image_has_a_tag(service):
    assert is_pinned(SERVICES[service]["image"])


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.name)
def test_every_base_image_has_a_tag_and_the_service_is_not_root(dockerfile):
    text = dockerfile.read_text()
    assert all(map(is_pinned, re.findall(r"^FROM (\S+)", text, re.MULTILINE)))
    assert re.findall(r"^USER (\S+)", text, re.MULTILINE)[-1] not in {"0", "root"}


def test_only_the_proxy_is_published():
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]


def test_database_and_platform_have_no_way_out():
    for service in ("db", "sandbox"):
        assert all(COMPOSE["networks"][network]["internal"] for network in SERVICES[service]["networks"])


def test_no_secret_has_a_default_and_each_variable_is_explained():
    variables = VARIABLE.findall((DOCKER / "compose.yaml").read_text())
    assert all(rest.startswith(":?") for _name, rest in variables), "an empty value has to stop the start"
    example = dict(re.findall(r"^(\w+)=(.*)$", (DOCKER / ".env.example").read_text(), re.MULTILINE))
    assert example == dict.fromkeys({name for name, _rest in variables}, "")
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or VARIABLE.match(value)


def test_the_env_file_stays_out_of_git():
    assert "/docker/.env" in (CHECKOUT / ".gitignore").read_text().splitlines()


def test_odoo_works_behind_the_proxy_with_one_database_and_no_master_password():
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(DOCKER / "odoo.conf")
    options = settings["options"]
    assert options.getboolean("proxy_mode")
    assert not options.getboolean("list_db")
    assert options.getint("workers") > 1
    assert options["dbfilter"] == f"^{options['db_name']}$"
    assert options["admin_passwd"] == ""
    assert not any(name.startswith("db_password") for name in options)
    assert f"COPY addons {options['addons_path']}\n" in (DOCKER / "Dockerfile").read_text()


def test_the_proxy_knows_both_ports_of_odoo():
    routes = (DOCKER / "Caddyfile").read_text()
    assert "reverse_proxy @websocket odoo:8072" in routes
    assert "reverse_proxy odoo:8069" in routes


def test_the_sandbox_takes_its_versions_from_the_lock_file():
    lines = (CHECKOUT / "tools/requirements.lock").read_text().splitlines()
    locked = {re.split("[= ]", line)[0].lower() for line in lines}
    wanted = {line.lower() for line in (DOCKER / "requirements-sandbox.txt").read_text().splitlines()
              if not line.startswith("#")}
    assert wanted <= locked
