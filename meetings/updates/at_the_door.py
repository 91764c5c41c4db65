"""May a letter about a meeting still leave? What it tells must be what is published, and its reader concerned."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import Delivery, alike
from communities.models.delivery import DeliveryQuerySet
from communities.models.ready import Question, number, text, texts
from communities.post.kinds import NotNow
from meetings import announcing, facts
from meetings.models import Invitation, InvitationOrigin, MeetingPage

from . import changes, counting_on
from .changes import Standing

# What a mailing reads while it waits for what is published to be told, or to be again what it tells (see reconciling).
CALLED_OFF = gettext_lazy(
    "The meeting no longer takes place as it was announced: its residents are told so by themselves."
)
MOVED = gettext_lazy("The date or the place has changed: a letter with the new one takes the place of this one.")
ON_AGAIN = gettext_lazy("The meeting takes place after all: a letter that says so takes the place of this one.")
HELD_BECAUSE = (CALLED_OFF, MOVED, ON_AGAIN)


def owed(*, meeting: MeetingPage, deliveries: Sequence[Delivery] | DeliveryQuerySet) -> set[int]:
    """Deliveries (by pk) to those who count on the meeting: no consent, pause or cap keeps a change from them."""
    if isinstance(deliveries, DeliveryQuerySet):
        # Of fifty thousand just posted, few count on it yet.
        theirs = alike.one_of("resident", counting_on.residents(meeting=meeting))
        return set(deliveries.order_by().filter(theirs).values_list("pk", flat=True))
    asked = [delivery.resident_id for delivery in deliveries if delivery.resident_id]
    count_on_it = counting_on.residents(meeting=meeting, among=asked)
    return {delivery.pk for delivery in deliveries if delivery.resident_id in count_on_it}


def reasons(*, told: announcing.Told, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
    """Deliveries (by pk) that must not leave any more, and why. Raise NotNow when none may leave as it is."""
    if told.facts.ends_at < now:
        return {delivery.pk: _("The meeting is over.") for delivery in deliveries}
    replaced = dict.fromkeys(
        those_replaced(told.meeting, deliveries), _("A later letter about this meeting replaces it.")
    )
    left_out = dict.fromkeys(those_left_out(told, deliveries), _("The meeting no longer concerns them."))
    if len(left_out | replaced) < len(deliveries):
        hold_back(told)
    return left_out | replaced


def hold_back(told: announcing.Told) -> None:
    """Raise NotNow rather than tell an appointment that no longer holds; its reader still has to be told.

    A change may be a slip of the hand: the letters it held leave once it is put right.
    """
    said, before = facts.of(meeting=told.meeting, sequence=0), told.facts
    if changes.standing(said) is not changes.standing(before) or not told.meeting.live:
        on_again = changes.standing(said) is Standing.ON and told.meeting.live
        raise NotNow(str(ON_AGAIN if on_again else CALLED_OFF))
    if changes.standing(said) is Standing.ON and changes.appointment(said) != changes.appointment(before):
        raise NotNow(str(MOVED))


def those_replaced(meeting: MeetingPage, deliveries: Sequence[Delivery]) -> list[int]:
    """Those of these deliveries (by pk) whose resident has a later letter about the meeting."""
    asked = alike.listed(delivery.resident_id or 0 for delivery in deliveries)
    last: dict[int, int] = dict(LETTERS.ask(thread=announcing.thread_of(meeting), residents=asked))
    return [delivery.pk for delivery in deliveries if last.get(delivery.resident_id or 0, delivery.pk) != delivery.pk]


LETTERS = Question(
    lambda: (
        Delivery.objects.filter(alike.one_of("resident", text("residents")), thread=text("thread"))
        .order_by("order", "pk")
        .values_list("resident_id", "pk")
    ),
    of_many=True,
)


def those_left_out(told: announcing.Told, deliveries: Sequence[Delivery]) -> list[int]:
    """Those of these deliveries (by pk) whose resident the meeting does not concern any more, and who said nothing."""
    asked = alike.listed(delivery.resident_id or 0 for delivery in deliveries)
    silent = {who for (who,) in SILENT.ask(meeting=told.meeting.pk, residents=asked, scopes=told.scopes)}
    return [delivery.pk for delivery in deliveries if delivery.resident_id in silent]


SILENT = Question(
    lambda: (
        Invitation.objects.filter(
            alike.one_of("resident", text("residents")),
            meeting=number("meeting"),
            origin=InvitationOrigin.AUDIENCE,
            answers=None,
        )
        .exclude(because=[])
        .exclude(because__overlap=texts("scopes"))
        .order_by()
        .values_list("resident_id")
    ),
    of_many=True,
)


def is_true(told: announcing.Told) -> bool:
    """Whether a mailing that was held tells again what is published."""
    try:
        hold_back(told)
    except NotNow:
        return False
    return True


def held_reasons() -> Collection[str]:
    return [str(reason) for reason in HELD_BECAUSE]
