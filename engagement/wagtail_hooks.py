"""The staff's desk for ideas, projects, conventions and the ledger; decides nothing."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from .desk import bulk, convention_history, history, late, overdue, waiting
from .desk.calling_off import CallOff
from .desk.choosers import IdeaChooserViewSet, ProjectChooserViewSet
from .desk.ledger_viewsets import LedgerReportViewSet, ReportMenuItem
from .desk.projects_viewsets import ProjectViewSet
from .viewsets import FiftyFiftyGroup, RulesOfTheGameGroup

hooks.register("register_log_actions", history.name_actions)
hooks.register("register_log_actions", convention_history.name_actions)
hooks.register("construct_homepage_panels", overdue.show)
hooks.register("construct_homepage_panels", late.show)
for action in (*bulk.ACTIONS, CallOff):
    hooks.register("register_bulk_action", action)


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSet | ViewSetGroup]:
    choosers = [IdeaChooserViewSet("idea_chooser"), ProjectChooserViewSet("project_chooser")]
    return [FiftyFiftyGroup(), RulesOfTheGameGroup(), ProjectViewSet(), LedgerReportViewSet(), *choosers]


@hooks.register("construct_homepage_panels")
def ideas_that_wait(request: HttpRequest, panels: list[Any]) -> None:
    panel = waiting.panel_for(request)
    if panel:
        panels.append(panel)


@hooks.register("register_reports_menu_item")
def balance_by_project() -> ReportMenuItem:
    return ReportMenuItem.of("balance")


@hooks.register("register_reports_menu_item")
def totals() -> ReportMenuItem:
    return ReportMenuItem.of("totals")
