"""A mail server of real sockets: it keeps what it takes, and refuses whom a test says."""

import contextlib
import email
import email.policy
import socketserver
import threading


class _Conversation(socketserver.StreamRequestHandler):
    """One connection, in as much of RFC 5321 as a sender of mail needs."""

    def handle(self):
        self._answer("220 mail.test")
        sender, recipients = "", []
        for line in self.rfile:
            word, argument = line.decode("ascii").strip().partition(":")[::2]
            command = word.split(" ")[0].upper()
            if command in ("HELO", "EHLO", "RSET", "NOOP"):
                self._answer("250 mail.test")
            elif command == "MAIL":
                sender, recipients = argument.split(" ")[0], []
                self._answer("250 OK")
            elif command == "RCPT":
                self._recipient(argument.strip(" <>"), recipients)
            elif command == "DATA":
                self._answer("354 go on")
                self.server.taken.append((sender, recipients, self._message()))
                self._answer("250 OK")
            elif command == "QUIT":
                self._answer("221 bye")
                return
            else:
                self._answer("502 not here")

    def _recipient(self, address, recipients):
        if address in self.server.refused:
            self._answer("550 5.1.1 no such mailbox here")
            return
        recipients.append(address)
        self._answer("250 OK")

    def _message(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)

    def _answer(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`taken` holds (sender, recipients, message) of what came; `refused` the addresses that it does not know."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken, self.refused = [], set()
        self.port = self.server_address[1]


@contextlib.contextmanager
def serving():
    """A mail server, until the end of the block."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
