"""The commands of ./eco, their options, and what they print."""

import argparse
import os
import signal
import time

from tools import checks, demo, docs, doctor, release, texts
from tools.console import CommandError, info

HELP = """\
RCEP electronic certificates of origin for Odoo 19: try it, test it.

  ./eco demo       set everything up, start Odoo with the demo firm and the stand-in
                   platform, obtain one certificate, print addresses and logins
  ./eco stop       stop what ./eco demo left running
  ./eco test       run every test of the daily run; with --long those before a release too
  ./eco lint       check the sources
  ./eco i18n       export the catalogues of texts for translators
  ./eco docs       build the documentation as a site
  ./eco release    make archives for an app store
  ./eco origin     decide cases of origin given as JSON
  ./eco bench      measure speed
  ./eco faults     let everything break at random, then reconcile both sides
  ./eco mes        let a simulated MES report production badly, then compare both books
  ./eco doctor     show what is there, where, and what is missing
  ./eco bundle     make one archive with which all this runs without a network
  ./eco clean      remove the demo of this checkout; with --all everything that was downloaded too
"""
EPILOG = """\
The first run downloads Odoo, Python packages and a PostgreSQL server into a cache folder
(as root /var/cache/rcep-eco, else ~/.cache/rcep-eco) and takes some minutes; later runs take
seconds. Nothing else on the machine changes, except Debian packages when run as root.

environment:
  ECO_CACHE=DIR     the cache folder
  ECO_PG=URL        a PostgreSQL 13 or newer of your own, e.g. postgresql://odoo:secret@localhost:5432;
                    its user may create databases and is not called postgres (same as --pg)
  ECO_PYPI=URL      a mirror of PyPI, ECO_DEBIAN=URL one of Debian, ECO_NPM=URL one of npm; by default
                    what the machine itself is set up for
  ECO_BUNDLE=DIR    the folder packages of an unpacked bundle (by default the one beside the checkout)
  ODOO_SOURCE=DIR   an Odoo 19 checkout (with the folders odoo and addons) instead of Debian's package
"""


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(prog="./eco", description=HELP, epilog=EPILOG,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--pg", metavar="URL", help="a PostgreSQL server of your own, see ECO_PG below")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, title="more about one of them",
                                  help="./eco COMMAND --help lists its options")

    show = commands.add_parser("demo", description="Set up, start, obtain a certificate, leave it running.")
    show.add_argument("--check", action="store_true",
                      help="walk the scenario, stop what was started, print one JSON line last")
    show.add_argument("--keep", action="store_true", help="with --check: leave it running")
    show.add_argument("--port", type=int, help="Odoo's port (default: 8069, or the next free one)")
    show.add_argument("--sandbox-port", type=int,
                      help="the stand-in platform's port (default: 8169, or the next free one)")
    show.add_argument("--instance", default="demo", metavar="NAME", help="a demo beside the usual one")
    show.set_defaults(run=run_demo)

    test = commands.add_parser("test", description="Run the tests, all or some.",
                               epilog="Other options go to pytest as they are.")
    test.add_argument("paths", nargs="*", help="files or folders (default: everything)")
    test.add_argument("-k", metavar="EXPR", help="only tests whose names match")
    test.add_argument("--long", action="store_true", help="also what takes an hour: anyone's Odoo, upgrades, faults at "
                      "full size; before each release")
    test.set_defaults(run=run_tests)

    lint = commands.add_parser("lint", description="Check the sources: Python, Odoo add-ons, shell, Dockerfiles, YAML.")
    lint.add_argument("names", nargs="*", metavar="CHECK", help="only these, as ruff or readme (default: all)")
    lint.add_argument("--fix", action="store_true", help="mend what can be mended; generate READMEs anew")
    lint.set_defaults(run=run_lint)

    for name, work, text in (("stop", run_stop, "Stop what runs for this checkout."),
                             ("clean", run_clean, "Remove the demo of this checkout with its database.")):
        command = commands.add_parser(name, description=text)
        command.add_argument("--all", action="store_true",
                             help="for every checkout" + ("; remove the whole cache" if name == "clean" else ""))
        command.add_argument("--instance", metavar="NAME", help="only this demo of this checkout")
        command.set_defaults(run=work)

    origin = commands.add_parser("origin", description="Decide cases of origin: JSON in, one verdict a line out. The "
                                 "form is described in docs/origin.md.")
    origin.add_argument("cases", metavar="CASES.json", help="one case or a list of cases; - for standard input")
    origin.set_defaults(run=run_origin)

    bench = commands.add_parser("bench", description="Measure speed, as ratios within one run.")
    bench.add_argument("what", choices=["engine", "catalogue", "submit", "drift", "page"],
                       help="the origin engine; a whole catalogue in Odoo; applications on their way to the platform; "
                            "certificates after one price; the public page")
    bench.add_argument("--scale", type=int, action="append", metavar="N",
                       help="catalogue: N times 64,000 lines (default: 1, 4 and 16); may be repeated")
    bench.add_argument("--failing", type=int, action="append", metavar="PERCENT",
                       help="catalogue: per cent of the goods that fail (default: 0, 30 and 100); may be repeated")
    bench.add_argument("--json", action="store_true", help="figures for programs")
    bench.set_defaults(run=run_bench)

    chaos = commands.add_parser("faults", description="Real Odoo, real stand-in platform: processes are killed and "
                                "calls fail at random while certificates are made; at the end both sides must agree. "
                                "Interrupted, the same command goes on where it was.")
    chaos.add_argument("--profile", choices=("ccpit-json-1", "gacc-xml-2022"), default="ccpit-json-1",
                       help="of the link: by calls, or by files (default: ccpit-json-1)")
    chaos.add_argument("--seed", type=int, default=1, metavar="N", help="what is drawn at random (default: 1)")
    chaos.add_argument("--kills", type=int, default=200, metavar="N", help="processes killed (default: 200)")
    chaos.add_argument("--certificates", type=int, default=500, metavar="N", help="certificates made (default: 500)")
    chaos.add_argument("--keep", action="store_true", help="keep database and logs of a run that ended well, too")
    chaos.add_argument("--crash-server", action="store_true", help="end the private PostgreSQL server itself, under "
                       "everybody who uses it; else only the connections of this run's database end")
    chaos.set_defaults(run=run_faults)

    _add_mes(commands)

    for name, work, text in (
        ("i18n", run_i18n, "Export each add-on's template for translators (i18n/*.pot) from the sources of now."),
        ("docs", run_docs, "Build the documentation as one site into site/; a link or anchor that leads nowhere fails "
                           "it."),
        ("release", run_release, "Make one archive for each add-on and one of all in dist/, from what is committed; "
                                 "print their SHA-256."),
        ("bundle", run_bundle, "Make one archive, in dist/, with this checkout and all packages that demo, tests and "
                               "lint need, for machines without a network."),
        ("doctor", run_doctor, "Show what is there and what is missing; change nothing."),
    ):
        commands.add_parser(name, description=text).set_defaults(run=work)
    return top


