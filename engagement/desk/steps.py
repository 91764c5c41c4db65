"""What do staff read on the way from one stage to the next? Told once, as data."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.models import Idea, IdeaStage, Stage
from engagement.models.stages import NEED_A_REASON, AnyStage


@dataclass(frozen=True, kw_only=True)
class Step:
    """The button that leads there, what the words are, what happens next; `day`: what the date is called."""

    button: str | Promise
    words: str | Promise
    hint: str | Promise = ""
    consequence: str | Promise = ""
    day: str | Promise = ""


A_WORD = _("A word to those who carry it (if you wish)")
REASON = _("Reason")
IT_IS_SENT = _("Published on its page, and sent to those who carry it.")

IDEA_STEPS: dict[IdeaStage, Step] = {
    IdeaStage.EXAMINATION: Step(
        button=_("Begin the examination"),
        words=A_WORD,
        consequence=_("Those who carry it are told that the town hall examines it."),
    ),
    IdeaStage.SUPPORTED: Step(
        button=_("Support it"),
        words=A_WORD,
        hint=IT_IS_SENT,
        consequence=_(
            "Its project begins at once, with a community of those who carry it and those who would take part, and a "
            "page that nobody sees before you publish it."
        ),
    ),
    IdeaStage.ASKED: Step(
        button=_("Ask for more information"),
        words=_("Your question"),
        hint=IT_IS_SENT,
        consequence=_("Until they answer, the idea is not counted as overdue."),
    ),
    IdeaStage.REFUSED: Step(
        button=_("Refuse it"),
        words=REASON,
        hint=IT_IS_SENT,
        consequence=_("An answer is an answer: it cannot be taken back. Those who carry it may propose it anew."),
    ),
    IdeaStage.MERGED: Step(
        button=_("Join it to another idea"),
        words=REASON,
        hint=IT_IS_SENT,
        consequence=_(
            "Its supports count for the other idea, each person once, and whoever carried it takes part there."
        ),
    ),
    IdeaStage.WITHDRAWN: Step(
        button=_("Withdraw it, as those who carry it wish"),
        words=_("What they said (if you wish)"),
        hint=IT_IS_SENT,
        consequence=_(
            "They asked you for it: a letter tells them that it is done. It cannot be taken back; they may propose it "
            "anew."
        ),
    ),
}

GO_ON = Step(
    button=_("Go on with the examination"),
    words=_("What they answered (if they did)"),
    hint=_("Kept for the town hall, never published."),
    consequence=_("The answer of the town hall is due later by the days it waited."),
)
"""From a question back to the examination."""

PROJECT_STEPS: dict[Stage, Step] = {
    Stage.UNDER_WAY: Step(button=_("Work has begun"), words=A_WORD, day=_("The day on which work began")),
    Stage.DELIVERED: Step(button=_("It is delivered"), words=A_WORD, day=_("The day on which it was delivered")),
    Stage.GIVEN_UP: Step(
        button=_("The project is given up"),
        words=REASON,
        hint=IT_IS_SENT,
        day=_("The day on which it was given up"),
        consequence=_("Nothing comes after this: those who carry it may propose another idea."),
    ),
}

CARE_STEPS: dict[Stage, Step] = {
    Stage.STEWARDSHIP: Step(button=_("Residents look after it"), words=A_WORD, hint=IT_IS_SENT),
    Stage.TAKEN_BACK: Step(button=_("The commune takes it back"), words=REASON, hint=IT_IS_SENT),
    Stage.CLOSED: Step(button=_("The project ends"), words=REASON, hint=IT_IS_SENT),
}
"""On the pages of the upkeep."""

LABELS: dict[Stage, str | Promise] = {
    Stage.DRAFTING: _("Write the convention"),
    **{stage: step.button for stage, step in CARE_STEPS.items()},
}
"""What the button says that leads to a stage by a page of the convention, or of the upkeep."""


def needs_words(stage: AnyStage) -> bool:
    return stage in NEED_A_REASON


def of_idea(idea: Idea, stage: IdeaStage) -> Step:
    """What is read on the way from where the idea stands."""
    goes_on = stage == IdeaStage.EXAMINATION and idea.waits_for_its_holders
    return GO_ON if goes_on else IDEA_STEPS[stage]
