"""Who gets a certificate of what they built? Contributors, as soon as they ask; the others, when somebody says so."""

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import residents
from communities.models import Mailing, Membership, Resident
from communities.post import mailings
from communities.retention import activity
from communities.retention.rules import Reach
from engagement import permissions
from engagement.ideas import own_links
from engagement.models import CertificateRequest, IdeaSupport, Project, Teammate
from engagement.refusals import Refusal, refuse_unless
from engagement.volunteering.thanking import hours

PURPOSE = "certificate"
LETTER_KIND = "certificate"
QUIET = dt.timedelta(minutes=10)


class Settled(Refusal):
    """Someone at the town hall decided before."""

    MESSAGE = gettext_lazy("Somebody has already answered this request.")


def token_of(certificate: CertificateRequest) -> str:
    """For the address its bearer has now."""
    return own_links.sign(PURPOSE, certificate.pk, count=certificate.resident.addresses_before)


def find(*, token: str) -> CertificateRequest | None:
    """The granted certificate behind a letter's link; None when the link is forged, or was sent to an earlier address,
    or its holder was erased.
    """
    pk, before = own_links.read(PURPOSE, token)
    granted = CertificateRequest.objects.granted().select_related("project__page", "resident")
    return granted.filter(pk=pk, resident__addresses_before=before, resident__erased_at__isnull=True).first()


@transaction.atomic
def ask(*, project: Project, name: str, email: str, now: dt.datetime) -> CertificateRequest:
    """Write the wish down. A contributor gets a letter with the link at once; for the others, it stands on the desk.

    Whoever asks reads the same answer, so that nobody learns who contributed. Asking again sends the letter again, not
    sooner than ten minutes later; the name first given stays, until its bearer changes it behind the link.
    """
    resident = residents.find_or_create(email=email, name=name, now=now)
    certificate, _is_new = CertificateRequest.objects.select_for_update(of=("self",)).get_or_create(
        project=project, resident=resident, defaults={"given_name": name, "asked_at": now}
    )
    if certificate.left_at is not None:
        certificate.left_at, certificate.by, certificate.asked_at = None, None, now
    if certificate.is_waiting and took_part(project=project, resident=resident):
        certificate.granted_at = now
    certificate.save()
    if certificate.is_granted:
        post_letter(certificate=certificate, now=now)
    return certificate


def took_part(*, project: Project, resident: Resident) -> bool:
    """In its team, in its community, said “I am in” when it was an idea, or gave hours on a work day."""
    supports = IdeaSupport.objects.filter(idea=project.idea_id, joins=True, confirmed_at__isnull=False)
    return (
        Teammate.objects.filter(project=project, resident=resident).exists()
        or Membership.objects.filter(community=project.community_id, resident=resident).exists()
        or supports.filter(resident=resident).exists()
        or hours.on_project(resident=resident, project=project) > 0
    )


@transaction.atomic
def take(*, project: Project, resident: Resident, now: dt.datetime) -> CertificateRequest | None:
    """From their own space, where nobody else asks: granted at once to who took part; None for anybody else."""
    if not took_part(project=project, resident=resident):
        return None
    name = {"given_name": resident.name[:70], "asked_at": now, "granted_at": now}
    certificate, _is_new = CertificateRequest.objects.select_for_update(of=("self",)).get_or_create(
        project=project, resident=resident, defaults=name
    )
    if not certificate.is_granted:
        certificate.granted_at, certificate.left_at, certificate.by = now, None, None
        certificate.save(update_fields=["granted_at", "left_at", "by"])
    return certificate


@transaction.atomic
def grant(*, certificate: CertificateRequest, by: User, now: dt.datetime) -> None:
    """They took part all the same; the letter leaves. Raises MayNot or Settled."""
    settle(certificate, by=by, granted_at=now)
    post_letter(certificate=certificate, now=now)


@transaction.atomic
def leave(*, certificate: CertificateRequest, by: User, now: dt.datetime) -> None:
    """Nobody knows of their part: no letter leaves, and the request is forgotten after a while. Raises as grant."""
    settle(certificate, by=by, left_at=now)


def settle(certificate: CertificateRequest, *, by: User, **how: dt.datetime) -> None:
    refuse_unless(permissions.may_give_certificates(by))
    waiting = CertificateRequest.objects.waiting().filter(pk=certificate.pk)
    if not waiting.update(by=by, **how):
        raise Settled
    certificate.refresh_from_db()


def rename(*, certificate: CertificateRequest, name: str) -> None:
    """As its bearer would have it printed."""
    certificate.given_name = name
    certificate.save(update_fields=["given_name"])


def post_letter(*, certificate: CertificateRequest, now: dt.datetime) -> None:
    """The letter with the link, unless one left a moment ago."""
    key = str(certificate.pk)
    if Mailing.objects.filter(kind=LETTER_KIND, key=key, created_at__gt=now - QUIET).exists():
        return
    mailings.post_one(
        kind=LETTER_KIND,
        key=key,
        title=_("Certificate: %(title)s") % {"title": certificate.project},
        resident=certificate.resident,
        now=now,
    )


def left_aside(*, before: dt.datetime) -> QuerySet[CertificateRequest]:
    """The requests that were left, once nobody will ask about them any more."""
    return CertificateRequest.objects.filter(left_at__lt=before)


def undecided(*, before: dt.datetime) -> QuerySet[CertificateRequest]:
    """Those that nobody decided: after a year nobody will remember who took part; they may ask again."""
    return CertificateRequest.objects.filter(granted_at__isnull=True, left_at__isnull=True, asked_at__lt=before)


def forget(keys: Sequence[int], reach: Reach) -> int:
    asked = CertificateRequest.objects.filter(pk__in=keys)
    activity.remember(asked, person="resident", at="asked_at")
    asked.delete()
    return len(keys)
