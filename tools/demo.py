"""./eco demo, stop and clean: bring an instance up, walk the story, say what the user may do next."""

import argparse
import json
import time

from tools import instance as instances
from tools import postgres, settings, setup
from tools.locks import alone, unuse
from tools.odoo import Workplace
from tools.places import CACHE, make_cache
from tools.programs import remove
from tools.say import Trouble, say, step

ANSWER = ("ok", "invoice", "verdicts", "certificate_no", "verify_url", "verify_state", "seconds")


def demo(options: argparse.Namespace, began: float) -> int:
    """Set up, start, walk the story once."""
    if not options.check:
        return _open(options)
    place, instance, started = None, instances.of_checkout(options.instance), []
    answer: dict = {"ok": False}
    try:
        place = setup.get_workplace()
        started = instances.start(place, instance, options.port, options.sandbox_port)
        answer = instances.follow_story(place, instance)
    except Trouble as trouble:
        answer = {"ok": False, "error": str(trouble)}
    except KeyboardInterrupt:
        answer = {"ok": False, "error": "Interrupted."}
    finally:
        if not options.keep:
            _end(instance, started)
    answer["seconds"] = round(time.monotonic() - began, 1)
    ordered = {key: answer.get(key) for key in ANSWER} | {key: answer[key] for key in answer if key not in ANSWER}
    print(json.dumps(ordered, ensure_ascii=False), flush=True)
    return 0 if answer["ok"] else 1


def _end(instance: instances.Instance, started: list[str]) -> None:
    """Stop what this run started, also where it did not get to the end of starting."""
    if started or not instance.state().get("complete", True):
        instances.stop(instance, started or instances.PROGRAMS)
    unuse()
    if (CACHE / "pg").exists():
        postgres.stop_if_unused()


def _open(options: argparse.Namespace) -> int:
    """For a person: leave it running and say where."""
    place = setup.get_workplace()
    instance = instances.of_checkout(options.instance)
    instances.start(place, instance, options.port, options.sandbox_port)
    answer = instances.follow_story(place, instance)
    _print_addresses(place, instance, answer)
    if not answer["ok"]:
        say(f"eco: Odoo runs, but the story did not get to its end: {answer.get('error')}")
    return 0 if answer["ok"] else 1


def _print_addresses(place: Workplace, instance: instances.Instance, answer: dict) -> None:
    state = instance.state()
    lines = ["", f"Odoo          {instance.url}/odoo", f"  logins      {', '.join(settings.DEMO_LOGINS)}, admin (each password equals its login)"]
    if state.get("sandbox"):
        lines.append(f"Platform      http://127.0.0.1:{state['sandbox_port']} (a stand-in: nothing it issues is valid)")
    if answer["ok"]:
        lines += [f"Certificate   {answer['certificate_no']} for invoice {answer['invoice']}"]
        lines += [f"  {entry['product']}: {entry['verdict']} {entry['criterion'] or ''}".rstrip() for entry in answer["verdicts"]]
        lines += [f"  QR page     {answer['verify_url']}", f"  form        {instance.url}/eco"]
    lines += [f"Logs          {instance.folder}", f"Version       Odoo {place.odoo.version}", "Stop it       ./eco stop", ""]
    print("\n".join(lines), flush=True)


def stop(*, everywhere: bool) -> int:
    """Stop this checkout's instances, or all, and the database server if nobody needs it."""
    make_cache()
    running = [instance for instance in instances.all_instances(everywhere=everywhere) if instance.is_running()]
    for instance in running:
        instances.stop(instance)
        say(f"· Stopped {instance.name}.")
    if not running:
        say("· No demo was running.")
    if postgres.foreign():
        say("· The database server is yours: left alone.")
    elif postgres.stop_if_unused():
        say("· The database server is stopped.")
    else:
        say("· The database server stays up: another run uses it.")
    return 0


def clean(*, everywhere: bool) -> int:
    """Remove the instances of this checkout, or with `everywhere` the whole cache."""
    make_cache()
    found = instances.all_instances(everywhere=everywhere)
    private = not postgres.foreign()
    if everywhere:
        for instance in found:
            instances.stop(instance)
        if private and not postgres.stop_if_unused():
            raise Trouble("Another run uses the database server: wait for its end, then run ./eco clean --all again.")
        if not private:
            _drop_own(postgres.get_server())
        with alone("templates", "the template database"), step(f"Removing {CACHE}"):
            remove(CACHE)
        say(f"· Removed {CACHE}.")
        return 0
    server = postgres.get_server() if found else None
    instances.clean(found, server)
    if not found:
        say("· This checkout has no demo.")
    unuse()
    if found and private:
        postgres.stop_if_unused()
    return 0


def _drop_own(server: postgres.Server) -> None:
    """On a server of the user's own: our databases only."""
    for name in server.databases():
        if name.startswith("eco_"):
            server.drop(name)
