"""What stands under "Residents" in the staff's menu."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_passes_test
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from . import permissions
from .desk import communities, erasing, imports, requests, residents, suppressions
from .desk.forms import ResidentForm
from .menus import item_for
from .models import Community, Neighbourhood, Resident, Suppression


class ResidentViewSet(ModelViewSet):
    """People and households, with what they agreed to."""

    model = Resident
    name = "residents"
    icon = "user"
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    index_view_class = residents.ResidentList
    add_view_class = residents.AddResident
    edit_view_class = residents.EditResident
    inspect_view_class = residents.ShowResident
    inspect_template_name = residents.ShowResident.template_name
    edit_handler = ObjectList(
        [
            MultiFieldPanel(["name", "second_name", "language"], heading=_("Who")),
            MultiFieldPanel(
                [
                    FieldRowPanel(["email", "phone"]),
                    "street",
                    FieldRowPanel(["postcode", "city"]),
                    "neighbourhood",
                    "preferred_channel",
                ],
                heading=_("How to reach them"),
                help_text=_("An e-mail address, a telephone or a postal address is enough."),
            ),
            MultiFieldPanel([FieldPanel("member_of")], heading=_("Communities")),
            MultiFieldPanel(
                [FieldPanel("told_of"), FieldPanel("texted"), FieldPanel("proof")], heading=_("Announcements")
            ),
            MultiFieldPanel([FieldPanel("muted"), FieldPanel("paused_until")], heading=_("Fewer letters")),
        ],
        base_form_class=ResidentForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        seeing = user_passes_test(permissions.may_see_residents)
        changing = user_passes_test(permissions.may_change_residents)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/held/", seeing(residents.held), name="held"),
            path("<int:pk>/erase/", changing(erasing.EraseResident.as_view()), name="erase"),
        ]


class CommunityViewSet(ModelViewSet):
    """What people gather around."""

    model = Community
    name = "communities_desk"
    url_prefix = "communities"
    icon = "group"
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = communities.CommunityList
    delete_view_class = communities.DeleteUnlessNeeded
    inspect_view_class = communities.ShowCommunity
    inspect_template_name = communities.ShowCommunity.template_name
    panels = [
        TitleFieldPanel("name", targets=["slug"]),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("summary"),
        FieldPanel("description"),
        FieldPanel("neighbourhood"),
        MultiFieldPanel(["is_closed", "work_days_need_approval"], heading=_("How it works")),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        allowed = user_passes_test(permissions.may_change_members)
        return [
            *super().get_urlpatterns(),
            path("members/<int:pk>/role/", allowed(communities.change_role), name="change_role"),
            path("requests/<int:pk>/answer/", allowed(requests.answer), name="answer_request"),
            path("members/<int:pk>/leave/", allowed(communities.let_leave), name="let_leave"),
        ]


class NeighbourhoodViewSet(ModelViewSet):
    """Parts of the town."""

    model = Neighbourhood
    name = "neighbourhoods"
    icon = "site"
    list_per_page = 50
    copy_view_enabled = False
    index_view_class = communities.NeighbourhoodList
    delete_view_class = communities.DeleteUnlessNeeded
    panels = [TitleFieldPanel("name", targets=["slug"]), FieldPanel("slug"), FieldPanel("description")]


class SuppressionViewSet(ModelViewSet):
    """Addresses never written to."""

    model = Suppression
    name = "suppressions"
    url_prefix = "blocked-addresses"
    icon = "warning"
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = suppressions.SuppressionList
    add_view_class = suppressions.BlockAddress
    edit_view_class = suppressions.LiftBlock
    edit_template_name = suppressions.LiftBlock.template_name

    def get_form_class(self, for_update: bool = False) -> Any:
        return suppressions.LiftForm if for_update else suppressions.BlockForm


class ImportViewSet(ViewSet):
    """Files of residents, in three steps."""

    name = "resident_imports"
    url_prefix = "residents/import"
    icon = "upload"
    menu_label = _("Imports")
    menu_item_class = item_for(permissions.may_import_residents)

    def get_urlpatterns(self) -> list[URLPattern]:
        views = {
            "index": ("", imports.ImportList.as_view()),
            "results": ("results/", imports.ImportList.as_view(results_only=True)),
            "upload": ("new/", imports.Upload.as_view()),
            "sample": ("sample.csv", imports.sample),
            "report": ("<int:pk>/", imports.Report.as_view()),
            "refused": ("<int:pk>/refused.csv", imports.refused),
            "apply": ("<int:pk>/apply/", imports.apply),
            "drop": ("<int:pk>/drop/", imports.drop),
        }
        allowed = user_passes_test(permissions.may_import_residents)
        return [path(route, allowed(view), name=name) for name, (route, view) in views.items()]


class ResidentsGroup(ViewSetGroup):
    """The one entry of residents and communities in the menu."""

    menu_label = _("Residents")
    menu_name = "residents"
    menu_icon = "group"
    menu_order = 110
    items = (ResidentViewSet, CommunityViewSet, NeighbourhoodViewSet, ImportViewSet, SuppressionViewSet)
