"""A tiny website of an exporter that takes pushes, answers as it is set to, and stores what it got."""

import contextlib
import http.server
import threading


@contextlib.contextmanager
def website(*statuses: int):
    """Answers the first pushes with these statuses, then 202; yields (address, received requests)."""
    received, answers = [], list(statuses)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.path, dict(self.headers.items()), body))
            self.send_response(answers.pop(0) if answers else 202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_parts):
            """Log nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/rcep/platform/v1/events", received
    finally:
        server.shutdown()
        server.server_close()
