"""What goes to the printer for these letters? One sheet a household, in the order of the carrier's walk."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Delivery, Town
from communities.models.delivery import DeliveryQuerySet

from . import households, paper, press
from .kinds import letter_kinds
from .preparing import by_mailing_and_language
from .writing import logo_file


def letters(*, deliveries: DeliveryQuerySet, title: str, printed_at: datetime) -> bytes:
    """The PDF of these letters: the same letters, printed at the same moment, are the same bytes."""
    town = Town.load()
    sheets = of(deliveries=deliveries, town=town, printed_at=printed_at)
    return press.letters(sheets=sheets, head=letterhead(town), title=title, language=settings.LANGUAGE_CODE)


def labels(*, deliveries: DeliveryQuerySet, title: str) -> bytes:
    """The addresses of these letters, to stick on envelopes, in the order of the letters."""
    envelopes = households.sharing(listed(deliveries), reads=texts(listed(deliveries)))
    return press.labels(
        addresses=[address_of(household) for household in envelopes], title=title, language=settings.LANGUAGE_CODE
    )


def calls(*, rounds: Sequence[tuple[str, DeliveryQuerySet]], title: str, asks: bool) -> bytes:
    """The people to call: for each thing to say, a page that begins with it, and names in their order.

    Unless it `asks` something, there is only whether it was said to them, or to their answering machine.
    """
    answers = [_("yes"), _("no"), _("perhaps"), _("How many"), _("Lift")]
    headings = [_("Name"), _("Telephone"), *(answers if asks else [_("told"), _("message left")]), _("Note")]
    said = [press.Round(say=say.splitlines(), people=people_of(deliveries)) for say, deliveries in rounds]
    return press.calls(rounds=said, headings=headings, asks=asks, title=title, language=settings.LANGUAGE_CODE)


def people_of(deliveries: DeliveryQuerySet) -> list[tuple[str, str]]:
    return [
        (str(delivery.resident), typography.phone(delivery.resident.phone))
        for delivery in deliveries.select_related("resident").order_by("resident__folded", "pk")
        if delivery.resident
    ]


def listed(deliveries: DeliveryQuerySet) -> Sequence[Delivery]:
    return list(deliveries.select_related("resident", "mailing").order_by("pk"))


def of(*, deliveries: DeliveryQuerySet, town: Town, printed_at: datetime) -> list[press.Sheet]:
    """A number of queries that grows with the mailings and languages, not with the letters."""
    rows = listed(deliveries)
    reads = texts(rows)
    return [
        sheet(household, reads, town=town, printed_at=printed_at) for household in households.sharing(rows, reads=reads)
    ]


def texts(deliveries: Sequence[Delivery]) -> dict[int, paper.OnPaper]:
    """What each of them reads, in their language."""
    reads: dict[int, paper.OnPaper] = {}
    for (mailing, language), group in by_mailing_and_language(deliveries).items():
        with translation.override(language):
            reads |= letter_kinds[mailing.kind].on_paper(mailing=mailing, deliveries=group)
    return reads


def sheet(
    household: households.Household, reads: dict[int, paper.OnPaper], *, town: Town, printed_at: datetime
) -> press.Sheet:
    language, text = household[0].language, reads[household[0].pk]
    with translation.override(language):
        date = typography.day(printed_at, language=language, pattern="{d} MMMM y")
        slips = [slip for delivery in household if (slip := reads[delivery.pk].slip)]
        return press.Sheet(
            language=language,
            address=address_of(household),
            date=date,
            hello=_("Hello %(names)s,") % {"names": in_one_breath(households.names_of(household))},
            subject=text.subject,
            banner=text.banner,
            before=text.before,
            facts=text.facts,
            after=text.after,
            why=text.why,
            words=words(town) | (nothing_to_answer(town) if text.banner else {}),
            slips=tuple(printed_slip(slip) for slip in slips),
        )


def address_of(household: households.Household) -> tuple[str, ...]:
    """At most six lines (NF Z 10-011): the names, the street, the postcode and the town."""
    resident = household[0].resident
    where = resident.postal_address.splitlines() if resident else []
    return (*households.names_of(household), *where)


def in_one_breath(names: Sequence[str]) -> str:
    """Ada Terril, Basile Coron et Nora Chevalet."""
    *first, last = names
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def printed_slip(slip: paper.Slip) -> press.PrintedSlip:
    alt = _("A square to photograph with a telephone: it opens the page of the answer of %(name)s.") % {
        "name": slip.name
    }
    return press.PrintedSlip(name=slip.name, about=slip.about, code=slip.code, url=slip.url, alt=alt)


def words(town: Town) -> dict[str, str]:
    """What is printed around every letter, in the language in force."""
    return {
        "call": _("To answer, or if you have a question, call the town hall:")
        if town.phone
        else _("To answer, or if you have a question, come to the town hall."),
        "hours": _("Opening hours"),
        "slip": _("Or cut here, and bring or send this slip to the town hall:"),
        "yes": _("yes, I am coming"),
        "no": _("no"),
        "maybe": _("perhaps"),
        "how_many": _("People who come with me:"),
        "lift": _("I need a lift to get there"),
        "code": _("Code"),
        "online": _("Or answer online:"),
    }


def nothing_to_answer(town: Town) -> dict[str, str]:
    """Nobody answers what does not take place."""
    return {"call": _("A question? Call us:") if town.phone else _("A question? Come to the town hall.")}


def letterhead(town: Town) -> press.Letterhead:
    where = (town.street, f"{town.postcode} {town.city}".strip())
    return press.Letterhead(
        name=str(town),
        address=tuple(line for line in where if line),
        phone=typography.phone(town.phone),
        hours=tuple(
            typography.typeset(line, language=settings.LANGUAGE_CODE) for line in town.opening_hours.splitlines()
        ),
        logo=logo_file(town),
    )
