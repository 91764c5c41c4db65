"""How does the town hall choose a day and an hour? By quarters of an hour, from half past six in the evening."""

from typing import Any

from wagtail.admin.widgets import AdminDateTimeInput

STEP = 15
EVENING = "18:30"


class MomentInput(AdminDateTimeInput):  # type: ignore[misc]  # Wagtail is untyped
    """Wagtail's day and hour, with the hours at which people meet.

    What was typed stays as it was typed: left to itself the picker rewrites it into what it makes of it, and a meeting
    typed for 18h30 would be published for 18:00. The server reads it or refuses it (see meeting_form).
    """

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {"step": STEP, "defaultTime": EVENING, "validateOnBlur": False}
