"""The staff's desk for ideas, projects, conventions and the ledger; decides nothing."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from .desk import history
from .viewsets import FiftyFiftyGroup, ProjectViewSet

hooks.register("register_log_actions", history.name_actions)


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSet | ViewSetGroup]:
    return [ProjectViewSet(), FiftyFiftyGroup()]
