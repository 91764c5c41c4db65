"""How do both sides sign the frozen text? Each once, on paper or on screen; when both have, it is signed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from engagement import kept_files, passing, permissions, telling
from engagement.models import (
    Convention,
    ConventionState,
    Project,
    Side,
    Signature,
    SignatureMeans,
    Stage,
)
from engagement.refusals import Refusal, refuse_unless
from engagement.uploads.cleaning import CleanFile

from . import amending, announcing, freezing, saying


class SignedAlready(Refusal):
    """This side's hand is under it."""

    MESSAGE = gettext_lazy("This side has signed already.")


class NotThatDay(Refusal):
    """A paper is signed once the text is frozen, and before it is noted."""

    MESSAGE = gettext_lazy("A signature bears a day between the one when the text was put out for signature and today.")


class TwoOfASide(Refusal):
    """Each side has one hand under it."""

    MESSAGE = gettext_lazy("One person signs for each side: please write one name a side.")


class NoName(Refusal):
    """Somebody signs."""

    MESSAGE = gettext_lazy("Please write the name of the person who signs.")


class ProjectIsOver(Refusal):
    """What nobody will do any more is not signed."""

    MESSAGE = gettext_lazy("This project is over: its convention can no longer be signed.")


@dataclass(frozen=True)
class Hand:
    """Who signed for a side."""

    side: Side
    name: str
    quality: str = ""


@transaction.atomic
def on_paper(
    *, convention: Convention, hands: Sequence[Hand], signed_on: dt.date, scan: CleanFile, by: User, now: dt.datetime
) -> list[Signature]:
    """Note who signed a sheet by hand, with its scan: one side, or both. When both have signed, it is signed.

    Raises MayNot, freezing.NotProposed, SignedAlready, NoName, TwoOfASide, NotThatDay, ProjectIsOver, or
    amending.NothingToAmend.
    """
    refuse_unless(permissions.may_take_signatures(by))
    if not hands:
        raise NoName
    if len({hand.side for hand in hands}) < len(hands):
        raise TwoOfASide
    for hand in hands:
        locked = lock_to_sign(convention, side=hand.side, name=hand.name)
    if not timezone.localdate(locked.proposed_at) <= signed_on <= timezone.localdate(now):
        raise NotThatDay
    sheet = kept_files.keep(file=scan, now=now)
    signatures = [
        Signature.objects.create(
            convention=locked,
            side=hand.side,
            name=hand.name.strip(),
            quality=hand.quality.strip(),
            means=SignatureMeans.PAPER,
            signed_on=signed_on,
            noted_at=now,
            noted_by=by,
            sha256=locked.sha256,
            scan=sheet,
        )
        for hand in hands
    ]
    sides = [str(hand.side) for hand in hands]
    log(convention, "engagement.convention.signature", user=by, data={"sides": sides, "means": "paper"})
    complete(locked, actors=[passing.Actor(user=by)], now=now)
    convention.refresh_from_db()
    return signatures


def lock_to_sign(convention: Convention, *, side: Side, name: str) -> Convention:
    """The convention, waiting for this side's signature, until the transaction ends; and the one that it amends, which
    nobody ends meanwhile.
    """
    locked = freezing.lock(convention)
    if locked.signatures.filter(side=side).exists():
        raise SignedAlready
    if not locked.is_proposed:
        raise freezing.NotProposed
    if locked.amends and not freezing.lock(locked.amends).is_signed:
        raise amending.NothingToAmend
    if locked.project.is_over:
        raise ProjectIsOver
    if not name.strip():
        raise NoName
    return locked


def complete(locked: Convention, *, actors: Sequence[passing.Actor], now: dt.datetime) -> None:
    """Once both hands are under it: it is signed, it has a last day, its project passes, both sides are told."""
    signatures = list(locked.signatures.select_related("resident", "noted_by"))
    if {signature.side for signature in signatures} != set(Side.values):
        return
    last_day = saying.terms_of_convention(locked).last_day
    freezing.put(locked, state=ConventionState.SIGNED, signed_at=now, ends_on=last_day)
    log(locked, "engagement.convention.signed", user=next((actor.user for actor in actors if actor.user), None))
    hands = [passing.Actor(user=each.noted_by, resident=each.resident) for each in signatures]
    passed = pass_on(locked.project, actors=[*actors, *hands], now=now)
    announcing.tell_signed(convention=locked, holders_know=passed, now=now)


def pass_on(project: Project, *, actors: Iterable[passing.Actor], now: dt.datetime) -> bool:
    """Let a project whose convention was being written pass, by the first of these who may; says whether it did.

    One that stands elsewhere already (an amendment, a convention renewed) stays there.
    """
    if project.stage != Stage.DRAFTING:
        return False
    may = [actor for actor in actors if passing.is_allowed(project, Stage.SIGNED, by=actor)]
    by = may[0] if may else passing.Actor()
    passing.to(thing=project, stage=Stage.SIGNED, by=by, now=now)
    return bool(telling.holders_of(project))
