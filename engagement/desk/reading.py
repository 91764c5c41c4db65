"""Which ideas and projects does the desk show, and how are they found?"""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from communities.folding import Folded, Joined, fold
from communities.models import Resident
from engagement.models import Idea, IdeaSupport, Project
from engagement.models.idea import IdeaQuerySet
from engagement.models.project import ProjectQuerySet


def ideas() -> IdeaQuerySet:
    """Those the town hall received, with what a list or a board shows, in one query."""
    sure = IdeaSupport.objects.filter(idea=OuterRef("pk"), confirmed_at__isnull=False).order_by()
    counted = sure.values("idea").annotate(number=Count("pk")).values("number")
    shown = Idea.objects.submitted().select_related("resident", "neighbourhood", "theme", "officer", "liaison")
    return shown.annotate(support_count=Coalesce(Subquery(counted), 0))


def projects() -> ProjectQuerySet:
    """With what a list shows, in one query."""
    return Project.objects.select_related("neighbourhood", "theme", "officer", "liaison", "community", "page")


def called(ideas: IdeaQuerySet, words: str, *, may_see_names: bool) -> IdeaQuerySet:
    """Ideas that hold every word, whatever the accents; those of people so named, for whoever may see names."""
    said = Folded(Joined("title", "what", "place", "organisation"))
    found = Q(*(Q(said__contains=word) for word in fold(words).split()))
    if may_see_names:
        found |= Q(Exists(Resident.objects.called(words).filter(pk=OuterRef("resident"))))
    return ideas.alias(said=said).filter(found)


def projects_called(projects: ProjectQuerySet, words: str) -> ProjectQuerySet:
    """Projects whose title or place holds every word, whatever the accents."""
    asked = (Q(said__contains=word) for word in fold(words).split())
    return projects.alias(said=Folded(Joined("title", "place"))).filter(*asked)


def project_asked(request: HttpRequest) -> Project | None:
    """The project that `?project=` names, if there is one."""
    asked = request.GET.get("project", "")
    return Project.objects.filter(pk=asked if asked.isdecimal() else 0).first()
