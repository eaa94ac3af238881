"""The verifier as one page and as one file: what both hold, and which files of ours they are made of."""

import functools
import hashlib
import json

from markupsafe import Markup
from odoo.addons.rcep_eco.tools import public_words
from odoo.tools.misc import file_open

from .words import all_words

FOLDER = "/rcep_eco_website/static/src/verifier"
LIBRARY = "/web/static/lib/zxing-library/zxing-library.js"  # as Odoo ships it
CSS = f"{FOLDER}/verifier.css"
SCRIPTS = (f"{FOLDER}/code.js", "/rcep_eco/static/src/qr/picture.js", f"{FOLDER}/verifier.js")
ADDRESS = "/eco/verify"
WORKER = f"{ADDRESS}/worker.js"
# Without these the page does not work; the worker keeps them.
LISTS = f"{ADDRESS}/lists.json"
SHELL = (ADDRESS, CSS, *SCRIPTS, LIBRARY, LISTS, "/.well-known/rcep-eco/jwks.json", f"{ADDRESS}/manifest.webmanifest")


def values(base, keys, names, lists, day):
    """What the template is given for the page.

    :param base: address of the exporter's site
    :param keys: its published keys, as JWK
    :param names: ``{credit code: name}`` of the firms whose keys these are
    :param lists: ``{credit code: signed list}`` of what was cancelled or replaced
    :param day: of the keys
    """
    words = all_words()
    return {
        "words": words["en"],
        "languages": public_words.links(public_words.ENGLISH),
        "shell": {"css": CSS, "scripts": SCRIPTS},
        "inline": None,
        "sha256": "",
        "data": _json(
            {"words": words, "tags": public_words.TAGS, "other_names": public_words.OTHER_NAMES, "base": base,
             "keys": keys, "keys_on": day, "names": names, "lists": lists, "library": LIBRARY, "worker": WORKER}
        ),
    }  # fmt: skip


def as_one_file(page):
    """The same for one file that needs nothing else: no worker, and the library inside."""
    data = json.loads(page["data"])
    scripts = [_script(path) for path in (LIBRARY, *SCRIPTS)]
    return {
        **page,
        "inline": {"css": Markup(_text(CSS)), "scripts": scripts},  # noqa: S704  our own file
        "data": _json({**data, "worker": "", "library": ""}),
    }


def worker():
    """The service worker, which keeps the shell of this version."""
    version = hashlib.sha256("".join(map(_text, (CSS, *SCRIPTS))).encode()).hexdigest()[:16]
    text = _text(f"{FOLDER}/worker.js")
    text = text.replace('/*cache*/ ""', json.dumps(f"rcep-verifier-{version}"))
    return text.replace("/*shell*/ []", json.dumps(SHELL))


@functools.cache
def _text(path):
    with file_open(path.lstrip("/"), "r") as stream:
        return stream.read()


def _script(path):
    return Markup(_text(path).replace("</script", "<\\/script"))  # noqa: S704  our own file, or Odoo's


def _json(value):
    """JSON that stands inside a script element."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704  nothing ends the element
