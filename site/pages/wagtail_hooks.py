"""The staff's desk for the site as a whole."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from communities.models import Town

from . import dashboard, page_tree


@hooks.register("construct_homepage_panels")
def first_steps(request: HttpRequest, panels: list[Any]) -> None:
    panel = dashboard.panel_for(request)
    if panel:
        panels.append(panel)


@hooks.register("after_edit_setting")
def name_site(request: HttpRequest, setting: Any) -> None:
    if isinstance(setting, Town):
        page_tree.name_site(town=setting)


@hooks.register("insert_editor_js")
def publish_once() -> str:
    return format_html('<script src="{}"></script>', static("admin/publish_once.js"))
