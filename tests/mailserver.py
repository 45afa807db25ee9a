"""A mail server for tests, on this machine only: it takes letters, refuses them, is silent, or goes away.

What it does with a letter is told by the address: `busy@` is refused for now, `gone@` for good, `silent@` is never
answered to when it is named, `mute@` never after its whole text, `dropped@` loses the line after its whole text,
`slow@` is taken, but the farewell is never answered. Everybody else's letters are taken.
"""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class Taken:
    """What the server has taken, by address, and whom it was told of."""

    letters: dict[str, list[Message]] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    port: int = 0


class _Conversation(socketserver.StreamRequestHandler):
    server: "_Server"

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def never_answer(self) -> None:
        self.rfile.read()

    def handle(self) -> None:
        taken, to = self.server.taken, ""
        self.say("220 test")
        for raw in self.rfile:
            word = raw.decode().strip()
            if word.upper().startswith("RCPT TO:"):
                to = word.partition("<")[2].partition(">")[0]
                taken.named.append(to)
                if to.startswith("silent@"):
                    return self.never_answer()
                self.say({"busy": "451 later", "gone": "550 nobody here"}.get(to.partition("@")[0], "250 ok"))
            elif word.upper() == "DATA":
                self.say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                taken.whole.append(to)
                if to.startswith("mute@"):
                    return self.never_answer()
                if to.startswith("dropped@"):
                    return None
                if to.startswith("full@"):
                    self.say("452 no room")
                    continue
                if to.startswith("spam@"):
                    self.say("554 not wanted")
                    continue
                taken.letters.setdefault(to, []).append(message_from_bytes(text))
                self.say("250 taken")
            elif word.upper() == "QUIT":
                if to.startswith("slow@"):
                    return self.never_answer()
                self.say("221 bye")
                return None
            else:
                self.say("250 ok")
        return None


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    taken: Taken


@contextmanager
def mail_server() -> Iterator[Taken]:
    """The server on a free port of the loopback, until the block ends."""
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.taken = Taken(port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.taken
        finally:
            server.shutdown()
            thread.join()
