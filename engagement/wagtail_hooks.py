"""The staff's desk for projects."""

from wagtail import hooks

from .viewsets import ProjectViewSet


@hooks.register("register_admin_viewset")
def projects() -> ProjectViewSet:
    return ProjectViewSet()
