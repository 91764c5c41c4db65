"""What is kept of a mail server's words? All of them but the address, which is not for everyone who reads reasons."""

import re

HIDDEN = "…"
ANY_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:=]+@[^\s<>()\[\]\"',;:]+")


def without(*addresses: str, words: str) -> str:
    """The words, each of these addresses left out however it is written; they name who the letter was for anyway."""
    for address in filter(None, addresses):
        words = re.sub(re.escape(address), HIDDEN, words, flags=re.IGNORECASE)
    return words


def without_any(words: str) -> str:
    """The words without any e-mail address: a report may also name where a resident has their mail sent on to."""
    return ANY_ADDRESS.sub(HIDDEN, words)
