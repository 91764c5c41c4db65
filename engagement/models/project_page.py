"""The public story of a fifty-fifty project."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel
from wagtail.images import get_image_model
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.search import index

from communities import folding
from communities.drafts import ForgetsWhatIsGone
from communities.picture_rights.publishing import ShowsPictures
from engagement.blocks import StoryField
from meetings import panels
from meetings.models import OpenPageQuerySet

from .project import Project
from .project_panels import RecordPanel
from .project_pieces import ProjectPicture
from .project_sheet import lines_of
from .stages import Stage


class ProjectPageQuerySet(OpenPageQuerySet):
    """Which projects?"""

    def going_on(self) -> "ProjectPageQuerySet":
        """Those at which something is being prepared or built: for the home page."""
        return self.filter(project__stage__in=Stage.going_on())

    def for_cards(self) -> "ProjectPageQuerySet":
        """With what a list of cards shows, in a fixed number of queries."""
        renditions = get_image_model().get_rendition_model().objects.all()
        pictures = ProjectPicture.objects.select_related("image__rights").prefetch_related(
            models.Prefetch("image__renditions", queryset=renditions, to_attr="prefetched_renditions")
        )
        return self.select_related("project__neighbourhood", "project__theme").prefetch_related(
            models.Prefetch("pictures", queryset=pictures)
        )


ProjectPageManager = PageManager.from_queryset(ProjectPageQuerySet)


class RestrictedAtOnce(Page):  # type: ignore[misc]  # Wagtail is untyped
    """A page that asks in one query who may read it, where Wagtail asks for the aliases above it first: none exists."""

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        above = [self.path[:length] for length in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=above)


class ProjectPage(ForgetsWhatIsGone, ShowsPictures, RestrictedAtOnce):  # type: ignore[misc]
    """What everyone may read of one project, and its community."""

    summary = models.TextField(_("summary"), max_length=500, blank=True)
    story = StoryField(verbose_name=_("story"), blank=True)
    needs = models.TextField(
        _("needs"),
        max_length=1000,
        blank=True,
        help_text=_("What the team looks for now, one thing on each line: hands, tools, plants…"),
    )
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
        "needs",
        InlinePanel("pictures", heading=_("Pictures"), label=_("picture")),
        InlinePanel("facts", heading=_("Figures"), label=_("figure")),
        InlinePanel("documents", heading=_("Documents"), label=_("document")),
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
            f"{self.title} {self.summary} {self.needs} {self.story.stream_block.get_searchable_content(self.story)}"
        )

    @property
    def needs_listed(self) -> list[str]:
        return lines_of(self.needs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["rail"] = self.project.rail() if self.project else []
        community = self.project.community if self.project else None
        return context | panels.around(community=community, now=timezone.now())
