"""What of a mail may its other reader see? Its words, without what it quotes, addresses, and a signature's numbers.

A telephone number typed in a sentence is its writer's choice, and stays.
"""

import re

from communities import links
from communities.folding import fold
from communities.inbound.decoding import ADDRESS
from communities.models import Resident
from meetings.inbound.yes_or_no import QUOTED

LONGEST = 5000
HIDDEN = "…"
ANNOUNCED = re.compile(r"^\s*(?:le|on)\b[^\n]{4,300}(?:\n[^\n]{0,300}){0,2}?(?:a\s+écrit|wrote)\s*:\s*$", re.I | re.M)
NUMBER = re.compile(r"(?:\+|\b)\d(?:[\s.\-/()\u00a0\u202f]{0,2}\d){7,14}\b")
A_WORD = re.compile(r"[^\W\d_]{2,}")
SHORT, OF_AN_END = 5, 8


def of_mail(text: str, *, writer: Resident) -> str:
    """What they wrote themselves; empty when nothing is left."""
    lines = own_lines(text[:50_000])
    begins = signature_in(lines, writer)
    body, signed = lines[:begins], [without_contacts(line) for line in lines[begins:]]
    kept = "\n".join([*body, *(line for line in signed if line is not None)])
    return masked(kept, writer=writer)


def masked(words: str, *, writer: Resident) -> str:
    """Without any e-mail address, token of a link, or the street we know: for words typed on a page too."""
    hidden = ADDRESS.sub(HIDDEN, links.without_tokens(words))
    for line in filter(None, [writer.street, f"{writer.postcode} {writer.city}".strip()]):
        hidden = re.sub(r"\s+".join(map(re.escape, line.split())), HIDDEN, hidden, flags=re.IGNORECASE)
    return re.sub(r"\n{3,}", "\n\n", hidden).strip()[:LONGEST]


def own_lines(text: str) -> list[str]:
    """Above what announces a quotation; quoted lines between their own are left out."""
    announced = ANNOUNCED.search(text)
    lines = (text[: announced.start()] if announced else text).rstrip().split("\n")
    own: list[str] = []
    for line in lines:
        quoted = QUOTED.match(line[:400])
        if quoted and not quoted[0].strip().startswith(">"):
            break
        if not quoted:
            own.append(line.rstrip())
    return own


def signature_in(lines: list[str], writer: Resident) -> int:
    """Where it begins: at a short line with their name, or at the numbers that end the mail; else behind all."""
    said = [at for at, line in enumerate(lines) if line.strip()][-OF_AN_END:]
    theirs = set(fold(f"{writer.name} {writer.second_name}").split())
    named = [at for at in said if len(A_WORD.findall(lines[at])) <= SHORT and theirs & set(bare(lines[at]).split())]
    if named:
        return named[0]
    begins = len(lines)
    for at in reversed(said):
        if not (NUMBER.search(lines[at]) and len(A_WORD.findall(lines[at])) <= 1):
            break
        begins = at
    return begins


def without_contacts(line: str) -> str | None:
    """A line of a signature without its numbers; None for one that was little else, or begins with a house's."""
    hidden = NUMBER.sub(HIDDEN, ADDRESS.sub(HIDDEN, line))
    is_bare = hidden != line and len(A_WORD.findall(hidden)) <= 1
    return None if is_bare or re.match(r"\s*\d", line) else hidden


def bare(line: str) -> str:
    return re.sub(r"[^a-z ]+", " ", fold(ADDRESS.sub(" ", line)))
