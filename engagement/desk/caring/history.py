"""What do the staff's histories say of checks and duties?"""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

ACTIONS = {
    "checks_planned": (_("Plan checks"), _("Checks planned")),
    "check_moved": (_("Move a check"), _("Check moved to another day")),
    "check_entrusted": (_("Entrust a check"), _("Check entrusted to somebody else")),
    "check_called_off": (_("Call off a check"), _("Check called off")),
    "check_answered": (_("Answer a check"), _("What was found is written down")),
    "check_photo_shown": (_("Show a photograph"), _("Photograph shown to everyone")),
    "check_photo_hidden": (_("Hide a photograph"), _("Photograph hidden")),
    "review_concluded": (_("Conclude a review"), _("Review concluded")),
    "duty_noted": (_("Note a duty"), _("A duty was noted")),
    "duty_dropped": (_("Take a duty off"), _("A duty was taken off")),
}


def name_actions(actions: LogActionRegistry) -> None:
    """Wagtail's hook: each gesture, in words."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(f"engagement.{name}", label, message)
