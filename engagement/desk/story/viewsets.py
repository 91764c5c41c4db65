"""What the staff's menu shows of public stories: followers, sheets, certificates. Each address with who may open it."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_passes_test
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from communities.menus import item_for
from engagement import permissions
from engagement.models import ProjectSheet

from . import certificates, sheets, tidings


class TidingsViewSet(ViewSet):  # type: ignore[misc]
    """Milestones and news, to those who follow projects."""

    name = "tidings"
    url_prefix = "fifty-fifty/news"
    icon = "mail"
    menu_label = _("Tell the followers")
    menu_item_class = item_for(permissions.may_see_followers)

    def get_urlpatterns(self) -> list[URLPattern]:
        see, send = (user_passes_test(may) for may in (permissions.may_see_followers, permissions.may_tell_followers))
        pages: list[tuple[str, str, Callable[..., Any], Any]] = [
            ("", "readers", see, tidings.Readers.as_view()),
            ("results/", "readers_results", see, tidings.Readers.as_view(results_only=True)),
            ("preview/<int:resident>/", "preview", see, tidings.Preview.as_view()),
            ("test/", "send_test", send, tidings.SendTest.as_view()),
            ("send/", "send", send, tidings.Send.as_view()),
        ]
        return [
            path("", see(tidings.EveryTidings.as_view()), name="index"),
            *(path(f"<int:pk>/{route}", who(view), name=name) for route, name, who, view in pages),
            *(path(f"all/{route}", who(view), name=f"digest_{name}") for route, name, who, view in pages),
        ]


class SheetViewSet(ModelViewSet):  # type: ignore[misc]
    """The sheets of delivered projects."""

    model = ProjectSheet
    name = "sheets"
    url_prefix = "fifty-fifty/sheets"
    icon = "doc-full"
    menu_label = _("Project sheets")
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = sheets.SheetList
    add_view_class = sheets.WriteSheet
    edit_view_class = sheets.EditSheet
    edit_template_name = sheets.EditSheet.template_name
    edit_handler = ObjectList(
        [
            FieldPanel("project"),
            MultiFieldPanel([FieldRowPanel(["duration", "participants"]), "contact"], heading=_("In short")),
            FieldPanel("objectives"),
            MultiFieldPanel(["before", "during", "after"], heading=_("The story")),
            MultiFieldPanel(["satisfactions", "obstacles"], heading=_("What it taught")),
        ],
        base_form_class=sheets.SheetForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        write = user_passes_test(permissions.may_write_sheets)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/pdf/", write(sheets.pdf), name="pdf"),
            path("<int:pk>/publish/", write(sheets.publish), name="publish"),
        ]


class CertificateViewSet(ViewSet):  # type: ignore[misc]
    """Requests for certificates."""

    name = "certificates"
    url_prefix = "fifty-fifty/certificates"
    icon = "doc-full-inverse"
    menu_label = _("Certificates")
    menu_item_class = item_for(permissions.may_give_certificates)

    def get_urlpatterns(self) -> list[URLPattern]:
        give = user_passes_test(permissions.may_give_certificates)
        every = certificates.CertificateList
        return [
            path("", give(every.as_view()), name="index"),
            path("results/", give(every.as_view(results_only=True)), name="results"),
            path("<int:pk>/grant/", give(certificates.grant), name="grant"),
            path("<int:pk>/leave/", give(certificates.leave), name="leave"),
            path("<int:pk>/pdf/", give(certificates.hand_over), name="hand_over"),
        ]
