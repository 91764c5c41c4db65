"""What is left of an idea whose bearer is erased? Where everyone reads it, or something came of it, its words without
what says who they were; of any other, its title, its dates and the answer.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect

from communities.models import Community, Resident
from engagement import labels, projects, traces
from engagement.models import HolderKind, Idea, IdeaPicture, Project, ProjectPage
from meetings.models import MeetingPage

from . import drafting

TOLD = ("title", "what", "place", "commits", "asks", "technical_opinion")
ONLY_THEIRS = ("place", "commits", "asks")


def erase(*, resident: Resident) -> None:
    """Names, ways to reach them and photographs nobody saw go from each. Their drafts are forgotten before."""
    projects_of_theirs = Q(idea__resident=resident) | Q(team__resident=resident)
    theirs = list(Project.objects.filter(projects_of_theirs).select_related("community", "page").distinct())
    ideas = list(resident.ideas.all())
    if not (ideas or theirs):
        return
    named = traces.of(resident, *traces.given_by(resident))
    for idea in ideas:
        erase_words(idea, named)
    pictures = IdeaPicture.objects.filter(idea__resident=resident)
    drafting.forget_pictures(pictures.filter(is_public=False).values_list("pk", flat=True))
    for picture in pictures:
        pictures.filter(pk=picture.pk).update(alternative_text=named.without(picture.alternative_text))
    for project in theirs:
        is_of_their_idea = any(idea.pk == project.idea_id for idea in ideas)
        erase_project(project, named if is_of_their_idea else traces.only_whole(named))


def erase_words(idea: Idea, named: traces.Traces) -> None:
    told: dict[str, object] = {name: named.without(getattr(idea, name)) for name in TOLD}
    if not (idea.is_public or idea.is_supported):
        told |= {**dict.fromkeys(ONLY_THEIRS, ""), "what": ""}
    if told["place"] != idea.place or not told["what"]:
        told |= {"point_x": None, "point_y": None}
    told |= {name: told[name] or erased() for name in ("title", "what")}  # a received idea has both
    told |= {"organisation": ""} if idea.kind == HolderKind.PERSON else {}
    labels.rename(idea.title, new=str(told["title"]))
    Idea.objects.filter(pk=idea.pk).update(**told, shown_as="", given_name="", who="")


def erase_project(project: Project, named: traces.Traces) -> None:
    """It took its words from the idea, and so did its community and its page, in each of its revisions."""
    told: dict[str, object] = {"title": named.without(project.title) or erased(), "place": named.without(project.place)}
    told |= {"point_x": None, "point_y": None} if told["place"] != project.place else {}
    Project.objects.filter(pk=project.pk).update(**told)
    labels.rename(project.title, new=str(told["title"]))
    if project.community:
        erase_community(project.community, named)
    page: ProjectPage | None = getattr(project, "page", None)
    if page:
        erase_page(page, named)


def erase_page(page: ProjectPage | MeetingPage, named: traces.Traces) -> None:
    """What it says, in each of its revisions; and its address, where that was made of a title with their name in it."""
    former, said = page.title, without(named, vars(page))
    if said["title"] != former:
        others = page.get_siblings(inclusive=False)
        said["slug"] = projects.free_slug(said["title"], among=others)
        labels.rename(former, new=said["title"])
        Redirect.objects.filter(redirect_page=page).delete()
    for name, words in said.items():
        setattr(page, name, words)
    page.save(clean=False)
    where = {"slug": page.slug, "url_path": page.url_path}
    for revision in page.revisions.all():
        revision.content = named.without_any(revision.content) | without(named, revision.content) | where
        revision.object_str = named.without(revision.object_str) or erased()
        revision.save(update_fields=["content", "object_str"])


def erase_community(community: Community, named: traces.Traces) -> None:
    """Two that had only the name of one person in theirs keep different ones."""
    name = named.without(community.name) or erased()
    if name != community.name:
        former, community.name = community.name, projects.free_name(name)
        labels.rename(former, new=community.name)
        community.slug = projects.free_slug(name, among=Community.objects.all())
    community.summary = named.without(community.summary) or community.name
    community.save(update_fields=["name", "slug", "summary"])


def without(named: traces.Traces, told: Mapping[str, Any]) -> dict[str, str]:
    """The words of a page that came from an idea."""
    titles = {name: named.without(told[name]) or erased() for name in ("title", "draft_title")}
    return {**titles, "summary": named.without(told["summary"])}


def erased() -> str:
    return _("(erased with the person who wrote it)")
