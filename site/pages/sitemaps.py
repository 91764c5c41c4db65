"""Which addresses may search engines know? Every public page, community and idea."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
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


SITEMAPS = {
    "pages": PagesSitemap,
    "communities": CommunitiesSitemap,
    "ideas": IdeasSitemap,
    "conventions": ConventionsSitemap,
}
