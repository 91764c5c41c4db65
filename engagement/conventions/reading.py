"""Who may read all of a convention, names and signatures? Each whom a letter told of it, while it concerns them."""

from django.conf import settings
from django.urls import reverse

from communities.models import Delivery, Mailing
from engagement import telling
from engagement.ideas import own_links
from engagement.models import Convention, Passage, Stage
from engagement.models.convention import ConventionQuerySet

from . import announcing

PURPOSE = "read-convention"
LETTER_KINDS = (
    *(announcing.SIGNED_LETTER, announcing.NOTICE_LETTER, announcing.ENDED_LETTER),
    telling.LETTER_KIND,
)


def token_of(delivery: Delivery) -> str:
    """What the link of one letter carries, for the address that its reader has now."""
    before = delivery.resident.addresses_before if delivery.resident else 0
    return own_links.sign(PURPOSE, delivery.pk, count=before)


def url_of(delivery: Delivery) -> str:
    """Where whoever gets this letter reads it."""
    return settings.SITE_URL + reverse("engagement:read_convention", args=[token_of(delivery)])


def find(*, token: str) -> Convention | None:
    """What both sides signed, for one of its readers; None for a link that is forged, was sent to an earlier address,
    or to somebody who does not carry the project any more, was erased, or no longer speaks for the commune.
    """
    pk, before = own_links.read(PURPOSE, token)
    letters = Delivery.objects.filter(pk=pk, mailing__kind__in=LETTER_KINDS).select_related("resident", "mailing")
    letter = letters.first()
    convention = told_of(letter.mailing) if letter else None
    return convention if letter and convention and is_theirs(letter, convention, before=before) else None


def is_theirs(letter: Delivery, convention: Convention, *, before: int) -> bool:
    if letter.resident is None:
        return letter.test_address.lower() in telling.addresses_of(convention.project)
    return letter.resident.addresses_before == before and letter.resident in telling.holders_of(convention.project)


def told_of(mailing: Mailing) -> Convention | None:
    """The convention that a letter is about, once both sides have signed it."""
    held = Convention.objects.held().select_related("project__officer", "amends")
    if mailing.kind == announcing.NOTICE_LETTER:
        return held.filter(notices__pk=mailing.key).first()
    if mailing.kind == telling.LETTER_KIND:
        passage = Passage.objects.filter(pk=mailing.key).select_related("project").first()
        return signed_with(passage, among=held) if passage else None
    return held.filter(pk=mailing.key).first()


def signed_with(passage: Passage, *, among: ConventionQuerySet | None = None) -> Convention | None:
    """The convention whose signing made a project pass; None for any other passage."""
    if passage.to != Stage.SIGNED:
        return None
    held = Convention.objects.held() if among is None else among
    signed = held.first_ones().filter(project=passage.project_id, signed_at__lte=passage.passed_at)
    return signed.order_by("-signed_at", "-pk").first()
