"""What staff write to residents: whom it reaches, a test, and the one gesture that sends it, once."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from . import agenda, audience
from .models import Agenda, Mailing, Resident, Topic, Town, WrittenLetter
from .post import hours, mailings
from .scopes import TOWN, things_of

LETTER_KIND = "letter"


class CannotSend(Exception):
    """This letter cannot leave; `sentence` says why to whoever asked."""

    MESSAGE: str | Promise = ""

    @property
    def sentence(self) -> str:
        return str(self.MESSAGE)


class NoMailbox(CannotSend):
    """It would leave from an address that nobody reads."""

    MESSAGE = _(
        "Fill in the town hall's mailbox first, under “Settings”, “The town hall”: letters leave from it, and answers"
        " arrive there."
    )


class NothingSaid(CannotSend):
    """No text, and no meeting to list."""

    MESSAGE = _("The letter says nothing: write its text, or list meetings once some are published.")


class NobodyToTell(CannotSend):
    """No channel reaches anyone it is for."""

    MESSAGE = _("This letter reaches nobody: choose other communities or neighbourhoods.")


class AudienceChanged(CannotSend):
    """Not the people whose number someone saw before pressing Send."""

    MESSAGE = _("The number of people it reaches has changed since you looked: check the new figures, then send.")


class AlreadySent(CannotSend):
    """Somebody pressed Send before."""

    MESSAGE = _("This letter has already been sent.")


def consents_of(letter: WrittenLetter) -> list[str]:
    """The scopes any one of which allows it: those it is for; whoever follows the whole town agreed to each part."""
    return sorted({*letter.scopes, TOWN})


def concerned(*, letter: WrittenLetter, among: Collection[int] | None = None) -> dict[int, set[str]]:
    """Residents it is for, by pk, each with the scopes that say why: who belongs there, and who asked to be told."""
    communities, neighbourhoods = things_of(letter.scopes)
    found = audience.belonging(communities=communities, neighbourhoods=neighbourhoods, among=among)
    for (resident, _channel), scopes in audience.agreements(letter.scopes).items():
        if among is None or resident in among:
            found[resident] |= scopes
    if TOWN in letter.scopes:
        everyone = Resident.objects.known() if among is None else Resident.objects.filter(pk__in=among)
        for resident in everyone.values_list("pk", flat=True):
            found[resident].add(TOWN)
    return found


def readers(*, letter: WrittenLetter) -> audience.Audience:
    """Everyone it reaches, once each, and how many it does not, by reason; a fixed number of queries."""
    allowed = consents_of(letter)
    agreed = audience.agreements(allowed).keys()
    return audience.reached(concerned=concerned(letter=letter), scopes=allowed, agreed=agreed, topic=Topic.NEWS)


def dates_of(letter: WrittenLetter, *, since: datetime) -> list[agenda.Date]:
    """The meetings that it lists when it leaves at `since`."""
    if not letter.has_agenda:
        return []
    return agenda.between(scopes=letter.scopes, since=since, until=since + timedelta(days=letter.agenda_days))


def refuse_the_impossible(*, letter: WrittenLetter, now: datetime) -> None:
    """Raise AlreadySent, NoMailbox or NothingSaid."""
    if letter.is_sent:
        raise AlreadySent
    if not Town.load().email:
        raise NoMailbox
    if not strip_tags(letter.body).strip() and not dates_of(letter, since=now):
        raise NothingSaid


@transaction.atomic
def send(*, letter: WrittenLetter, by: User | None, now: datetime, expecting: int | None = None) -> Mailing:
    """Post it to everyone it reaches, under its lock, so that two people pressing Send send once; then it is frozen.

    `expecting` is the number of people that whoever pressed Send was shown. Raises CannotSend.
    """
    letter = WrittenLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    refuse_the_impossible(letter=letter, now=now)
    recipients = readers(letter=letter).recipients
    if not recipients:
        raise NobodyToTell
    if expecting not in (None, len(recipients)):
        raise AudienceChanged
    mailing = mailings.post(
        kind=LETTER_KIND,
        key=str(letter.pk),
        title=letter.subject,
        addressees=[mailings.Addressee(each.resident.pk, each.channel) for each in recipients],
        created_by=by,
        now=now,
    )
    letter.mailing = mailing
    letter.save(update_fields=["mailing"])
    return mailing


def leaving(*, now: datetime) -> datetime:
    """When the letters of whoever presses Send now will leave."""
    return hours.leaving(now, at_any_hour=False)


def send_test(*, letter: WrittenLetter, address: str, by: User | None, now: datetime) -> Mailing:
    """The letter as it would leave now, to a member of staff, by the same post; raises as `send` does."""
    refuse_the_impossible(letter=letter, now=now)
    title = str(_("Test: %(title)s") % {"title": letter.subject})
    return mailings.post_test(
        kind=LETTER_KIND, key=str(letter.pk), title=title, address=address, created_by=by, now=now
    )


def begin_agenda(*, by: User | None, now: datetime) -> WrittenLetter:
    """The month's agenda, as a draft nobody has saved yet: to everyone, its text and its meetings ready to change."""
    return WrittenLetter(
        subject=str(_("What is coming up in town")),
        body=str(_("<p>Here are the meetings of the coming month. All of them are open to you.</p>")),
        agenda_days=Agenda.MONTH,
        scopes=[TOWN],
        author=by,
        written_at=now,
    )
