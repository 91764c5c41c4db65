"""What comes next for an idea that has just passed to another stage, as its letter says it?"""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities import typography
from engagement.models import IdeaStage, Passage


def sentences(passage: Passage) -> list[str]:
    """In the language in force; none for a stage that says it all by itself."""
    told = {
        IdeaStage.RECEIVED: when_received,
        IdeaStage.EXAMINATION: when_examined,
        IdeaStage.ASKED: when_asked,
        IdeaStage.SUPPORTED: when_supported,
        IdeaStage.REFUSED: when_refused,
        IdeaStage.MERGED: when_merged,
        IdeaStage.WITHDRAWN: when_withdrawn,
    }
    say: Callable[[Passage], list[str]] | None = told.get(IdeaStage(passage.to_stage))
    return say(passage) if say else []


def asks(passage: Passage) -> bool:
    """Whether the button leads to an answer that we wait for."""
    return passage.to_stage == IdeaStage.ASKED


def when_received(passage: Passage) -> list[str]:
    return [
        _("Thank you for this idea. You have an answer by %(day)s at the latest.") % {"day": due(passage)},
        _(
            "Until then, someone at the town hall examines it with an elected representative: is it useful to all, can "
            "it be done, will it last? If something is missing, we ask you."
        ),
    ]


def when_examined(passage: Passage) -> list[str]:
    answered = [_("Thank you for your answer.")] if they_answered(passage) else []
    return [*answered, _("You have the answer of the town hall by %(day)s at the latest.") % {"day": due(passage)}]


def they_answered(passage: Passage) -> bool:
    """Not when the town hall goes on without an answer."""
    idea = passage.idea
    return idea is not None and idea.answers.filter(answered_at=passage.passed_at).exists()


def when_asked(_passage: Passage) -> list[str]:
    return [
        _("Your answer lets us go on: write it on the page of your idea, call us, or come by."),
        _("As long as we wait for it, your idea stays as it is; nothing is lost."),
    ]


def when_supported(_passage: Passage) -> list[str]:
    return [_("We get in touch with you to write the convention: who does what, and by when.")]


def when_refused(_passage: Passage) -> list[str]:
    return [_("If you wish to talk about it, call us or come by. You may propose another idea whenever you like.")]


def when_merged(passage: Passage) -> list[str]:
    twin = passage.idea.merged_into if passage.idea else None
    if twin is None:
        return []
    return [_("It goes on as part of “%(title)s”: we invite you to carry it together.") % {"title": twin}]


def when_withdrawn(passage: Passage) -> list[str]:
    """By the town hall, for them: nobody else is written to of a withdrawal."""
    noted = typography.day(timezone.localdate(passage.passed_at), language=get_language())
    return [
        _("The town hall noted this on %(day)s.") % {"day": noted},
        _("If you did not ask for it, call us or come by: nothing of what you wrote is lost."),
    ]


def due(passage: Passage) -> str:
    day = passage.idea.answer_due_on if passage.idea else None
    return typography.day(day, language=get_language()) if day else ""