def _add_mes(commands: argparse._SubParsersAction) -> None:
    floor = commands.add_parser("mes", description="A simulated MES hands in production reports of many orders at a "
                                "real Odoo: in disorder, again, two at once, over connections that are cut, corrected "
                                "late; at the end both books must agree. Then one report of very many items is timed.")
    floor.add_argument("--seed", type=int, default=1, metavar="N", help="what is drawn at random (default: 1)")
    floor.add_argument("--orders", type=int, default=1000, metavar="N", help="production orders (default: 1000)")
    floor.add_argument("--messages", type=int, default=10_000, metavar="N", help="messages sent (default: 10000)")
    floor.add_argument("--items", type=int, default=10_000, metavar="N", help="items of the one large report (default: "
                       "10000); 0: none")
    floor.add_argument("--book", action="store_true", help="have the reports booked: orders are closed and stock moves "
                       "as they say, and the stock books must agree as well; with --items 0")
    floor.add_argument("--keep", action="store_true", help="keep the database and the log")
    floor.add_argument("--json", action="store_true", help="figures for programs")
    floor.set_defaults(run=run_mes)


def main(arguments: list[str]) -> int:
    """Run one command; an error becomes one sentence."""
    options, rest = parser().parse_known_args(arguments)
    if rest and options.command != "test":
        parser().error(f"unknown option {' '.join(rest)}")
    options.rest = rest
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # SIGTERM interrupts as Ctrl-C does
    if options.pg:
        os.environ["ECO_PG"] = options.pg
    try:
        return options.run(options)
    except CommandError as error:
        info(f"eco: {error}")
        return 1
    except KeyboardInterrupt:
        info("eco: interrupted. Run the same command again to go on; ./eco stop ends what runs in the background.")
        return 130


