"""How does someone ask to be told, without account or password? They ask, a letter comes, its button confirms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from . import consent, links, membership, preferences, residents, wordings
from .belonging import asking
from .folding import fold
from .models import Channel, Community, Neighbourhood, Origin, Resident, SignUp, Topic
from .post import mailings
from .scopes import subjects_of

PURPOSE = "confirm-sign-up"
LETTER_KIND = "confirm-sign-up"
GOOD_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Wish:
    """What someone would like to be told of; `joins` also makes them a member of the communities.

    A closed community is asked instead, in their `words`.
    """

    communities: Sequence[Community] = ()
    neighbourhoods: Sequence[Neighbourhood] = ()
    whole_town: bool = False
    joins: bool = True
    wording: str = wordings.SIGN_UP
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.communities or self.neighbourhoods or self.whole_town)


@transaction.atomic
def ask(*, email: str, name: str, wish: Wish, now: datetime) -> SignUp:
    """Note the wish and send the one letter whose button confirms it; the same whether the address is known or not."""
    resident = residents.find_or_create(email=email, name=name, now=now)
    sign_up = note(resident=resident, name=name, wish=wish, now=now)
    mailings.post_one(
        kind=LETTER_KIND, key=str(sign_up.pk), title=_("Please confirm your sign-up"), resident=resident, now=now
    )
    return sign_up


def note(*, resident: Resident, name: str, wish: Wish, now: datetime) -> SignUp:
    """Keep a wish that waits for its button; nothing is allowed yet, and no letter leaves from here."""
    sign_up = SignUp.objects.create(
        resident=resident,
        given_name=residents.tidy_name(name),
        whole_town=wish.whole_town,
        joins=wish.joins,
        wording=wish.wording,
        words=wish.words,
        created_at=now,
    )
    sign_up.communities.set(wish.communities)
    sign_up.neighbourhoods.set(wish.neighbourhoods)
    return sign_up


def token_of(sign_up: SignUp) -> str:
    return links.sign(PURPOSE, sign_up.pk)


def find(*, token: str, now: datetime) -> SignUp | None:
    """The wish behind a letter's button; None when the link is forged, truncated, or older than thirty days."""
    sign_ups = SignUp.objects.select_related("resident").filter(
        pk=links.read(PURPOSE, token) or 0, created_at__gt=now - GOOD_FOR, resident__erased_at__isnull=True
    )
    return sign_ups.first()


def scopes_asked(sign_up: SignUp) -> list[str]:
    return consent.scopes_of(
        communities=sign_up.communities.all(),
        neighbourhoods=sign_up.neighbourhoods.all(),
        whole_town=sign_up.whole_town,
    )


def called(sign_up: SignUp) -> str:
    """The name to greet with: our own for an address once proven, until then the one they gave."""
    return sign_up.resident.name if sign_up.resident.confirmed_at else sign_up.given_name or sign_up.resident.name


def subjects(sign_up: SignUp) -> list[str]:
    """What the person would be told of, by name."""
    return sorted(subjects_of(scopes_asked(sign_up)).values(), key=fold)


def to_ask(sign_up: SignUp) -> list[Community]:
    """The closed communities that the button asks; whoever comes with a file was chosen by the town hall."""
    if not sign_up.joins or sign_up.resident_import_id:
        return []
    return list(sign_up.communities.filter(is_closed=True).exclude(members=sign_up.resident_id))


def enter(sign_up: SignUp, community: Community, *, now: datetime) -> None:
    if sign_up.resident_import_id:
        membership.join(community=community, resident=sign_up.resident, now=now)
        return
    name = sign_up.given_name or sign_up.resident.name
    asking.enter(community=community, resident=sign_up.resident, name=name, words=sign_up.words, now=now)


@transaction.atomic
def confirm(*, sign_up: SignUp, now: datetime) -> None:
    """The button was pressed: the address is proven, the wishes hold. Pressing twice does no more."""
    if not SignUp.objects.filter(pk=sign_up.pk, confirmed_at__isnull=True).update(confirmed_at=now):
        return
    residents.confirm(resident=sign_up.resident, name=sign_up.given_name, now=now)
    for community in sign_up.communities.all() if sign_up.joins else ():
        enter(sign_up, community, now=now)
    consent.grant(
        resident=sign_up.resident,
        scopes=scopes_asked(sign_up),
        channel=Channel.EMAIL,
        wording=sign_up.wording,
        origin=Origin.MAIL,
        proof=f"sign-up {sign_up.pk}, {sign_up.created_at.isoformat(timespec='seconds')}",
        now=now,
    )
    residents.prefer(resident=sign_up.resident, channel=Channel.EMAIL)
    preferences.hear(resident=sign_up.resident, topics=Topic)  # whoever asks to be told wants the letters that tell
    sign_up.refresh_from_db(fields=["confirmed_at"])
