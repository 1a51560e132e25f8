"""What lists find publications by, for those that were loaded before there were lists.

How it is made is a copy that stays as it was; a change of the code that makes it comes with a migration of its own.
"""

import re
import unicodedata

import snowballstemmer
from django.db import migrations

AT_ONCE = 1000
LONGEST_PART = 64
LONGEST_JOINED = 40
POSSESSIVE = re.compile(r"(?<=\w)['’ʼ]s?(?!\w)")
WORD = re.compile(r"[^\W_]+(?:[-‐.&+'’_][^\W_]+)*")
PART = re.compile(r"[^\W_]+")
LETTERS_AND_NUMBER = re.compile(r"([a-z]{2,})([0-9]+)|([0-9]+)([a-z]{2,})")
IRREGULAR = {"analyses": "analysis", "buses": "bus", "busses": "bus", "gases": "gas", "programme": "program"}
AMERICAN = (
    (re.compile(r"(?<=[a-z]{3})(?<![cv])is(e|ed|es|er|ers|ing|ation|ations|ational)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{3})ys(e|ed|er|ers|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{3})our(s|ed|ing|al|able|hood|hoods)?$"), r"or\1"),
    (re.compile(r"^(cent|fib|lit|theat|(?:kilo|milli|centi)?met)re(s)?$"), r"\1er\2"),
    (re.compile(r"^programmes$"), "programs"),
    (re.compile(r"^(def|lic|off)enc(e|es|ed|ing)$"), r"\1ens\2"),
)
SPELLED_OUT = str.maketrans(
    {
        **{"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"},
        **{"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i"},
    }
)
english = snowballstemmer.stemmer("english").stemWord


def fill(apps, schema_editor):
    model = apps.get_model("literature", "Publication")
    publications = model.objects.only("pk", "title", "author_keywords", "index_keywords").order_by("pk")
    last = 0
    while rows := list(publications.filter(pk__gt=last)[:AT_ONCE]):
        for one in rows:
            one.title_tokens = title_tokens(one.title)
            one.keyword_keys = keyword_keys([*one.author_keywords, *one.index_keywords])
        model.objects.bulk_update(rows, ["title_tokens", "keyword_keys"])
        last = rows[-1].pk


def title_tokens(title):
    """The stems of its words, compounds apart and joined, each between blanks."""
    text = unicodedata.normalize("NFKD", title.translate(SPELLED_OUT)).lower()
    text = "".join(character for character in text if not unicodedata.category(character).startswith("M"))
    words = [parts_of(word) for word in WORD.findall(POSSESSIVE.sub("", text))]
    return surrounded((stem(part) for word in words for part in (*word, *joined(word))), " ")


def parts_of(word):
    parts = []
    for part in PART.findall(word):
        if not part.isascii():
            part = "".join(char if char.isascii() else f"u{ord(char):05x}" for char in part)
        mixed = LETTERS_AND_NUMBER.fullmatch(part)
        parts += filter(None, mixed.groups()) if mixed else [part]
    return [part[:LONGEST_PART] for part in parts]


def joined(word):
    whole = "".join(word)
    return word if len(word) == 1 or whole.isdigit() or len(whole) > LONGEST_JOINED else [whole]


def stem(part):
    if not part.isalpha():
        return part
    part = IRREGULAR.get(part, part)
    for pattern, replacement in AMERICAN:
        part = pattern.sub(replacement, part)
    return english(part)


def keyword_keys(words):
    """The folded words, each between line breaks."""
    return surrounded((" ".join((folded(word).strip() or word.casefold()).split()) for word in words), "\n")


def folded(text):
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(SPELLED_OUT))
    return decomposed.encode("ascii", "ignore").decode("ascii").lower()


def surrounded(pieces, mark):
    text = mark.join(dict.fromkeys(pieces))
    return f"{mark}{text}{mark}" if text else ""


class Migration(migrations.Migration):

    dependencies = [("literature", "0006_lists_of_publications")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
