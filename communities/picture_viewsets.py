"""The desk's addresses about the rights to pictures. Each with who may open it."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_passes_test
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from . import permissions
from .desk import one_picture, picture_list
from .menus import item_for

see = user_passes_test(permissions.may_see_picture_rights)
say = user_passes_test(permissions.may_say_picture_rights)


class PictureRightsViewSet(ViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Who is on each picture, and what was signed."""

    name = "picture_rights"
    url_prefix = "reports/picture-rights"
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[URLPattern]:
        every = picture_list.PictureList
        return [
            path("", see(every.as_view()), name="index"),
            path("results/", see(every.as_view(results_only=True)), name="results"),
            path("<int:pk>/", see(one_picture.OnePicture.as_view()), name="inspect"),
            path("<int:pk>/picture/", see(one_picture.picture), name="picture"),
            path("<int:pk>/form/", say(one_picture.paper), name="form"),
            path("<int:pk>/say/", say(one_picture.say), name="say"),
            path("<int:pk>/authorise/", say(one_picture.authorise), name="authorise"),
            path("<int:pk>/withdraw/", say(one_picture.withdraw), name="withdraw"),
            path("<int:pk>/show-again/", say(one_picture.show_again), name="show_again"),
        ]


def menu_item() -> MenuItem:
    """Among the reports."""
    item = item_for(permissions.may_see_picture_rights)
    return item(_("Rights to pictures"), reverse("picture_rights:index"), icon_name="image", order=900)
