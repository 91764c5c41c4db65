"""How does a text become the one that both sides sign? Word for word, with its fingerprint and a code to find it by."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from engagement import passing, permissions
from engagement.models import Convention, ConventionState, Side, Stage
from engagement.refusals import Refusal, refuse_unless

from . import pricing, saying, versions
from .content import Content, Promised
from .saying import Said

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"
CODE_LENGTH = 10


class NotADraft(Refusal):
    """Only what is being written can be changed."""

    MESSAGE = gettext_lazy("This text is no longer a draft: it cannot be changed. Look at its page again.")


class Incomplete(Refusal):
    """What its articles speak of is not all written."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        words = _("Before it is signed, please write: %(missing)s.")
        super().__init__(words % {"missing": ", ".join(missing)})


class OneSided(Refusal):
    """Both sides bring something: that is what the fifty-fifty is."""

    MESSAGE = gettext_lazy("Each side commits to something: write at least one commitment of each before it is signed.")


class AlreadySigned(Refusal):
    """One side signed this very text."""

    MESSAGE = gettext_lazy("One side has signed this text already: it can no longer be taken back.")


class NotProposed(Refusal):
    """Only what is out for signature can be taken back or signed."""

    MESSAGE = gettext_lazy("This text is not waiting for signatures any more. Look at its page again.")


def text_of(said: Said) -> str:
    """The text that is signed: the same bytes for the same content, whatever the order of its rows."""
    parts = [heading_of(said), parties_of(said)]
    for number, article in enumerate(said.articles, start=1):
        parts.append(f"{_('Article')} {number} – {article['heading']}\n{article['text']}")
    parts += [promises_of(said, side) for side in (Side.COMMUNE, Side.RESIDENTS)]
    return "\n\n".join(parts) + "\n"


def heading_of(said: Said) -> str:
    words = {"number": said.number, "amends": said.amends}
    kind = _("Amendment no. %(number)s to convention no. %(amends)s") if said.amends else _("Convention no. %(number)s")
    return f"{kind % words}\n{said.title}"


def parties_of(said: Said) -> str:
    return "\n".join([_("Between"), *commune_of(said), _("and"), said.holder])


def commune_of(said: Said) -> list[str]:
    """Who signs on the commune's side, and by virtue of what."""
    by_virtue = _("by virtue of: %(deliberation)s") % {"deliberation": said.deliberation}
    return [said.commune, by_virtue] if said.deliberation else [said.commune]


def promises_of(said: Said, side: str) -> str:
    heading = _("Commitments of the commune") if side == Side.COMMUNE else _("Commitments of the residents")
    return "\n".join([heading, *(f"- {promise_of(each, language=said.language)}" for each in said.of_side(side))])


def promise_of(each: Promised, *, language: str) -> str:
    """One line: what, of which kind, and each figure with its name."""
    details = [
        saying.kind_named(each["kind"]),
        saying.how_much(each, language=language),
        each["value"] and _("worth %(value)s") % {"value": saying.worth(each, language=language)},
        each["due_on"] and _("at the latest on %(day)s") % {"day": saying.by_when(each, language=language)},
        each["who"] and _("by %(who)s") % {"who": each["who"]},
        each["replaced"] and _("in the place of “%(what)s”") % {"what": each["replaced"]},
    ]
    return " – ".join([each["what"], *(detail for detail in details if detail)])


