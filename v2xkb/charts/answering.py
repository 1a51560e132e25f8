"""How a process apart answers the one that started it, question after question, over a connection handed to it."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection

IDLE_SECONDS = 120
NUMBER_LENGTH = 8
# What a reply says before the number of the question.
TAKEN, DONE, REFUSED, TOLD = b"?", b"+", b"-", b"~"


@dataclass(frozen=True)
class Talk:
    """What goes to and fro between a question and its answer."""

    connection: Connection
    number: bytes

    def parts(self) -> Iterator[bytes]:
        """What is handed over beside the question; an empty part is the last."""
        while part := self.connection.recv_bytes():
            yield part

    def tell(self, what: str, done: int, of: int) -> None:
        """Only after all parts: nobody listens before."""
        self.connection.send_bytes(TOLD + self.number + json.dumps([what, done, of]).encode())


Doing = Callable[[str, str, Talk], bytes]


def answer(connection: Connection, do: Doing) -> None:
    """Says that it takes a question (text, form), then what `do` makes of it, or why that cannot be done: ValueError.

    Ends with the process that asks, or when nobody has asked for long.
    """
    while connection.poll(IDLE_SECONDS):
        asked = json.loads(connection.recv_bytes())
        number = asked["number"].to_bytes(NUMBER_LENGTH)
        connection.send_bytes(TAKEN + number)
        try:
            reply = DONE + number + do(asked["spec"], asked["format"], Talk(connection, number))
        except ValueError as error:
            reply = REFUSED + number + str(error).encode()
        connection.send_bytes(reply)


def run(do: Doing) -> None:
    """The whole life of such a process; the number of its connection is its last argument."""
    try:
        answer(Connection(int(sys.argv[-1])), do)
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        sys.exit(0)
