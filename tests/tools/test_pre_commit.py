"""A commit is looked at by what looks at it in CI: each check of lint has a hook, and each hook is a check."""

import re
from pathlib import Path

import pytest
import yaml

from tools import checks
from tools.paths import ADDONS, CHECKOUT

HOOKS = [hook for repo in yaml.safe_load((CHECKOUT / ".pre-commit-config.yaml").read_text())["repos"]
         for hook in repo["hooks"]]
FILES = [str(path.relative_to(CHECKOUT)) for path in CHECKOUT.rglob("*") if path.is_file()]


def test_every_check_of_lint_has_a_hook_and_every_hook_is_a_check():
    commands = checks.lint_commands(Path("programs"), Path("programs"), sorted(ADDONS.iterdir()), fix=False)
    assert {hook["id"] for hook in HOOKS} == set(commands)
    assert all(hook["entry"] == f"./eco lint {hook['id']}" for hook in HOOKS)


def test_nothing_is_fetched_from_other_repositories():
    repos = yaml.safe_load((CHECKOUT / ".pre-commit-config.yaml").read_text())["repos"]
    assert {repo["repo"] for repo in repos} == {"local"}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_the_files_of_a_hook_are_there(hook):
    assert any(re.search(hook["files"], name) for name in FILES)
