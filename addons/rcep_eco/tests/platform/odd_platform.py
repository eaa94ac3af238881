"""Loads the odd profile as if its file lay in ``link/profiles/``, and plays its platform over real sockets."""

import base64
import contextlib
import datetime as dt
import http.server
import importlib.util
import itertools
import json
import pathlib
import sys
import threading

FILE = pathlib.Path(__file__).with_name("odd_profile.py")
PDF = b"%PDF-1.7 odd\n%%EOF"


def load(profiles):
    """The odd profile's module, as one of the package ``profiles``."""
    name = f"{profiles.__name__}.odd_profile"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, FILE)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


class OddPlatform:
    """Takes filings and applications, and does with each what a test says; `operations` are those of every call."""

    def __init__(self, odd, secret: str):
        self.odd, self.secret = odd, secret
        self.filings, self.applications, self.news, self.operations = {}, {}, [], []
        self._numbers = itertools.count(1)
        self.silent = 0  # calls whose answer is lost after the work was done

    def answer(self, headers, body):
        """The answer to one request, as an object, or None where the connection breaks."""
        if self.odd.mac(self.secret, headers["X-Stamp"] or "", body) != headers["X-Mac"]:
            return {"ret": "E1", "tip": "who are you"}
        data = json.loads(body)
        self.operations.append(data["op"])
        result = getattr(self, f"_{data['op'].lower()}")(data["who"], data["what"])
        if self.silent:
            self.silent -= 1
            return None
        return result if "ret" in result else {"ret": "0", "res": result}

    def move(self, client_ref, state, **facts):
        """Change an application and tell it in the news."""
        existing = self.applications[client_ref]
        existing |= {"zt": state, "n": existing["n"] + 1, "t": self._now(), **facts}
        self.news.append({**existing, "nid": f"N{next(self._numbers)}"})
        return existing

    def issue(self, client_ref):
        """Give it a number."""
        number = f"ODD/{next(self._numbers)}"
        return self.move(client_ref, 40, zsid=f"Z{number[4:]}", zsh=number, qfsj=self._now())

    def _now(self):
        return dt.datetime.now(dt.timezone.utc).strftime(self.odd.MOMENT)

    def _ba(self, who, what):
        self.filings[who["client_ref"]] = {"id": who["client_ref"], "zt": 1, "body": what}
        return self._bacx(who, None)

    def _bacx(self, who, _what):
        existing = self.filings.get(who["client_ref"])
        return {key: existing[key] for key in ("id", "zt")} if existing else {"ret": "E4", "tip": "no such thing"}

    def _sq(self, who, what):
        reference, revision = who["client_ref"], what[1]
        existing = self.applications.get(reference)
        if existing and existing["ver"] == revision:
            return {**existing, "again": "Y"}
        if "KOREA" in what[3]["SPXX"][0]["MT"]:
            return {"ret": "E6", "tip": "no", "errs": [{"at": "SPXX#1#MT", "tip": "MADE IN KOREA"}]}
        self.applications.setdefault(reference, {"id": reference, "n": 0})["ver"] = revision
        return self.move(reference, 10, errs=[])

    def _sqcx(self, who, _what):
        return self.applications.get(who["client_ref"]) or {"ret": "E4", "tip": "no such thing"}

    def _ch(self, who, _what):
        return self.move(who["client_ref"], 60)

    def _zx(self, who, _what):
        (reference,) = (each["id"] for each in self.applications.values() if each.get("zsid") == who["certificate_id"])
        return self.move(reference, 70)

    def _xx(self, who, _what):
        after = int(who["after"] or 0)
        return {"list": self.news[after:], "upto": str(len(self.news)), "more": "N"}

    def _wj(self, _who, _what):
        return {"pdf": base64.b64encode(PDF).decode()}

    def _yz(self, who, _what):
        return {"url": f"https://odd.example/{who['certificate_id']}"}


@contextlib.contextmanager
def running(platform: OddPlatform):
    """Have it listen on this machine; gives its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            answer = platform.answer(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
            if answer is None:
                return  # the connection ends without a word
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
