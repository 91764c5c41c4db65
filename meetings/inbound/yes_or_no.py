"""Does a person's mail say yes or no? Its first line, when it says nothing else; what it quotes is not theirs."""

import re
from dataclasses import dataclass

from communities.folding import fold
from meetings.models import Choice

# Thanks and good wishes around the word change nothing; any other word makes it a sentence, for a person to read.
POLITE = (
    r"(?:bonjour|bonsoir|hello|hi|merci|thanks|thank you|madame|monsieur|avec plaisir|bien sur|volontiers|d accord)"
)
SAID = {
    Choice.YES: r"(?:oui|yes|ok|je viens|je viendrai|je serai present|je serai presente|i am coming|i will come)",
    Choice.NO: r"(?:non|no|je ne viens pas|je ne viendrai pas|i am not coming|i will not come)",
    Choice.MAYBE: r"(?:peut etre|maybe|perhaps)",
}
LINES = [(choice, re.compile(rf"(?:{POLITE} )*{words}(?: {POLITE})*")) for choice, words in SAID.items()]
GREETING = re.compile(rf"(?:{POLITE} ?)+")
QUOTED = re.compile(
    r"^\s*(?:>|-{2,}\s*(?:original|message|forwarded)|_{5,}|on .{4,200} wrote\s*:|le .{4,200} a écrit\s*:|"
    r"de\s*:|from\s*:|-- ?$|envoyé (?:de|depuis|à partir)|sent from|get outlook|télécharg)",
    re.IGNORECASE,
)
COURTESY = re.compile(rf"(?:cordialement|bien cordialement|a bientot|bonne journee|best regards|regards|{POLITE})")
SHORT_NAME = 40


@dataclass(frozen=True)
class OwnWords:
    """A choice if the first line is one, and whether the mail says more than that, for a person to read."""

    choice: Choice | None
    says_more: bool


def read(text: str, *, name: str) -> OwnWords:
    """`name` is the writer's, who may sign with it."""
    lines = own_lines(text)
    while lines and GREETING.fullmatch(bare(lines[0])):
        lines = lines[1:]
    if not lines:
        return OwnWords(None, says_more=False)
    choice = next((choice for choice, words in LINES if words.fullmatch(bare(lines[0]))), None)
    rest = [line for line in lines[1:] if not is_a_farewell(line, name)]
    return OwnWords(choice, says_more=choice is None or bool(rest))


def own_lines(text: str) -> list[str]:
    """What they wrote above what they quote or sign with."""
    lines = []
    for line in text[:20_000].split("\n"):
        if QUOTED.match(line[:400]):
            break
        if line.strip():
            lines.append(line.strip()[:400])
    return lines


def bare(line: str) -> str:
    """ "Oui, merci !" and "oui merci" are one line."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(line)).split())


def is_a_farewell(line: str, name: str) -> bool:
    said = set(bare(line).split())
    signs = len(line) <= SHORT_NAME and bool(said & set(bare(name).split()))
    return not said or signs or bool(COURTESY.fullmatch(bare(line)))
