"""The staff's desk for ideas, projects, conventions and the ledger; decides nothing."""

from wagtail import hooks

from .desk import convention_history, history
from .viewsets import ProjectViewSet

hooks.register("register_log_actions", history.name_actions)
hooks.register("register_log_actions", convention_history.name_actions)


@hooks.register("register_admin_viewset")
def projects() -> ProjectViewSet:
    return ProjectViewSet()
