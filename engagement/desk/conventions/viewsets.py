"""The desk's addresses about conventions and their models. Each with who may open it."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_passes_test
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from engagement import permissions
from engagement.models import Convention, ConventionTemplate

from . import convention, listing, signing, writing

see = user_passes_test(permissions.may_see_conventions)
write = user_passes_test(permissions.may_write_conventions)
sign = user_passes_test(permissions.may_take_signatures)
OF_WAGTAIL = {"index", "index_results", "history", "history_results"}


class ConventionViewSet(ModelViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Who does what: from the first draft to the end."""

    model = Convention
    name = "conventions_desk"
    url_prefix = "conventions"
    icon = "doc-full"
    menu_label = _("Conventions")
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    index_view_class = listing.ConventionList

    def get_form_class(self, for_update: bool = False) -> object:
        """Its pages have forms of their own."""
        return None

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name in OF_WAGTAIL]
        return [
            *kept,
            path("new/", write(writing.BeginConvention.as_view()), name="add"),
            path("<int:pk>/", see(convention.ShowConvention.as_view()), name="inspect"),
            path("<int:pk>/edit/", write(writing.WriteConvention.as_view()), name="edit"),
            path("<int:pk>/versions/", see(writing.CompareVersions.as_view()), name="versions"),
            path("<int:pk>/convention.pdf", see(convention.pdf), name="pdf"),
            path("<int:pk>/scan/<int:signature>/", see(convention.scan), name="scan"),
            path("<int:pk>/propose/", write(convention.propose), name="propose"),
            path("<int:pk>/take-back/", write(convention.take_back), name="take_back"),
            path("<int:pk>/drop/", write(convention.drop), name="drop"),
            path("<int:pk>/amend/", write(convention.amend), name="amend"),
            path("<int:pk>/delete/", write(convention.delete), name="delete"),
            path("<int:pk>/paper/", sign(signing.NotePaper.as_view()), name="paper"),
            path("<int:pk>/ask/", sign(signing.AskToSign.as_view()), name="ask"),
            path("<int:pk>/end/", sign(signing.EndConvention.as_view()), name="end"),
        ]


class ConventionTemplateViewSet(ModelViewSet):  # type: ignore[misc]
    """The models that the town edits."""

    model = ConventionTemplate
    name = "convention_models"
    url_prefix = "convention-models"
    icon = "doc-empty-inverse"
    menu_label = _("Models of conventions")
    list_display = ["name", BooleanColumn("is_in_use", label=_("Proposed"), width="20%"), "changed_at"]
    list_filter = ["is_in_use"]
    list_per_page = 50
