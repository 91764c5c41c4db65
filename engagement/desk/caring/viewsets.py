"""What stands under "Stewardship" in the staff's menu."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_passes_test
from wagtail.admin.viewsets.base import ViewSet

from communities.menus import item_for
from engagement import permissions

from . import checks, one_check, passages, plans


class StewardshipViewSet(ViewSet):  # type: ignore[misc]
    """Checks, and the plan of each project."""

    name = "stewardship"
    icon = "clipboard-list"
    menu_label = _("Stewardship")
    menu_item_class = item_for(permissions.may_see_stewardship)

    def get_urlpatterns(self) -> list[URLPattern]:
        seen: dict[str, tuple[str, Any]] = {
            "index": ("", checks.CheckList.as_view()),
            "results": ("results/", checks.CheckList.as_view(results_only=True)),
            "inspect": ("<int:pk>/", one_check.ShowCheck.as_view()),
            "photo": ("<int:pk>/photo/", one_check.photo),
            "project": ("projects/<int:pk>/", plans.ShowPlan.as_view()),
        }
        done: dict[str, tuple[str, Any]] = {
            "type_in": ("<int:pk>/type-in/", one_check.TypeIn.as_view()),
            "entrust": ("<int:pk>/entrust/", one_check.entrust),
            "move": ("<int:pk>/move/", one_check.move),
            "call_off": ("<int:pk>/call-off/", one_check.call_off),
            "put_right": ("<int:pk>/put-right/", one_check.put_right),
            "show_photo": ("<int:pk>/show-photo/", one_check.show_photo),
            "conclude": ("<int:pk>/conclude/", one_check.conclude),
            "note_duty": ("projects/<int:pk>/duty/", plans.note_duty),
            "drop_duty": ("duties/<int:pk>/drop/", plans.drop_duty),
            "pass": ("projects/<int:pk>/pass/<slug:stage>/", passages.PassPage.as_view()),
        }
        seeing = user_passes_test(permissions.may_see_stewardship)
        doing = user_passes_test(permissions.may_follow_stewardship)
        return [
            *(path(route, seeing(view), name=name) for name, (route, view) in seen.items()),
            *(path(route, doing(view), name=name) for name, (route, view) in done.items()),
        ]
