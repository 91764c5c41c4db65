"""The list of projects, and how a visitor narrows it."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from engagement.filtering import ProjectFilter

from .project_page import ProjectPage, RestrictedAtOnce

PROJECTS_PER_PAGE = 12


class ProjectIndexPage(RestrictedAtOnce):  # type: ignore[misc]
    """/projets/: every fifty-fifty, by stage."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["engagement.ProjectPage"]
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, "intro"]
    template = "engagement/project_index_page.html"

    class Meta:
        verbose_name = _("list of projects")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """A project, its community and its pictures found together, where Wagtail asks for each."""
        slug = path_components[0] if path_components else ""
        projects = ProjectPage.objects.child_of(self).for_cards().select_related("project__community", "project__idea")
        project = projects.filter(slug=slug).first() if slug else None
        return project.route(request, path_components[1:]) if project else super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        projects = ProjectPage.objects.open_to_all().child_of(self).filter(project__isnull=False)
        filters = ProjectFilter(request.GET, projects=projects)
        context["filters"] = filters
        found = filters.found().for_cards().order_by("title", "pk")
        context["projects"] = Paginator(found, PROJECTS_PER_PAGE).get_page(request.GET.get("page"))
        return context
