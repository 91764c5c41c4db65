"""What does a text message hold? 160 characters of the telephone's own alphabet, or 306 in two parts (GSM 03.38)."""

ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWICE = frozenset("^{}\\[~]|€")
ONE_PART, TWO_PARTS = 160, 306
_WRITTEN = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u202f\u2009", " "),
        **dict.fromkeys("’‘", "'"),
        **dict.fromkeys("“”«»", '"'),
        **dict.fromkeys("–—", "-"),
        **dict(zip("çâêîôûëïÿÀÂÈÊËÎÏÔÙÛ", "caeioueiyAAEEEIIOUU", strict=True)),
        "…": "...",
        "œ": "oe",
        "Œ": "OE",
    }
)


def plain(text: str) -> str:
    """`text` in that alphabet: é and è stay, ê and ç lose what they cannot keep, anything else becomes a question mark.

    One character outside it would make the whole message a third as long.
    """
    written = text.replace("« ", "«").replace("«\u202f", "«").replace("\u202f»", "»").translate(_WRITTEN)
    return "".join(each if each in ALPHABET or each in TWICE else "?" for each in written)


def length(text: str) -> int:
    """In septets; a few characters count twice."""
    return len(text) + sum(each in TWICE for each in text)


def fitted(*, before: str = "", title: str, after: str) -> str:
    """One message of two parts at most: what is long is cut in the title, never in the date or the link."""
    before, title, after = plain(before), plain(title), plain(after)
    room = TWO_PARTS - length(before) - length(after)
    if length(title) > room:
        kept = title
        while kept and length(kept) > max(0, room - 3):
            kept = kept[:-1]
        title = f"{kept.rstrip()}..."
    return f"{before}{title}{after}"
