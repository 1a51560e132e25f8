"""The one place that knows LaTeX: its accents, letters and escapes as plain text, in one pass over the value."""

import re
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

CONTEXT = get_default_latex_context_db()
DECODER = LatexNodes2Text(latex_context=CONTEXT, math_mode="text")
PIECE = re.compile(
    r"""
    \\href\s*\{[^{}]*\}                                             # its text follows
    | \\['`"^~=.]\s*(?:\{\\?[A-Za-z]{1,2}\s*\}|\\[ij](?![A-Za-z])|[A-Za-z])  # \'e \'{e} \'{\i}
    | \\[uvHcdbrkt](?:\s*\{\\?[A-Za-z]{1,2}\s*\}|\s+[A-Za-z](?![A-Za-z])|\s*\\[ij](?![A-Za-z]))  # \v{c} \c c
    | \\(?P<command>[A-Za-z]+)\*?\s*(?:\{\s*\})?                    # \ss \textbackslash{} \emph
    | \\(?P<escaped>[^A-Za-z])                                      # \& \{
    | \$(?P<math>[^$]{0,300})\$
    | ---? | `` | '' | ~ | [{}]
    """,
    re.VERBOSE | re.DOTALL,
)
DIRECT = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " ", "{": "", "}": ""}
# Where the decoder gives a look-alike.
OURS = {"textasciicircum": "^"}
NOTHING = "-/*!()[]@"
SPACE = ",;: \\\n\t"
# In addresses only what BibTeX files escape although nothing there needs it.
ADDRESS = re.compile(
    r"\\(?:textasciitilde|string~|~)\s*(?:\{\s*\})?|\$\\sim\$|\\url(?![A-Za-z])|\\(?P<escaped>[_%&#$~{}])|[{}]"
)


def latex_text(raw: str) -> tuple[str, list[str]]:
    """(plain text, the commands that are not known and whose names were therefore left out)."""
    unknown: list[str] = []

    def plain(piece: re.Match[str]) -> str:
        command, escaped, math = piece["command"], piece["escaped"], piece["math"]
        if command and not is_known(command):
            unknown.append(f"\\{command}")
        if command:
            return OURS.get(command) or symbol(f"\\{command}{{}}")
        if escaped:
            return "" if escaped in NOTHING else " " if escaped in SPACE else escaped
        if math is not None:
            return symbol(piece[0])
        return DIRECT[piece[0]] if piece[0] in DIRECT else "" if piece[0].startswith(r"\href") else symbol(piece[0])

    return PIECE.sub(plain, raw), unknown


def latex_address(raw: str) -> str:
    """An address is not LaTeX: only escapes and braces go."""

    def plain(piece: re.Match[str]) -> str:
        if piece["escaped"]:
            return piece["escaped"]
        return "~" if "~" in piece[0] or "textasciitilde" in piece[0] or "sim" in piece[0] else ""

    return ADDRESS.sub(plain, raw).strip()


@lru_cache(maxsize=4096)
def is_known(command: str) -> bool:
    return CONTEXT.get_macro_spec(command) is not None


@lru_cache(maxsize=4096)
def symbol(piece: str) -> str:
    """What one short piece of LaTeX stands for; nothing where it only says how its argument looks."""
    try:
        return str(DECODER.latex_to_text(piece))
    except RecursionError:
        return ""
