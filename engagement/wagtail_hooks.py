"""The staff's desk for ideas, projects, conventions and the ledger; decides nothing."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from .desk import history, late
from .desk.caring import history as checks_history
from .desk.caring import overdue
from .desk.caring.calling_off import CallOff
from .desk.conventions import history as conventions_history
from .desk.days_done import waiting as days_waiting
from .desk.ideas import bulk, waiting
from .desk.ideas.chooser import IdeaChooserViewSet
from .desk.ledger.viewsets import REPORTS, LedgerReportViewSet, report_menu_item
from .desk.projects.chooser import ProjectChooserViewSet
from .desk.projects.viewsets import ProjectViewSet
from .desk.work_days import history as work_days_history
from .desk.work_days import waiting as work_days_waiting
from .viewsets import FiftyFiftyGroup, RulesOfTheGameGroup

hooks.register("register_log_actions", history.name_actions)
hooks.register("register_log_actions", conventions_history.name_actions)
hooks.register("register_log_actions", checks_history.name_actions)
hooks.register("register_log_actions", work_days_history.name_actions)
for action in (*bulk.ACTIONS, CallOff):
    hooks.register("register_bulk_action", action)
for report in REPORTS:
    hooks.register("register_reports_menu_item", partial(report_menu_item, report))


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSet | ViewSetGroup]:
    choosers = [IdeaChooserViewSet("idea_chooser"), ProjectChooserViewSet("project_chooser")]
    return [FiftyFiftyGroup(), RulesOfTheGameGroup(), ProjectViewSet(), LedgerReportViewSet(), *choosers]


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Any]) -> None:
    found = (room.panel_for(request) for room in (waiting, work_days_waiting, late, overdue, days_waiting))
    panels += [panel for panel in found if panel]


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("work-days/", include("engagement.desk.work_days.urls", namespace="work_days_desk"))]
