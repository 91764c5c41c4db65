"""Which facts go on the documents that a project leaves? Rows in; the pure builders beside make the pages."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from communities import typography
from communities.models import Medium, Town
from communities.picture_rights.showing import may_be_shown
from communities.post import sheets
from engagement.ledger import showing
from engagement.models import CertificateRequest, ProjectPage, ProjectPicture, ProjectSheet, Scheme
from engagement.volunteering.thanking import hours

from .certificate_printing import CertificateFacts
from .sheet_printing import Picture, SheetFacts

PRINTED_PICTURE = "max-1200x900|format-jpeg"
AT_HAND = 3600


def sheet_facts(*, sheet: ProjectSheet, page: ProjectPage, language: str) -> SheetFacts:
    """The sheet of a project, with its balance and its first photograph."""
    project = sheet.project
    place = ", ".join(filter(None, [project.place, str(project.neighbourhood or "")]))
    return SheetFacts(
        language=language,
        title=page.title,
        where=place,
        town=sheets.letterhead(Town.load()),
        balance=showing.of(project) or showing.shown(residents=showing.Brought(), commune=showing.Brought()),
        duration=sheet.duration,
        participants=sheet.participants,
        level=str(project.get_level_display()),
        delivered_on=project.delivered_on,
        objectives=sheet.objectives,
        before=sheet.before,
        during=sheet.during,
        after=sheet.after,
        satisfactions=sheet.good_sides,
        obstacles=sheet.hard_sides,
        contact=[sheet.contact] if sheet.contact else [],
        url=page.full_url or settings.SITE_URL,
        picture=picture_of(page),
    )


def picture_of(page: ProjectPage) -> Picture | None:
    """Its first photograph that may be printed, made small; None for a drawing, and when the file cannot be read."""
    today = timezone.localdate()
    pictures: Iterable[ProjectPicture] = page.pictures.select_related("image__rights")
    first = next((each for each in pictures if may_be_shown(each.image, medium=Medium.PRINT, today=today)), None)
    if first is None or first.image.is_svg():
        return None
    try:
        with first.image.get_rendition(PRINTED_PICTURE).file.open("rb") as file:
            content = bytes(file.read())
    except OSError:
        return None
    return Picture(content=content, alt=first.alternative_text, credit=first.credit)


def certificate_facts(*, certificate: CertificateRequest, language: str, now: dt.datetime) -> CertificateFacts:
    """Who is thanked for what; the days are the project's."""
    project, town = certificate.project, Town.load()
    return CertificateFacts(
        language=language,
        town=sheets.letterhead(town),
        city=town.city or town.name,
        name=certificate.given_name,
        project=project.title,
        part=part_of(certificate, language=language),
        on=timezone.localdate(certificate.granted_at or now),
        since=project.started_on,
        until=project.delivered_on,
        word=Scheme.load().builders,
    )


def part_of(certificate: CertificateRequest, *, language: str) -> str:
    """The hours they gave, as far as lists of work days tell; empty where none does."""
    given = hours.on_project(resident=certificate.resident, project=certificate.project)
    if not given:
        return ""
    with translation.override(language):
        return _("with %(hours)s hours on its work days") % {"hours": typography.number(given, language=language)}


def at_hand(facts: SheetFacts, print_it: Callable[[SheetFacts], bytes]) -> bytes:
    """Printed once an hour, however many ask: the same facts are the same bytes."""
    key = "sheet:" + hashlib.sha256(repr(facts).encode()).hexdigest()
    return bytes(cache.get_or_set(key, lambda: print_it(facts), AT_HAND) or b"")
