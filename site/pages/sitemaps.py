"""Which addresses may search engines know? Every public page and community."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.contrib.sitemaps import Sitemap as PagesSitemap

from communities.models import Community


class CommunitiesSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """Communities are not in the page tree."""

    def items(self) -> QuerySet[Community]:
        return Community.objects.order_by("pk")


SITEMAPS = {"pages": PagesSitemap, "communities": CommunitiesSitemap}