def run_demo(options: argparse.Namespace) -> int:
    """`./eco demo`."""
    return demo.demo(options, time.monotonic())


def run_tests(options: argparse.Namespace) -> int:
    """`./eco test`."""
    return checks.test(options.paths, options.k, options.rest, long=options.long)


def run_lint(options: argparse.Namespace) -> int:
    """`./eco lint`."""
    return checks.lint(options.names, fix=options.fix)


def run_i18n(_options: argparse.Namespace) -> int:
    """`./eco i18n`."""
    return texts.export()


def run_docs(_options: argparse.Namespace) -> int:
    """`./eco docs`."""
    return docs.docs()


def run_release(_options: argparse.Namespace) -> int:
    """`./eco release`."""
    return release.release()


def run_origin(options: argparse.Namespace) -> int:
    """`./eco origin`."""
    from tools import origin  # noqa: PLC0415  (it loads the engine, which no other command needs)

    return origin.answer_file(options.cases)


def run_bench(options: argparse.Namespace) -> int:
    """`./eco bench`."""
    from tools import bench, bench_catalogue, bench_drift, bench_page, bench_submit  # noqa: PLC0415  (they load the engine, which no other command needs)

    if options.what == "engine":
        return bench.engine(as_json=options.json)
    if options.what == "drift":
        return bench_drift.drift(as_json=options.json)
    if options.what == "submit":
        return bench_submit.submit(as_json=options.json)
    if options.what == "page":
        return bench_page.page(as_json=options.json)
    return bench_catalogue.catalogue(
        as_json=options.json,
        scales=tuple(options.scale or bench_catalogue.SCALES),
        failing=tuple(options.failing or bench_catalogue.FAILING),
    )


def run_faults(options: argparse.Namespace) -> int:
    """`./eco faults`."""
    from tools.faults import command  # noqa: PLC0415  (no other command needs it)

    return command.faults(options.profile, options.seed, options.kills, options.certificates, keep=options.keep,
                        whole=options.crash_server)


def run_mes(options: argparse.Namespace) -> int:
    """`./eco mes`."""
    from tools.mes import command  # noqa: PLC0415  (no other command needs it)

    told = ("seed", "orders", "messages", "items", "book", "keep", "json")
    return command.mes({name: getattr(options, name) for name in told})


def run_stop(options: argparse.Namespace) -> int:
    """`./eco stop`."""
    return demo.stop(everywhere=options.all, name=options.instance)


def run_clean(options: argparse.Namespace) -> int:
    """`./eco clean`."""
    return demo.clean(everywhere=options.all, name=options.instance)


def run_bundle(_options: argparse.Namespace) -> int:
    """`./eco bundle`."""
    from tools import bundle  # noqa: PLC0415  (no other command needs it)

    return bundle.bundle()


def run_doctor(_options: argparse.Namespace) -> int:
    """`./eco doctor`."""
    return doctor.examine()
