"""What this room brings to the staff's desk; decides nothing."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.snippets.models import register_snippet

from .desk import buttons, refusals
from .viewsets import MeetingEditorViewSet, MeetingsGroup, VenueViewSet

register_snippet(VenueViewSet)
hooks.register("register_page_listing_more_buttons", buttons.on_the_list)
hooks.register("after_publish_page", buttons.point_to_invitations)
hooks.register("before_delete_page", refusals.before_deleting)
hooks.register("before_unpublish_page", refusals.before_unpublishing)
hooks.register("before_move_page", refusals.before_moving)
hooks.register("before_bulk_action", refusals.before_acting_on_several)


@hooks.register("register_admin_viewset")
def viewsets() -> list[ViewSet | ViewSetGroup]:
    return [MeetingEditorViewSet(), MeetingsGroup()]


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("meetings/", include("meetings.desk.urls", namespace="meetings_desk"))]
