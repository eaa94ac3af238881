"""./eco demo, stop and clean: bring an instance up, walk the demo scenario, print what to do next."""

import argparse
import contextlib
import json
import time

from tools import instance as instances
from tools import postgres, settings, setup, template
from tools.console import CommandError, info, step
from tools.locks import locked, release_all
from tools.odoo import Workplace
from tools.paths import CACHE, cache_key, make_cache
from tools.programs import remove

ANSWER = ("ok", "invoice", "verdicts", "certificate_no", "verify_url", "verify_state", "seconds")


def demo(options: argparse.Namespace, began: float) -> int:
    """Set up, start, walk the scenario once."""
    return _check(options, began) if options.check else _open(options)


def _check(options: argparse.Namespace, began: float) -> int:
    """Unattended: walk the scenario, stop what was started, one JSON line last."""
    try:
        instance = instances.of_checkout(options.instance)
        place = setup.get_workplace()
        with instance.locked():
            answer = _walk(place, instance, options)
    except CommandError as error:
        answer = {"ok": False, "error": str(error)}
    except KeyboardInterrupt:
        answer = {"ok": False, "error": "Interrupted."}
    release_all()
    if not options.keep and postgres.home().exists():
        postgres.stop_if_unused()
    answer["seconds"] = round(time.monotonic() - began, 1)
    ordered = {key: answer.get(key) for key in ANSWER} | {key: answer[key] for key in answer if key not in ANSWER}
    print(json.dumps(ordered, ensure_ascii=False), flush=True)
    return 0 if answer["ok"] else 1


def _walk(place: Workplace, instance: instances.Instance, options: argparse.Namespace) -> dict:
    """Start what does not run, walk the scenario, and stop again what did not run before."""
    before = instance.living()
    try:
        instances.start(place, instance, options.port, options.sandbox_port, with_history=True)
        return instances.run_scenario(place, instance)
    finally:
        if not options.keep:
            instances.stop(instance, [name for name in instances.PROGRAMS if name not in before])


def _open(options: argparse.Namespace) -> int:
    """Interactive: leave it running and print addresses."""
    place = setup.get_workplace()
    instance = instances.of_checkout(options.instance)
    with instance.locked():
        instances.start(place, instance, options.port, options.sandbox_port, with_history=True)
        answer = instances.run_scenario(place, instance)
    _print_addresses(place, instance, answer)
    if not answer["ok"]:
        info(f"eco: Odoo runs, but the demo scenario failed: {answer.get('error')}")
    return 0 if answer["ok"] else 1


def _print_addresses(place: Workplace, instance: instances.Instance, answer: dict) -> None:
    state = instance.state()
    lines = ["", f"Odoo          {instance.url}/odoo",
             f"  logins      {', '.join(settings.DEMO_LOGINS)}, admin (each password equals its login)"]
    if state.get("sandbox"):
        lines.append(f"Platform      http://127.0.0.1:{state['sandbox_port']} (a stand-in: nothing it issues is valid)")
    if answer["ok"]:
        lines += [f"Certificate   {answer['certificate_no']} for invoice {answer['invoice']}"]
        lines += [f"  {entry['product']}: {entry['verdict']} {entry['criterion'] or ''}".rstrip()
                  for entry in answer["verdicts"]]
        lines += [f"  QR page     {answer['verify_url']}", f"  form        {instance.url}/eco"]
    lines += [f"Logs          {instance.folder}", f"Version       Odoo {place.odoo.version}",
              "Stop it       ./eco stop", ""]
    print("\n".join(lines), flush=True)


def stop(*, everywhere: bool, name: str | None) -> int:
    """Stop this checkout's instances, or all, or one, and the database server if nobody needs it."""
    make_cache()
    running = [instance for instance in _chosen(everywhere, name) if instance.living()]
    for instance in running:
        instances.stop(instance)
        info(f"· Stopped {instance.name}.")
    if not running:
        info("· No demo was running.")
    if postgres.foreign():
        info("· The database server is yours: left alone.")
    elif postgres.stop_if_unused():
        info("· The database server is stopped.")
    else:
        info("· The database server stays up: another run uses it.")
    return 0


def _chosen(everywhere: bool, name: str | None) -> list[instances.Instance]:
    if everywhere and name:
        raise CommandError("--all and --instance exclude each other: leave one away.")
    if name:
        return [instance for instance in (instances.of_checkout(name),) if instance.folder.is_dir()]
    return instances.all_instances(everywhere=everywhere)


def clean(*, everywhere: bool, name: str | None) -> int:
    """Remove the instances of this checkout, or one, or with `everywhere` the whole cache."""
    make_cache()
    found = _chosen(everywhere, name)
    if everywhere:
        return _clean_cache(found)
    if not found:
        info("· This checkout has no demo.")
        return 0
    instances.clean(found, postgres.get_server())
    release_all()
    if not postgres.foreign():
        postgres.stop_if_unused()
    return 0


def _clean_cache(found: list[instances.Instance]) -> int:
    """Remove the cache folder, and on a server of the user's own our databases, once no other run is at work."""
    with contextlib.ExitStack() as stack:
        for job in setup.JOBS:
            stack.enter_context(locked(job.lock, job.what))
        stack.enter_context(locked("templates", "the template database"))
        for instance in found:
            instances.stop(instance)
        if postgres.foreign():
            _drop_own(postgres.get_server(), found)
        elif not postgres.stop_if_unused():
            raise CommandError("Another run uses the database server: wait for its end, then run "
                               "./eco clean --all again.")
        with step(f"Removing {CACHE}"):
            remove(CACHE)
    info(f"· Removed {CACHE}.")
    return 0


def _drop_own(server: postgres.Server, found: list[instances.Instance]) -> None:
    """On a server of the user's own: the databases that this cache knows, none besides."""
    ours = tuple(f"{prefix}{cache_key()}_" for prefix in template.PREFIXES)
    known = {instance.database for instance in found}
    for name in server.databases():
        if name in known or name.startswith(ours):
            server.drop(name)
