"""What this room brings to the staff's desk; decides nothing."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from . import picture_viewsets, retention_viewsets
from .desk import ending_pictures, requests, troubles
from .desk.residents import DATA_GIVEN
from .doubles.merging import MERGED
from .erasing import ERASED
from .picture_rights import in_texts, saying
from .post_viewsets import MailingsGroup
from .space.correcting import CORRECTED
from .viewsets import ResidentsGroup

for reported in (picture_viewsets, retention_viewsets):
    hooks.register("register_reports_menu_item", reported.menu_item)
hooks.register("register_rich_text_features", in_texts.register, order=10)


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSet | ViewSetGroup]:
    retention, pictures = retention_viewsets.RetentionViewSet(), picture_viewsets.PictureRightsViewSet()
    return [ResidentsGroup(), MailingsGroup(), retention, pictures]


@hooks.register("construct_homepage_panels")
def what_is_wrong(request: HttpRequest, panels: list[Any]) -> None:
    found = (room.panel_for(request) for room in (troubles, requests, ending_pictures))
    panels += [panel for panel in found if panel]


@hooks.register("register_log_actions")
def actions_of_ours(actions: LogActionRegistry) -> None:
    actions.register_action(DATA_GIVEN, _("Give what we hold"), _("Downloaded what we hold on this person"))
    actions.register_action(saying.SAID, _("Say who is on it"), _("Said who is recognised on this picture"))
    actions.register_action(saying.AUTHORISED, _("Write down an authorisation"), _("Wrote down an authorisation"))
    actions.register_action(saying.WITHDREW, _("Withdraw a picture"), _("Withdrew this picture"))
    actions.register_action(saying.SHOWN_AGAIN, _("Show a picture again"), _("Ended the withdrawal of this picture"))
    actions.register_action(CORRECTED, _("Put right"), _("Put their own data right, in their space"))
    actions.register_action(MERGED, _("Join records"), _("Joined another record of this person to theirs"))
    actions.register_action(ERASED, _("Erase"), _("Erased this person at their request"))


@hooks.register("insert_global_admin_css")
def shapes_of_our_own() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("admin/desk.css"))


@hooks.register("register_icons")
def icons_of_our_own(icons: list[str]) -> list[str]:
    return [*icons, "wagtailadmin/icons/print.svg"]
