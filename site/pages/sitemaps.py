"""Which addresses may search engines know? Every public page, list, community, idea and convention."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as PagesSitemap

from communities.models import Community
from engagement.models import Convention, Idea


class CommunitiesSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """Communities are not in the page tree."""

    def items(self) -> QuerySet[Community]:
        return Community.objects.order_by("pk")


class IdeasSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """Nor are the ideas that staff made public."""

    def items(self) -> QuerySet[Idea]:
        return Idea.objects.public().order_by("pk")


class ConventionsSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """Nor are the conventions that both sides signed."""

    def items(self) -> QuerySet[Convention]:
        return Convention.objects.held().first_ones().order_by("pk")


class ListsSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """Nor are the lists of those, and what the commune can give."""

    def items(self) -> list[str]:
        return ["communities:community_list", "engagement:ideas", "engagement:conventions", "engagement:means"]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {
    "pages": PagesSitemap,
    "lists": ListsSitemap,
    "communities": CommunitiesSitemap,
    "ideas": IdeasSitemap,
    "conventions": ConventionsSitemap,
}
