"""What this room brings to the staff's desk; decides nothing."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from .desk import requests, troubles
from .desk.residents import DATA_GIVEN
from .erasing import ERASED
from .post_viewsets import MailingsGroup
from .viewsets import ResidentsGroup


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSet | ViewSetGroup]:
    return [ResidentsGroup(), MailingsGroup()]


@hooks.register("construct_homepage_panels")
def what_is_wrong(request: HttpRequest, panels: list[Any]) -> None:
    found = (room.panel_for(request) for room in (troubles, requests))
    panels.extend(panel for panel in found if panel)


@hooks.register("register_log_actions")
def actions_of_ours(actions: LogActionRegistry) -> None:
    actions.register_action(DATA_GIVEN, _("Give what we hold"), _("Downloaded what we hold on this person"))
    actions.register_action(ERASED, _("Erase"), _("Erased this person at their request"))


@hooks.register("insert_global_admin_css")
def shapes_of_our_own() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("admin/desk.css"))


@hooks.register("register_icons")
def icons_of_our_own(icons: list[str]) -> list[str]:
    return [*icons, "wagtailadmin/icons/print.svg"]