def fingerprint_of(text: str) -> str:
    """SHA-256 (FIPS 180-4) of its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_code() -> str:
    """Ten characters that are easy to read aloud: no I or O, no 0 or 1; 45 bits."""
    return "".join(secrets.choice(LETTERS + DIGITS) for _place in range(CODE_LENGTH))


def tidy_code(typed: str) -> str:
    """A code as it is kept, however it was typed: KD4-7PW QX2M."""
    return "".join(character for character in typed.upper() if character.isalnum())[: CODE_LENGTH + 1]


def spaced(code: str) -> str:
    """Easier to read and to say: KD47P WQX2M."""
    half = CODE_LENGTH // 2
    return f"{code[:half]} {code[half:]}".strip()


@transaction.atomic
def propose(*, convention: Convention, by: User, now: dt.datetime) -> Convention:
    """Freeze the text of the draft as it stands now. Raises MayNot, NotADraft, Incomplete or OneSided."""
    refuse_unless(permissions.may_write_conventions(by))
    locked = lock(convention)
    if not locked.is_draft:
        raise NotADraft
    latest = versions.latest(locked)
    priced = pricing.priced(latest["commitments"], on=locked.starts_on)
    with translation.override(settings.LANGUAGE_CODE):
        words = saying.of(locked, {**latest, "commitments": priced}, language=settings.LANGUAGE_CODE)
        text = text_of(words)
    refuse_the_unready(words)
    if priced != latest["commitments"]:
        pricing.write(priced, convention=locked)
    filled: Content = {**latest, "filled": list(words.articles), "priced": priced}
    versions.write(
        convention=locked, content=filled, by=by, note=_("The text was frozen and put out for signature"), now=now
    )
    frozen = {"text": text, "sha256": fingerprint_of(text), "code": new_code(), "proposed_at": now}
    put(convention, state=ConventionState.PROPOSED, **frozen)
    log(convention, "engagement.convention.proposed", user=by, data={"sha256": frozen["sha256"]})
    return convention


def refuse_the_unready(words: Said) -> None:
    if words.missing:
        raise Incomplete(words.missing)
    if not words.amends and not all(words.of_side(side) for side in Side.values):
        raise OneSided


@transaction.atomic
def take_back(*, convention: Convention, by: User) -> Convention:
    """A draft again, while nobody signed; whoever was asked to sign finds that there is nothing to sign.

    Raises MayNot, NotProposed or AlreadySigned.
    """
    refuse_unless(permissions.may_write_conventions(by))
    refuse_the_signed(lock(convention))
    write_again(convention, by=by)
    return convention


def write_again(convention: Convention, *, by: User | None) -> None:
    """A draft once more, and nothing of it frozen. In the caller's transaction, locked, and signed by nobody."""
    convention.requests.all().delete()
    put(convention, state=ConventionState.DRAFT, text="", sha256="", code=None, proposed_at=None)
    latest = versions.latest(convention)
    if latest.get("priced", latest["commitments"]) != latest["commitments"]:
        pricing.write(latest["commitments"], convention=convention)
    log(convention, "engagement.convention.taken_back", user=by)


def refuse_the_signed(locked: Convention) -> None:
    if not locked.is_proposed:
        raise NotProposed
    if locked.signatures.exists():
        raise AlreadySigned


@transaction.atomic
def drop(*, convention: Convention, by: User, now: dt.datetime) -> Convention:
    """It will never be signed, by one side or by both: it is kept as it is, with a hand that is under it, and its
    project is where it was before somebody wrote it.

    Raises MayNot, or NotADraft once both signed.
    """
    refuse_unless(permissions.may_write_conventions(by))
    locked = lock(convention)
    if locked.is_proposed:
        convention.requests.all().delete()
    elif not locked.is_draft:
        raise NotADraft
    put(convention, state=ConventionState.DROPPED)
    log(convention, "engagement.convention.dropped", user=by)
    project = locked.project
    if project.stage == Stage.DRAFTING and not locked.is_amendment:
        passing.to(thing=project, stage=Stage.SUPPORTED, by=passing.Actor(user=by), now=now)
    return convention


def lock(convention: Convention) -> Convention:
    """Its row as it is now, until the transaction ends: what two people do at once, one does first."""
    found = Convention.objects.select_for_update(of=("self",)).select_related("project", "amends")
    return found.get(pk=convention.pk)


def put(convention: Convention, **changed: object) -> None:
    Convention.objects.filter(pk=convention.pk).update(**changed)
    for name, value in changed.items():
        setattr(convention, name, value)
