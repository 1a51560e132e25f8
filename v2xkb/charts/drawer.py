"""The process that draws: the engine it holds takes more memory than a web process may, and may fail without harm.

It says that it takes a spec, then answers it with a drawing, over a connection handed to it, and ends with the process
that started it, or when nobody has asked for long.
"""

import json
import sys
from multiprocessing.connection import Connection

import vl_convert

IDLE_SECONDS = 120
VEGA_LITE = "5.21"
PIXELS_PER_POINT = 2
NUMBER_LENGTH = 8
# What a reply says before the number of the question.
TAKEN, DRAWN, REFUSED = b"?", b"+", b"-"


def drawn(spec: str, form: str) -> bytes:
    """A Vega-Lite spec as SVG or PNG, or an SVG as PNG of its size; ValueError where it can't be drawn.

    Nothing is fetched.
    """
    if form == "pixels":
        return vl_convert.svg_to_png(spec, scale=1)
    if form == "svg":
        return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[]).encode()
    return vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, allowed_base_urls=[], scale=PIXELS_PER_POINT)


def answer(connection: Connection) -> None:
    while connection.poll(IDLE_SECONDS):
        asked = json.loads(connection.recv_bytes())
        number = asked["number"].to_bytes(NUMBER_LENGTH)
        connection.send_bytes(TAKEN + number)
        try:
            reply = DRAWN + number + drawn(asked["spec"], asked["format"])
        except ValueError as error:
            reply = REFUSED + number + str(error).encode()
        connection.send_bytes(reply)


if __name__ == "__main__":
    try:
        answer(Connection(int(sys.argv[1])))
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        sys.exit(0)
