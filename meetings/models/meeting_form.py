"""What the town hall fills in of a meeting, and what it is told beside a field before it may publish."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from meetings import planning

MOMENTS = ("starts_at", "ends_at")
AS_TYPED = [f"%d/%m/%Y {hour}" for hour in ("%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h")]
HOW_TO_TYPE = _("Write the day and the hour like this: 10/12/2026 18:30.")


def read_as_typed(field: Any) -> None:
    """18h30 is an hour too; a day without its hour is not, nor is what is not understood: an example is given."""
    field.input_formats = AS_TYPED
    field.error_messages["invalid"] = HOW_TO_TYPE


class MeetingPageForm(WagtailAdminPageForm):  # type: ignore[misc]  # Wagtail is untyped
    """Impossible times are refused at once; what is only incomplete is refused when publishing, never in a draft."""

    class Media:
        js = ("admin/meeting_form.js",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MOMENTS:
            read_as_typed(self.fields[name])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.explain_the_missing_hour()
        if planning.ends_first(cleaned.get("starts_at"), cleaned.get("ends_at")):
            self.add_error("ends_at", planning.ENDS_FIRST)
        if not self.is_deferred_validation:
            self.refuse_the_unready(cleaned)
        return cleaned

    def explain_the_missing_hour(self) -> None:
        """Django's own words for a clock-change night are about time zones; ours are about the clock."""
        for name in MOMENTS:
            errors = self.errors.as_data().get(name, [])
            if any(error.code == "ambiguous_timezone" for error in errors):
                del self._errors[name]
                self.add_error(
                    name,
                    ValidationError(planning.NO_SUCH_HOUR, code="ambiguous_timezone"),
                )

    def refuse_the_unready(self, cleaned: dict[str, Any]) -> None:
        """Beside each field, unless the field has said something already."""
        for field, sentence in planning.troubles(self.plan(cleaned)).items():
            if field not in self.errors:
                self.add_error(field, sentence)

    def plan(self, cleaned: dict[str, Any]) -> planning.Plan:
        return planning.Plan(
            meeting_id=self.instance.pk,
            title=cleaned.get("title", ""),
            starts_at=cleaned.get("starts_at"),
            ends_at=cleaned.get("ends_at"),
            venue=cleaned.get("venue"),
            online_link=cleaned.get("online_link", ""),
            status=cleaned.get("status", ""),
            reason=cleaned.get("status_reason", ""),
            invites_someone=bool(cleaned.get("communities") or cleaned.get("neighbourhoods")),
        )
