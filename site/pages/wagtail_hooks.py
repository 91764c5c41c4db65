"""The staff's desk for the site as a whole."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from . import dashboard


@hooks.register("construct_homepage_panels")
def first_steps(request: HttpRequest, panels: list[Any]) -> None:
    panel = dashboard.panel_for(request)
    if panel:
        panels.append(panel)
