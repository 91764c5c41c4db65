"""What do the staff's histories say of what happened in this room?"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from engagement.examining import noting, placing, publishing, teaming
from engagement.models import IdeaStage, Stage
from engagement.volunteering.insuring import naming

LABELS = dict([*IdeaStage.choices, *Stage.choices])
SAID = {
    publishing.PUBLISHED: (_("Make public"), _("Made public")),
    publishing.WITHHELD: (_("Make private"), _("No longer public")),
    publishing.REWORDED: (_("Change the words"), _("Changed the words")),
    publishing.PICTURES: (_("Choose the photographs"), _("Chose the photographs that are public")),
    publishing.ADDED: (_("Add photographs"), _("Added photographs")),
    placing.PLACED: (_("Put on the plan"), _("Changed its place on the plan")),
    noting.EXAMINED: (_("Note the examination"), _("Noted what the examination says")),
    noting.NOTED: (_("Write a private note"), _("Wrote a private note")),
    naming.NAMED: (_("Ask for the names of a work day"), _("Asked for the names of a work day")),
    teaming.TEAM: (_("Change the team"), _("Changed the team")),
}
"""By action, what it is called and what the history says."""


def name_actions(actions: LogActionRegistry) -> None:
    """Wagtail's hook: the passages, with the stage that was reached, and all that is not a passage."""
    actions.register_action("engagement.passage")(Passed)
    actions.register_action(noting.GIVEN)(Given)
    for action, (label, message) in SAID.items():
        actions.register_action(action, label, message)


class Passed(LogFormatter):  # type: ignore[misc]  # Wagtail is untyped
    label = _("Pass to another stage")

    def format_message(self, entry: ModelLogEntry) -> str:
        return gettext("Passed to “%(stage)s”") % {"stage": LABELS.get(entry.data.get("to"), "")}


class Given(LogFormatter):  # type: ignore[misc]
    label = _("Give to an officer")

    def format_message(self, entry: ModelLogEntry) -> str:
        return gettext("Given to %(officer)s") % {"officer": entry.data.get("officer", "")}
