"""How does the invitation read on paper? The facts large, why it came, and a slip with the code of the answer."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities import scopes, typography
from communities.models import Delivery
from communities.post.paper import OnPaper, Slip
from meetings import rsvp
from meetings.by_hand import codes
from meetings.calendars import calendar_files
from meetings.models import Invitation, MeetingPage


def invitation(
    told: calendar_files.MeetingFacts, *, meeting: MeetingPage, deliveries: Sequence[Delivery]
) -> dict[int, OnPaper]:
    """For each delivery (by pk), in the language in force; two queries. Who is not invited any more gets no slip."""
    asked = {delivery.resident_id for delivery in deliveries}
    invitations = Invitation.objects.filter(meeting=meeting, resident__in=asked).select_related("resident")
    of_resident = {each.resident_id: each for each in invitations}
    names = scopes.names_of({scope for each in of_resident.values() for scope in each.because})
    return {delivery.pk: sheet_of(told, of_resident.get(delivery.resident_id or 0), names) for delivery in deliveries}


def sheet_of(told: calendar_files.MeetingFacts, invited: Invitation | None, names: Mapping[str, str]) -> OnPaper:
    language = get_language()
    because = ", ".join(names[scope] for scope in invited.because) if invited else ""
    return OnPaper(
        subject=typography.typeset(told.title, language=language),
        before=(_("You are invited to this meeting:"),),
        facts=facts_of(told),
        after=(typography.typeset(told.description, language=language),) if told.description else (),
        why=_("You receive this letter because it concerns: %(because)s.") % {"because": because} if because else "",
        slip=slip_of(told, invited) if invited else None,
    )


def facts_of(told: calendar_files.MeetingFacts) -> tuple[tuple[str, str], ...]:
    """When and where; a link to press is of no use on paper."""
    language = get_language()
    when = (_("When:"), typography.span(told.starts_at, told.ends_at, language=language))
    where = (_("Where:"), typography.typeset(told.place, language=language))
    online = (_("Online:"), _("the link is on the town’s site."))
    return (when, *([where] if told.place else []), *([online] if told.online_url else []))


def slip_of(told: calendar_files.MeetingFacts, invited: Invitation) -> Slip:
    language = get_language()
    title, day = typography.typeset(told.title, language=language), typography.day(told.starts_at, language=language)
    return Slip(
        name=str(invited.resident),
        about=f"{title} – {day}",
        code=codes.code_of(invited.pk),
        url=settings.SITE_URL + reverse("meetings:answer", args=[rsvp.token_of(invited)]),
    )
