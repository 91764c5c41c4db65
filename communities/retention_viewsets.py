"""How long things are kept, among Wagtail's reports. Each address with who may open it."""

from django.urls import URLPattern, path, reverse
from wagtail.admin.auth import user_passes_test
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from . import permissions
from .desk import retention
from .menus import item_for

see = user_passes_test(permissions.may_see_retention)
decide = user_passes_test(permissions.may_decide_on_retention)


class RetentionViewSet(ViewSet):
    """Seen by those who answer for residents, decided by administrators."""

    name = "retention"
    url_prefix = "reports/retention"
    icon = "history"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", see(retention.HowLongThingsAreKept.as_view()), name="index"),
            path("archive/<int:pk>/", decide(retention.archive), name="archive"),
            path("archive/<int:pk>/handed-over/", decide(retention.hand_over), name="hand_over_file"),
            path("<str:name>/", see(retention.OneRule.as_view(http_method_names=["get", "head"])), name="rule"),
            path("<str:name>/period/", decide(retention.OneRule.as_view()), name="change_period"),
            path("<str:name>/decide/", decide(retention.decide), name="decide_rule"),
        ]


def menu_item() -> MenuItem:
    item = item_for(permissions.may_see_retention)
    return item(retention.TITLE, reverse("retention:index"), name="retention", icon_name="history", order=850)
