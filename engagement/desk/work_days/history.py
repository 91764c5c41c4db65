"""What does the history of a page say of a work day, and which resident did it?"""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import PageLogEntry

from communities.models import Resident
from engagement.volunteering.planning import changing, inviting, making, proposing

SAID: dict[str, tuple[str | Promise, str | Promise]] = {
    making.MADE: (_("Plan a work day"), _("Planned the work day")),
    changing.CHANGED: (_("Change a work day"), _("Changed the plan of the work day")),
    proposing.PUBLISHED: (_("Publish a work day"), _("Published the work day")),
    proposing.PROPOSED: (_("Propose a work day"), _("Proposed the work day")),
    proposing.TAKEN_BACK: (_("Take back a work day"), _("Took the proposal back")),
    proposing.APPROVED: (_("Say yes to a work day"), _("Said yes to the work day")),
    proposing.REFUSED: (_("Say no to a work day"), _("Said no to the work day")),
    inviting.INVITED: (_("Invite the members"), _("Invited the members")),
}
"""By action, what it is called and what the history says."""


def name_actions(actions: LogActionRegistry) -> None:
    """Wagtail's hook."""
    for action, (label, message) in SAID.items():
        actions.register_action(action)(formatter(label, message))


def formatter(label_: str | Promise, message_: str | Promise) -> type[LogFormatter]:
    class Done(LogFormatter):  # type: ignore[misc]  # Wagtail is untyped
        label = label_

        def format_message(self, entry: PageLogEntry) -> str:
            return by_whom(str(message_), entry)

    return Done


def by_whom(message: str, entry: PageLogEntry) -> str:
    """Wagtail names its users; residents are named here, while they are known."""
    resident = Resident.objects.known().filter(pk=entry.data.get("resident") or 0).first()
    words = {"what": message, "name": resident}
    return gettext("%(what)s (%(name)s, in their space)") % words if resident else message
