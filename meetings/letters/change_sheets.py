"""How does what changed read on paper? The new facts large with the old ones below; or, largest of all, CANCELLED."""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities import scopes, typography
from communities.models import Delivery
from communities.post.paper import OnPaper
from meetings.announcing import Told
from meetings.models import Answer, Invitation
from meetings.updates import changes
from meetings.updates.changes import Standing

from . import invitation_letters, paper, readers


def written(told: Told, *, deliveries: Sequence[Delivery]) -> dict[int, OnPaper]:
    """For each delivery (by pk), in the language in force; three queries. `told.facts` are in that language."""
    asked = {delivery.resident_id for delivery in deliveries}
    found = Invitation.objects.filter(meeting=told.meeting, resident__in=asked).select_related("resident")
    invitations = {invitation.resident_id: invitation for invitation in found}
    names = scopes.names_of({scope for invitation in found for scope in invitation.because})
    answers = readers.last_answers(invitations.values())
    is_on = changes.standing(told.facts) is Standing.ON
    sheets = {}
    for delivery in deliveries:
        invited = invitations.get(delivery.resident_id or 0)
        why = invitation_letters.why(invited, names) if invited else ""
        answer = answers.get(invited.pk) if invited else None
        sheets[delivery.pk] = moved(told, invited, answer, why=why) if is_on else called_off(told, why=why)
    return sheets


def moved(told: Told, invited: Invitation | None, answer: Answer | None, *, why: str) -> OnPaper:
    """What it is now, what it was, what became of their answer, and a slip to answer again."""
    return OnPaper(
        subject=set_in_type(told.facts.title),
        before=(changes.sentence(told.before, told.facts),),
        facts=paper.facts_of(told.facts),
        after=(*as_it_was(told), *filter(None, [readers.your_answer(told, answer)])),
        why=why,
        slip=paper.slip_of(told.facts, invited) if invited else None,
    )


def called_off(told: Told, *, why: str) -> OnPaper:
    """That it does not take place, and why; when it was to be, so that it is struck out on the right page."""
    was = told.before or told.facts
    when = typography.span(was.starts_at, was.ends_at, language=get_language())
    reason = (set_in_type(told.facts.reason),) if told.facts.reason else ()
    return OnPaper(
        subject=set_in_type(told.facts.title),
        banner=_("POSTPONED") if changes.standing(told.facts) is Standing.POSTPONED else _("CANCELLED"),
        before=(changes.sentence(told.before, told.facts), *reason),
        facts=((_("It was to be:"), when), *([(_("Where:"), set_in_type(was.place))] if was.place else [])),
        why=why,
    )


def as_it_was(told: Told) -> tuple[str, ...]:
    """ "When, before: Thursday 3 December, 6:30 pm." Nothing of a meeting that is on again: it was off."""
    if told.before is None or changes.standing(told.before) is not Standing.ON:
        return ()
    differing = [each for each in changes.in_words(told.before, told.facts) if each.before]
    words = [_("%(label)s, before: %(value)s") % {"label": each.label, "value": each.before} for each in differing]
    return tuple(map(set_in_type, words))


def set_in_type(words: str) -> str:
    return typography.typeset(words, language=get_language())
