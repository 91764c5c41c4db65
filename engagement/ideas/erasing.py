"""What is left of an idea whose bearer is erased? Where everyone reads it, or something came of it, its words without
what says who they were; of any other, its title, its dates and the answer.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from communities.models import Community, Resident
from engagement import projects, traces
from engagement.models import HolderKind, Idea, IdeaPicture, Project, ProjectPage

from . import drafting

TOLD = ("title", "what", "place", "commits", "asks", "technical_opinion")
ONLY_THEIRS = ("place", "commits", "asks")


def erase(*, resident: Resident) -> None:
    """Names, ways to reach them and photographs nobody saw go from each. Their drafts are forgotten before."""
    ideas = list(resident.ideas.all())
    if not ideas:
        return
    named = traces.of(resident, *traces.given_by(resident))
    for idea in ideas:
        erase_words(idea, named)
    pictures = IdeaPicture.objects.filter(idea__resident=resident)
    drafting.forget_pictures(pictures.filter(is_public=False).values_list("pk", flat=True))
    for picture in pictures:
        pictures.filter(pk=picture.pk).update(alternative_text=named.without(picture.alternative_text))
    for project in Project.objects.filter(idea__resident=resident).select_related("community", "page"):
        erase_project(project, named)


def erase_words(idea: Idea, named: traces.Traces) -> None:
    told: dict[str, object] = {name: named.without(getattr(idea, name)) for name in TOLD}
    if not (idea.is_public or idea.is_supported):
        told |= {**dict.fromkeys(ONLY_THEIRS, ""), "what": ""}
    if told["place"] != idea.place or not told["what"]:
        told |= {"point_x": None, "point_y": None}
    told |= {name: told[name] or erased() for name in ("title", "what")}  # a received idea has both
    told |= {"organisation": ""} if idea.kind == HolderKind.PERSON else {}
    Idea.objects.filter(pk=idea.pk).update(**told, shown_as="", given_name="", who="")


def erase_project(project: Project, named: traces.Traces) -> None:
    """It took its words from the idea, and so did its community and its page, in each of its revisions."""
    told: dict[str, object] = {"title": named.without(project.title) or erased(), "place": named.without(project.place)}
    told |= {"point_x": None, "point_y": None} if told["place"] != project.place else {}
    Project.objects.filter(pk=project.pk).update(**told)
    if project.community:
        erase_community(project.community, named)
    page: ProjectPage | None = getattr(project, "page", None)
    if page:
        for revision in page.revisions.all():
            revision.content |= without(named, revision.content)
            revision.save(update_fields=["content"])
        for name, words in without(named, vars(page)).items():
            setattr(page, name, words)
        page.save(clean=False)


def erase_community(community: Community, named: traces.Traces) -> None:
    """Two that had only the name of one person in theirs keep different ones."""
    name = named.without(community.name) or erased()
    if name != community.name:
        community.name = projects.free_name(name)
    community.summary = named.without(community.summary) or community.name
    community.save(update_fields=["name", "summary"])


def without(named: traces.Traces, told: Mapping[str, Any]) -> dict[str, str]:
    """The words of a page that came from an idea; its address stays, for the links that lead there."""
    titles = {name: named.without(told[name]) or erased() for name in ("title", "draft_title")}
    return {**titles, "summary": named.without(told["summary"])}


def erased() -> str:
    return _("(erased with the person who wrote it)")
