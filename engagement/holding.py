"""What does this room hold on one resident? Their ideas, supports, roles and certificates; for what they
signed and what they checked, see conventions and caring.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from communities import folding
from communities.doubles.moving import move
from communities.models import Resident
from communities.personal_data import Held, described

from .ideas import erasing, forgetting
from .models import Idea, IdeaAnswer, IdeaNote, IdeaStage, IdeaSupport, Passage, Teammate, TeamRole

OF_AN_IDEA = (
    *("title", "stage", "kind", "organisation", "given_name", "shown_as", "of_age", "what", "place", "neighbourhood"),
    *("who", "commits", "asks", "created_at", "received_at", "answer_due_on", "decided_at", "public_at"),
)

MERGES = (
    "engagement.Idea.resident",
    "engagement.IdeaSupport.resident",
    "engagement.Passage.by_resident",
    "engagement.Teammate.resident",
)

# Of a name, such words are said of anybody: de, du, le.
SHORT = 2


def export(resident: Resident) -> Held:
    ideas = resident.ideas.select_related("neighbourhood").prefetch_related("pictures", "answers").order_by("pk")
    supports = resident.idea_supports.select_related("idea").order_by("pk")
    return {
        _("Your ideas"): [told(idea) for idea in ideas],
        _("The ideas you support"): [
            described(support, "idea", "given_name", "joins", "wants_news", "created_at", "confirmed_at")
            for support in supports
        ],
        _("Your part in projects"): [
            described(role, "project", "role", "shown_as", "joined_at")
            for role in resident.project_roles.select_related("project").order_by("pk")
        ],
        _("Your certificates"): [
            described(wish, "project", "given_name", "asked_at", "granted_at", "left_at")
            for wish in resident.certificates.select_related("project").order_by("pk")
        ],
        _("The stages you made something pass to"): [
            {_("what"): str(passage.thing), _("stage"): str(passage.to.label)}
            | described(passage, "words", "passed_at")
            for passage in Passage.objects.filter(by_resident=resident).select_related("idea", "project").order_by("pk")
        ],
    }


def told(idea: Idea) -> dict[str, Any]:
    """One idea; its photographs are listed, and given by the town hall to who asks for them."""
    return {
        **described(idea, *OF_AN_IDEA),
        _("photographs"): [described(picture, "alternative_text", "is_public") for picture in idea.pictures.all()],
        _("answers"): [described(answer, "words", "answered_at") for answer in idea.answers.all()],
    }


def erase(*, resident: Resident, now: datetime) -> None:
    """Drafts and supports go, and every name they let us show; so does what they wrote to the staff alone, and what the
    staff noted of them by name.

    That the commune received an idea stays, as an erased person's, with its answer: acts of the commune (public
    archives, code du patrimoine L211-1); see ideas.erasing for its words. The passages say no name. A signature stays
    with the contract it made, for as long as that can be disputed (GDPR article 17(3)(e)).
    """
    forgetting.forget(list(resident.ideas.filter(stage=IdeaStage.DRAFT).values_list("pk", flat=True)))
    resident.idea_supports.all().delete()
    IdeaAnswer.objects.filter(idea__resident=resident).delete()
    IdeaNote.objects.filter(pk__in=notes_naming(resident)).update(words=_("(erased: it named a person)"))
    erasing.erase(resident=resident)
    Teammate.objects.filter(resident=resident).update(shown_as="")


def notes_naming(resident: Resident) -> list[int]:
    """The staff's private notes on their ideas in which their name stands, or their address."""
    names = {name for name in folding.words(f"{resident.name} {resident.second_name}").split() if len(name) > SHORT}
    ways = {way.lower() for way in (resident.email, resident.phone, resident.street) if way}
    notes = IdeaNote.objects.filter(idea__resident=resident)
    return [
        note.pk
        for note in notes
        if names & set(folding.words(note.words).split()) or any(way in note.words.lower() for way in ways)
    ]


def merge(*, kept: Resident, gone: Resident, now: datetime) -> None:
    """An idea is supported once, by who said most; in a team they have the role that carries most. The passages follow
    their person, and say the same.
    """
    move(Idea, kept=kept, gone=gone)
    move(Passage, kept=kept, gone=gone, field="by_resident")
    for theirs, other in move(IdeaSupport, kept=kept, gone=gone, once_per=["idea_id"]):
        join_supports(theirs, other)
    roles = TeamRole.values
    for mine, twin in move(Teammate, kept=kept, gone=gone, once_per=["project_id"]):
        mine.role, mine.joined_at = min(mine.role, twin.role, key=roles.index), min(mine.joined_at, twin.joined_at)
        mine.shown_as = mine.shown_as or twin.shown_as
        twin.delete()
        mine.save(update_fields=["role", "joined_at", "shown_as"])


def join_supports(theirs: IdeaSupport, other: IdeaSupport) -> None:
    """Counted once, since the first of the two that was confirmed."""
    theirs.joins, theirs.wants_news = theirs.joins or other.joins, theirs.wants_news or other.wants_news
    theirs.confirmed_at = min(filter(None, [theirs.confirmed_at, other.confirmed_at]), default=None)
    theirs.created_at = min(theirs.created_at, other.created_at)
    other.delete()
    theirs.save(update_fields=["joins", "wants_news", "confirmed_at", "created_at"])
