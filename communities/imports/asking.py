"""May the people of a file be told of meetings? Somebody answers for their consent, or each is asked once by letter."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from communities import consent, letters, residents, signing_up, wordings
from communities.models import Channel, ConsentEvent, Membership, Origin, Purpose, Resident, ResidentImport, SignUp
from communities.post import mailings
from communities.post.mailings import Addressee

Outcome = dict[str, int]


def scope_of(resident_import: ResidentImport) -> str:
    """What the people of a file are told of: its community's meetings, or every meeting of the town."""
    return consent.scope_of(resident_import.community) if resident_import.community else consent.TOWN


def channel_of(resident: Resident) -> str:
    return residents.natural_channel(email=resident.email, street=resident.street)


def last_words(people: Sequence[Resident], scope: str) -> dict[tuple[int, str], ConsentEvent]:
    """The last word of each about this scope, by resident and channel."""
    events = ConsentEvent.objects.filter(resident__in=people, scope=scope, purpose=Purpose.ANNOUNCEMENTS).last_words()
    return {(event.resident_id, event.channel): event for event in events}


def refusals(people: Sequence[Resident]) -> dict[tuple[int, str], date]:
    """The day of the latest no that still stands, whatever it was about, by resident and channel."""
    nos = ConsentEvent.objects.filter(resident__in=people, purpose=Purpose.ANNOUNCEMENTS).last_words()
    nos = nos.filter(granted=False).order_by("occurred_at")
    return {(no.resident_id, no.channel): timezone.localdate(no.occurred_at) for no in nos}


def take_their_word(*, people: Sequence[Resident], resident_import: ResidentImport, now: datetime) -> Outcome:
    """They hold what was stated and join the community; whoever withdrew since the stated date is left alone."""
    scope, since = scope_of(resident_import), resident_import.consent_date
    said = last_words(people, scope)
    words = [(resident, said.get((resident.pk, channel_of(resident)))) for resident in people]
    refused = refusals(people)
    left = {
        resident.pk
        for resident in people
        if since and refused.get((resident.pk, channel_of(resident)), date.min) >= since
    }
    granting = [resident for resident, word in words if resident.pk not in left and not (word and word.granted)]
    ConsentEvent.objects.bulk_create(
        [
            ConsentEvent(
                resident=resident,
                channel=channel_of(resident),
                scope=scope,
                granted=True,
                wording=wordings.IMPORTED,
                origin=Origin.IMPORT,
                proof=proof_of(resident_import),
                occurred_at=now,
            )
            for resident in granting
        ],
        batch_size=2_000,
    )
    join([resident for resident in people if resident.pk not in left], resident_import=resident_import, now=now)
    return {"consents": len(granting), "left_alone": len(left)}


def proof_of(resident_import: ResidentImport) -> str:
    """Where, when, by which paper, and which import: 255 characters of it."""
    facts = (resident_import.consent_origin, f"{resident_import.consent_date}", resident_import.consent_proof)
    return " · ".join((f"import {resident_import.pk}", *facts))[:255]


def join(people: Sequence[Resident], *, resident_import: ResidentImport, now: datetime) -> None:
    if resident_import.community:
        memberships = [
            Membership(community=resident_import.community, resident=resident, joined_at=now) for resident in people
        ]
        Membership.objects.bulk_create(memberships, ignore_conflicts=True, batch_size=2_000)


def ask_each(*, people: Sequence[Resident], resident_import: ResidentImport, now: datetime) -> Outcome:
    """One letter to each e-mail address asks; not to those who said yes, or no to anything, nor to those asked."""
    said = {*last_words(people, scope_of(resident_import)), *refusals(people)}
    waiting = set(
        SignUp.objects.filter(resident__in=people, confirmed_at__isnull=True).values_list("resident", flat=True)
    )
    asked = [
        resident
        for resident in people
        if resident.email and resident.pk not in waiting and (resident.pk, Channel.EMAIL) not in said
    ]
    note_wishes(asked, resident_import=resident_import, now=now)
    if asked:
        mailings.post(
            kind=signing_up.LETTER_KIND,
            key=letters.key_of(resident_import),
            title=_("May we write to you? (%(file)s)") % {"file": resident_import.file_name},
            addressees=[Addressee(resident.pk) for resident in asked],
            now=now,
            created_by=resident_import.uploaded_by,
        )
    reachable = sum(bool(resident.email) for resident in people)
    return {"asked": len(asked), "left_alone": reachable - len(asked), "without_email": len(people) - reachable}


def note_wishes(people: Sequence[Resident], *, resident_import: ResidentImport, now: datetime) -> None:
    """A wish for each, waiting for its button."""
    community = resident_import.community
    sign_ups = SignUp.objects.bulk_create(
        [
            SignUp(
                resident=resident,
                whole_town=community is None,
                resident_import=resident_import,
                wording=wordings.SIGN_UP,
                created_at=now,
            )
            for resident in people
        ],
        batch_size=2_000,
    )
    if community:
        wished = SignUp.communities.through
        wishes = [wished(signup=sign_up, community=community) for sign_up in sign_ups]
        wished._default_manager.bulk_create(wishes, batch_size=5_000)
