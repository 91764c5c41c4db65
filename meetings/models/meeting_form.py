"""What the town hall may not publish of a meeting, and the sentence that says so."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from meetings import planning

NOBODY = _("Choose at least one community or one neighbourhood to invite.")
NO_REASON = _("Say why in a sentence: residents will read it.")
NO_PLACE = _("Choose a venue, or give a link to join online.")


class MeetingPageForm(WagtailAdminPageForm):  # type: ignore[misc]  # Wagtail is untyped
    """Impossible times are refused at once; what is only incomplete is refused when publishing, never in a draft."""

    class Media:
        js = ("admin/meeting_form.js",)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.explain_the_missing_hour()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", planning.ENDS_FIRST)
        if not self.is_deferred_validation:
            self.refuse_the_incomplete(cleaned)
        return cleaned

    def explain_the_missing_hour(self) -> None:
        """Django's own words for a clock-change night are about time zones; ours are about the clock."""
        for name in ("starts_at", "ends_at"):
            errors = self.errors.as_data().get(name, [])
            if any(error.code == "ambiguous_timezone" for error in errors):
                del self._errors[name]
                self.add_error(
                    name,
                    ValidationError(planning.NO_SUCH_HOUR, code="ambiguous_timezone"),
                )

    def refuse_the_incomplete(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("communities") and not cleaned.get("neighbourhoods"):
            self.add_error("communities", NOBODY)
        if cleaned.get("status") in ("cancelled", "postponed") and not cleaned.get("status_reason"):
            self.add_error("status_reason", NO_REASON)
        self.refuse_a_taken_venue(cleaned)

    def refuse_a_taken_venue(self, cleaned: dict[str, Any]) -> None:
        venue, starts_at, ends_at = (cleaned.get(name) for name in ("venue", "starts_at", "ends_at"))
        if not (venue and starts_at and ends_at) or cleaned.get("status") not in (
            "planned",
            "confirmed",
        ):
            return
        booking = planning.clash(
            venue=venue,
            starts_at=starts_at,
            ends_at=ends_at,
            meeting_id=self.instance.pk,
        )
        if booking:
            self.add_error("venue", planning.clash_sentence(booking))
