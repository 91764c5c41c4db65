"""An ordinary page: a title, an introduction and a story."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.search import index

from communities import folding
from communities.picture_rights.publishing import ShowsPictures
from engagement.blocks import StoryField


class PagePurpose(models.TextChoices):
    """What every page of the site must be able to lead to."""

    HOW = "how", _("how a “fifty-fifty” works")
    LEGAL_NOTICE = "legal_notice", _("legal notice")
    PRIVACY = "privacy", _("personal data")
    ACCESSIBILITY = "accessibility", _("accessibility statement")


class StandardPage(ShowsPictures, Page):  # type: ignore[misc]  # Wagtail is untyped
    """Legal notice, privacy, accessibility, how it works: words that stay."""

    intro = models.TextField(_("introduction"), blank=True)
    body = StoryField(verbose_name=_("text"), blank=True)
    purpose = models.CharField(
        _("what the site uses it for"),
        max_length=16,
        choices=PagePurpose.choices,
        blank=True,
        help_text=_("Every page leads to it. Leave empty for an ordinary page."),
    )

    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["pages.StandardPage"]
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, "intro", "body"]
    promote_panels: ClassVar[list[Any]] = [*Page.promote_panels, "purpose"]
    exclude_fields_in_copy: ClassVar[list[str]] = ["purpose"]
    template = "pages/standard_page.html"
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("folded_title", boost=2),
        index.SearchField("folded"),
        index.AutocompleteField("folded"),
        index.SearchField("intro"),
    ]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    @property
    def folded_title(self) -> str:
        """The title, which weighs more, without accents."""
        return folding.words(self.title)

    @property
    def folded(self) -> str:
        """What is searched without accents."""
        return folding.words(f"{self.title} {self.intro} {self.body.stream_block.get_searchable_content(self.body)}")
