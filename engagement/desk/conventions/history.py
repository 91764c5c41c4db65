"""What do the staff's histories say of a convention?"""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

ACTIONS = {
    "begun": (_("Begin the convention"), _("Begun from a model")),
    "changed": (_("Change the draft"), _("The draft was changed")),
    "proposed": (_("Put out for signature"), _("The text was frozen and put out for signature")),
    "taken_back": (_("Take back"), _("Taken back: a draft again")),
    "dropped": (_("Drop"), _("Dropped: it will not be signed")),
    "asked": (_("Ask for a signature"), _("Someone was asked to sign on screen")),
    "signature": (_("Signature"), _("One side signed")),
    "signed": (_("Signed by both sides"), _("Both sides have signed")),
    "amended": (_("Amend"), _("An amendment was begun")),
    "ended": (_("End"), _("The convention ended")),
}


def name_actions(actions: LogActionRegistry) -> None:
    """Wagtail's hook: each step, in words."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(f"engagement.convention.{name}", label, message)
