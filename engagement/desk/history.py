"""What do the staff's histories say of what happened in this room?"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from engagement.models import IdeaStage, Stage

LABELS = dict([*IdeaStage.choices, *Stage.choices])


def name_actions(actions: LogActionRegistry) -> None:
    """Wagtail's hook: the passages, with the stage that was reached."""
    actions.register_action("engagement.passage")(Passed)


class Passed(LogFormatter):  # type: ignore[misc]  # Wagtail is untyped
    label = _("Pass to another stage")

    def format_message(self, entry: ModelLogEntry) -> str:
        return gettext("Passed to “%(stage)s”") % {"stage": LABELS.get(entry.data.get("to"), "")}
