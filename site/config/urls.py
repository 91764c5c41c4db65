"""Every address of the site; Wagtail's pages come last."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

SIGN_IN = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    # First, because calendar programs ask most often, and each address before theirs is tried in vain.
    path("", include("meetings.urls")),
    path("admin/login/", SIGN_IN),
    path("_util/login/", SIGN_IN),
    path("admin/", include(wagtailadmin_urls)),
    path("compte/", include("allauth.urls")),
    path("documents/", include(wagtaildocs_urls)),
    *([path("", include("config.local.urls"))] if hasattr(settings, "CAUGHT_LETTERS") else []),
    path("courrier-entrant/", include("communities.inbound.webhook_views")),
    path("", include("pages.urls")),
    path("", include("engagement.urls")),
    path("", include("communities.urls")),
    path("", include(wagtail_urls)),
]
