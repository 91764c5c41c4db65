"""What can be done with several ideas at once? Each goes through the same rule as alone."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction

from engagement import passing, permissions
from engagement.desk import reading
from engagement.desk.staff_field import StaffField
from engagement.examining import deciding, noting, people, publishing
from engagement.models import Idea, IdeaStage

from . import listing


class OnIdeas(BulkAction):  # type: ignore[misc]  # Wagtail is untyped
    """Those ticked on the list, or all that its filters and words leave."""

    models = [Idea]
    template_name = "engagement/admin/ideas_together.html"
    question: Any = ""
    not_these: Any = _("These stay as they are: this cannot be done with them, or you may not do it.")

    def get_queryset(self, model: type[Idea], object_ids: list[Any]) -> list[Idea]:  # type: ignore[override]
        return list(reading.ideas().filter(pk__in=[key for key in object_ids if str(key).isdecimal()]))

    def get_all_objects_in_listing_query(self, parent_id: object) -> list[int]:
        asked = self.request.GET
        found = listing.IdeaFilterSet(asked, queryset=reading.ideas(), request=self.request).qs
        words = asked.get("q", "")
        found = reading.called(found, words, may_see_names=False) if words else found
        return list(found.values_list("pk", flat=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.display_name, "question": self.question, "not_these": self.not_these}
        return super().get_context_data(**kwargs) | words

    def get_execution_context(self) -> dict[str, Any]:
        return {"by": self.request.user, "said": self.cleaned_form.cleaned_data}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext("Done for %(number)s idea.", "Done for %(number)s ideas.", num_parent_objects)
        return words % {"number": num_parent_objects}


class BeginTogether(OnIdeas):
    """Begin the examination."""

    display_name = _("Begin the examination")
    aria_label = _("Begin the examination of the ideas that are ticked")
    action_type = "begin"
    action_priority = 10
    question = _("The town hall begins to examine these ideas. A letter says so to those who carry each of them.")

    def check_perm(self, idea: Idea) -> bool:
        return passing.is_allowed(idea, IdeaStage.EXAMINATION, by=passing.Actor(user=self.request.user))

    @classmethod
    def execute_action(cls, objects: list[Idea], **kwargs: Any) -> tuple[int, int]:
        for idea in objects:
            deciding.begin(idea=idea, by=passing.Actor(user=kwargs["by"]), now=timezone.now())
        return len(objects), 0


class PublishTogether(OnIdeas):
    """Make public."""

    display_name = _("Make public")
    aria_label = _("Make the ideas that are ticked public")
    action_type = "publish"
    action_priority = 20
    question = _("Everyone reads these ideas on the site, can support them and join them. Read each of them first.")

    def check_perm(self, idea: Idea) -> bool:
        may = permissions.may_examine_ideas(self.request.user)
        return may and not idea.is_public and idea.stage != IdeaStage.WITHDRAWN

    @classmethod
    def execute_action(cls, objects: list[Idea], **kwargs: Any) -> tuple[int, int]:
        for idea in objects:
            publishing.publish(idea=idea, by=kwargs["by"], now=timezone.now())
        return len(objects), 0


class OfficerForm(forms.Form):
    """Who follows them from now on."""

    officer = StaffField(label=_("Officer"), queryset=people.officers())


class GiveTogether(OnIdeas):
    """Give to an officer."""

    display_name = _("Give to an officer")
    aria_label = _("Give the ideas that are ticked to an officer")
    action_type = "give"
    action_priority = 30
    form_class = OfficerForm
    question = _("From now on this officer follows these ideas.")

    def check_perm(self, idea: Idea) -> bool:
        return permissions.may_examine_ideas(self.request.user)

    @classmethod
    def execute_action(cls, objects: list[Idea], **kwargs: Any) -> tuple[int, int]:
        return noting.give(ideas=objects, officer=kwargs["said"]["officer"], by=kwargs["by"]), 0


ACTIONS = [BeginTogether, PublishTogether, GiveTogether]
