"""Another's website: static pages with a strict policy, and a server in front of Odoo that looks at cookies."""

import http.client
import http.server
import threading

GONE = ("connection", "content-length", "cookie", "host", "keep-alive", "transfer-encoding")


class Served:
    """A small server at a port of its own, until :meth:`close`."""

    def __init__(self, answer):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                length = int(self.headers.get("Content-Length") or 0)
                status, headers, body = answer(self.command, self.path, self.headers, self.rfile.read(length))
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_OPTIONS = do_GET

            def log_message(self, *_args):
                """It says nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class Front(Served):
    """A reverse proxy as docs/any-website.md has it; it notes which requests came with a cookie.

    :param paths: beginnings of what it passes on; the rest is the main website's
    """

    def __init__(self, host, port, cookie, paths):
        self.seen, self.is_down = [], False
        self._to, self._cookie, self._paths = (host, port), cookie, paths
        super().__init__(self._pass_on)

    def _pass_on(self, verb, path, headers, body):
        self.seen.append((verb, path, headers.get("Cookie")))
        if self.is_down:
            return 502, [("Content-Type", "text/plain")], b"Bad gateway"
        if not path.startswith(self._paths):
            return 404, [("Content-Type", "text/plain")], b"The main website has no such page"
        passed = {name: value for name, value in headers.items() if name.lower() not in GONE}
        connection = http.client.HTTPConnection(*self._to, timeout=30)
        # A server under test answers nobody without its cookie: it is this server's, and no browser's.
        connection.request(verb, path, body or None, {**passed, "Host": headers["Host"], "Cookie": self._cookie()})
        reply = connection.getresponse()
        content = reply.read()
        kept = [(name, value) for name, value in reply.getheaders() if name.lower() not in GONE]
        connection.close()
        return reply.status, kept, content


class StaticSite(Served):
    """A static website, whose pages are ``{path: (policy, html)}``."""

    def __init__(self):
        self.pages = {}
        super().__init__(self._page)

    def _page(self, _verb, path, _headers, _body):
        policy, html = self.pages.get(path.partition("?")[0], ("default-src 'none'", ""))
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", policy)]
        return 200, headers, html.encode()
