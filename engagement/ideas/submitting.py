"""How does an idea reach the town hall? Sent, then confirmed by the button of a letter; or typed in at the desk."""

import datetime as dt
from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import residents
from communities.models import Resident
from engagement import passing
from engagement.models import HolderKind, Idea, IdeaStage, Scheme
from engagement.refusals import Refusal

from . import drafting, own_links, writing_once

PURPOSE = "confirm-idea"
LETTER_KIND = "confirm-idea"

ASKED_FOR: dict[str, str | Promise] = {
    "title": gettext_lazy("Please give your idea a title: a few words are enough."),
    "what": gettext_lazy("Please say what your idea is."),
    "commits": gettext_lazy("Please say what you would do yourselves: a fifty-fifty is built by both halves."),
    "organisation": gettext_lazy("Please give the name of your group, association or school."),
    "of_age": gettext_lazy("Before 15, ask an adult or your school to send the idea with you: they tick this box."),
}


class Unfinished(Refusal):
    """Something is missing; `missing` says for each column what to do."""

    MESSAGE = gettext_lazy("Something is still missing.")

    def __init__(self, missing: Mapping[str, str]) -> None:
        super().__init__(" ".join(missing.values()))
        self.missing = missing


class Paused(Refusal):
    """The town takes no new ideas for a while."""

    MESSAGE = gettext_lazy("The town takes no new ideas for now. Your draft is kept: send it when it does again.")


class SentTooOften(Refusal):
    """The links of its letters count up to own_links.FEW sendings: one more, and the button of the first, perhaps sent
    to somebody else, would work again.
    """

    MESSAGE = gettext_lazy("This draft was sent too many times: please begin a new one.")


def missing(idea: Idea) -> dict[str, str]:
    """For each column without which nobody could answer, what to do; empty when it can be sent."""
    lacks = {
        "title": not idea.title.strip(),
        "what": not idea.what.strip(),
        "commits": not idea.commits.strip(),
        "organisation": idea.kind in HolderKind.with_a_name() and not idea.organisation.strip(),
        "of_age": not idea.of_age and idea.kind != HolderKind.SCHOOL,
    }
    return {column: str(ASKED_FOR[column]) for column, lacking in lacks.items() if lacking}


@transaction.atomic
def send(*, idea: Idea, email: str = "", now: dt.datetime) -> None:
    """The draft is done: post the one letter whose button lets the town hall receive it, to `email` if that is new.

    Raises drafting.AlreadySent, Paused, SentTooOften or Unfinished; then nothing has changed.
    """
    drafting.refuse_sent(idea)
    idea.refresh_from_db()
    if not Scheme.load().takes_ideas:
        raise Paused
    if idea.times_sent + 1 >= own_links.FEW:
        raise SentTooOften
    if lacking := missing(idea):
        raise Unfinished(lacking)
    drafting.put_address_right(idea=idea, email=email, now=now)
    idea.sent_at, idea.times_sent = now, idea.times_sent + 1
    idea.save(update_fields=["sent_at", "times_sent"])
    post_letter(idea=idea, anew=True, now=now)


@transaction.atomic
def send_again(*, idea: Idea, now: dt.datetime) -> None:
    """The letter did not come: the same once more, ten minutes after the last one at the soonest."""
    locked = waiting(idea)
    if locked is not None:
        post_letter(idea=locked, anew=False, now=now)


@transaction.atomic
def take_back(*, idea: Idea) -> None:
    """Back to a draft that can be changed; the button of the letter that left does nothing any more."""
    if waiting(idea) is not None:
        Idea.objects.filter(pk=idea.pk).update(sent_at=None)
        idea.sent_at = None


def waiting(idea: Idea) -> Idea | None:
    """Its row, locked, while it waits for the button."""
    sent = Idea.objects.select_for_update(of=("self",)).filter(stage=IdeaStage.DRAFT, sent_at__isnull=False)
    return sent.select_related("resident").filter(pk=idea.pk).first()


def post_letter(*, idea: Idea, anew: bool, now: dt.datetime) -> None:
    writing_once.write(
        kind=LETTER_KIND,
        key=idea.pk,
        title=_("Confirm your idea: %(title)s") % {"title": idea},
        resident=idea.resident,
        anew=anew,
        now=now,
    )


def token_of(idea: Idea) -> str:
    """For the button of the letter of its last sending, to the address its resident has now."""
    return own_links.sign(PURPOSE, idea.pk, count=sending(idea))


def sending(idea: Idea) -> int:
    """Which sending, to which of their addresses."""
    return own_links.both(idea.times_sent, idea.resident.addresses_before)


def find(*, token: str) -> Idea | None:
    """The idea behind the button; None when the link is forged, or the idea was taken back or sent anew since."""
    pk, count = own_links.read(PURPOSE, token)
    known = Idea.objects.select_related("resident", "neighbourhood")
    idea = known.filter(pk=pk, sent_at__isnull=False, resident__erased_at__isnull=True).first()
    return idea if idea and sending(idea) == count else None


@transaction.atomic
def confirm(*, idea: Idea, now: dt.datetime) -> None:
    """The button was pressed: the address is proven, the idea received. Pressing twice does no more, and neither does
    a button whose idea was sent anew meanwhile, perhaps to another address.
    """
    locked = waiting(idea)
    if locked is None or (locked.resident_id, sending(locked)) != (idea.resident_id, sending(idea)):
        return
    residents.confirm(resident=locked.resident, name=locked.given_name, now=now)
    receive(idea=idea, by=passing.Actor(resident=locked.resident), now=now)


@transaction.atomic
def type_in(*, fields: Mapping[str, object], resident: Resident, by: User, now: dt.datetime) -> Idea:
    """An idea that someone told at the desk: received at once, acknowledged by e-mail, on paper or by telephone.

    `fields` are columns of Idea. Raises Unfinished, or passing.NotTheirs when `by` may not examine ideas.
    """
    told = {"of_age": True, "given_name": resident.name[:80], **fields}
    idea = Idea(resident=resident, typed_in_by=by, created_at=now, **told)
    if lacking := missing(idea):
        raise Unfinished(lacking)
    idea.save(force_insert=True)
    receive(idea=idea, by=passing.Actor(user=by), now=now)
    return idea


def receive(*, idea: Idea, by: passing.Actor, now: dt.datetime) -> None:
    """From this moment the town owes an answer, by a date it says at once."""
    days = dt.timedelta(days=Scheme.load().answer_days)
    passing.to(
        thing=idea,
        stage=IdeaStage.RECEIVED,
        by=by,
        now=now,
        received_at=now,
        answer_due_on=timezone.localdate(now) + days,
    )
