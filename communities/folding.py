"""How a French word is found without its accents, and sorted as a reader expects."""

import re
import unicodedata

from django.db.models import Func, TextField


def fold(text: str) -> str:
    """Lower case without accents: “Végétalisation” becomes “vegetalisation”. PostgreSQL's French stemmer keeps them."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()


def words(text: str) -> str:
    """The folded words, a space between them. In the C locale PostgreSQL takes ’ or « for letters of a word."""
    return " ".join(re.findall(r"\w+", fold(text)))


class Folded(Func):
    """The same as `fold`, said by PostgreSQL: for generated columns, so it may only call immutable functions."""

    template = (
        "lower(regexp_replace(normalize(replace(replace(%(expressions)s, 'œ', 'oe'), 'Œ', 'OE'), NFKD),"
        " '[\\u0300-\\u036F]', '', 'g'))"
    )
    arity = 1
    output_field = TextField()


class FoldedWords(Func):
    """Folded text, only its words kept, as `words` says them."""

    template = "regexp_replace(" + Folded.template + ", '[^a-z0-9]+', ' ', 'g')"
    arity = 1
    output_field = TextField()


class Joined(Func):
    """Texts one after the other, a space between them."""

    template = "(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = TextField()


class Digits(Func):
    """Only the digits of a telephone number."""

    template = "regexp_replace(%(expressions)s, '\\D', '', 'g')"
    arity = 1
    output_field = TextField()
