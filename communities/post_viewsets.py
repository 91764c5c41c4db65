"""What stands under "Mailings" in the staff's menu: the post as staff see it. Each address with who may open it."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_passes_test
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from . import permissions
from .desk import mailings, one_mailing, received, steering

follow = user_passes_test(permissions.may_follow_mailings)
hold = user_passes_test(permissions.may_hold_mailings)
tell = user_passes_test(permissions.may_say_who_was_told)


class PostMenuItem(MenuItem):
    """Shown to whoever may follow mailings."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_follow_mailings(request.user)


class MailingViewSet(ViewSet):
    """Every mailing, and what became of its letters."""

    name = "mailings"
    icon = "mail"
    menu_label = _("Every mailing")
    menu_item_class = PostMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        one, every = one_mailing.OneMailing, mailings.MailingList
        return [
            path("", follow(every.as_view()), name="index"),
            path("results/", follow(every.as_view(results_only=True)), name="results"),
            path("<int:pk>/", follow(one.as_view()), name="inspect"),
            path("<int:pk>/results/", follow(one.as_view(results_only=True)), name="inspect_results"),
            path("<int:pk>/progress/", follow(one_mailing.MailingProgress.as_view()), name="progress"),
            path("<int:pk>/pause/", hold(steering.pause), name="pause"),
            path("<int:pk>/resume/", hold(steering.resume), name="resume"),
            path("<int:pk>/try-again/", hold(steering.try_again), name="try_again"),
            path("<int:pk>/done/", tell(steering.say_done), name="say_done"),
        ]


class ReceivedViewSet(ViewSet):
    """Did she get it?"""

    name = "received"
    url_prefix = "mailings/received"
    icon = "search"
    menu_label = _("Did they get it?")
    menu_item_class = PostMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", follow(received.Received.as_view()), name="index"),
            path("results/", follow(received.Received.as_view(results_only=True)), name="results"),
        ]


class MailingsGroup(ViewSetGroup):
    """The one entry of the post in the menu."""

    menu_label = _("Mailings")
    menu_name = "mailings"
    menu_icon = "mail"
    menu_order = 130
    items = (MailingViewSet, ReceivedViewSet)
