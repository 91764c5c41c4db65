"""The public story of a fifty-fifty project."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult

from communities import folding
from communities.drafts import ForgetsWhatIsGone
from engagement.blocks import StoryField
from meetings import panels
from meetings.models import OpenPageQuerySet

from .project import Project
from .project_panels import RecordPanel
from .stages import Stage

PROJECTS_PER_PAGE = 12


class ProjectPageQuerySet(OpenPageQuerySet):
    """Which projects?"""

    def going_on(self) -> "ProjectPageQuerySet":
        """Those at which something is being prepared or built."""
        return self.filter(project__stage__in=Stage.going_on())

    def for_cards(self) -> "ProjectPageQuerySet":
        """With what a list of cards shows, in a fixed number of queries."""
        images = get_image_model().objects.prefetch_renditions()
        pictures = ProjectPicture.objects.prefetch_related(models.Prefetch("image", queryset=images))
        return self.select_related("project__neighbourhood", "project__theme").prefetch_related(
            models.Prefetch("pictures", queryset=pictures)
        )


ProjectPageManager = PageManager.from_queryset(ProjectPageQuerySet)


class ProjectIndexPage(Page):  # type: ignore[misc]
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
        projects = ProjectPage.objects.child_of(self).for_cards().select_related("project__community")
        project = projects.filter(slug=slug).first() if slug else None
        return project.route(request, path_components[1:]) if project else super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        asked = request.GET.get("stage", "")
        projects = ProjectPage.objects.open_to_all().child_of(self).for_cards().order_by("title")
        context["stage"] = asked if asked in Stage.values else ""
        context["stages"] = Stage.choices
        shown = projects.filter(project__stage=asked) if context["stage"] else projects
        context["projects"] = Paginator(shown, PROJECTS_PER_PAGE).get_page(request.GET.get("page"))
        return context


class ProjectPage(ForgetsWhatIsGone, Page):  # type: ignore[misc]
    """What everyone may read of one project, and its community."""

    summary = models.TextField(_("summary"), max_length=500, blank=True)
    story = StoryField(verbose_name=_("story"), blank=True)
    project = models.OneToOneField(
        Project,
        verbose_name=_("fifty-fifty project"),
        on_delete=models.PROTECT,
        null=True,
        related_name="page",
        help_text=_("Its stage, its community, its place and its figures come from there."),
    )

    objects = ProjectPageManager()

    parent_page_types: ClassVar[list[str]] = ["engagement.ProjectIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar[list[str]] = ["project"]
    template = "engagement/project_page.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        RecordPanel(),
        "project",
        "summary",
        "story",
        InlinePanel("pictures", heading=_("Pictures"), label=_("picture")),
        InlinePanel("facts", heading=_("Figures"), label=_("figure")),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("folded_title", boost=2),
        index.SearchField("folded"),
        index.AutocompleteField("folded"),
        index.SearchField("summary"),
    ]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    @property
    def folded_title(self) -> str:
        """The title, which weighs more, without accents."""
        return folding.words(self.title)

    @property
    def folded(self) -> str:
        """What is searched without accents."""
        return folding.words(
            f"{self.title} {self.summary} {self.story.stream_block.get_searchable_content(self.story)}"
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["rail"] = self.project.rail() if self.project else []
        community = self.project.community if self.project else None
        return context | panels.around(community=community, now=timezone.now())


class ProjectPicture(Orderable):  # type: ignore[misc]
    """A picture of the project, with what it shows in words."""

    project = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    alternative_text = models.CharField(_("what it shows"), max_length=255)
    credit = models.CharField(_("credit"), max_length=160, blank=True)

    panels: ClassVar[list[str]] = ["image", "alternative_text", "credit"]

    class Meta(Orderable.Meta):  # type: ignore[misc]
        verbose_name = _("picture")


class ProjectFact(Orderable):  # type: ignore[misc]
    """A figure about the project, never without its source and year."""

    project = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="facts")
    label = models.CharField(_("what"), max_length=160)
    value = models.CharField(_("how much"), max_length=160)
    source = models.CharField(_("source"), max_length=255)
    source_url = models.URLField(_("address of the source"), blank=True)
    year = models.PositiveSmallIntegerField(_("year"))

    panels: ClassVar[list[str]] = ["label", "value", "source", "source_url", "year"]

    class Meta(Orderable.Meta):  # type: ignore[misc]
        verbose_name = _("figure")
