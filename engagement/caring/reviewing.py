"""What becomes of what stands? It goes on, it is renewed, the commune takes it back or gives it again, or it ends."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from engagement import passing, permissions
from engagement.models import CheckKind, CheckState, Conclusion, Passage, Project, Stage, StewardshipCheck
from engagement.refusals import Refusal, refuse_unless

from . import checking, planning


class AlreadyConcluded(Refusal):
    """It is no review, it was called off, or both sides have decided."""

    MESSAGE = gettext_lazy("This review was concluded or called off meanwhile.")


@transaction.atomic
def go_on(*, review: StewardshipCheck, words: str = "", by: User, now: dt.datetime) -> StewardshipCheck | None:
    """Both sides go on as they do; the next review, if there is one. Raises MayNot, AlreadyConcluded."""
    conclude(review=review, conclusion=Conclusion.GOES_ON, words=words, by=by, now=now)
    return planning.plan_review(project=review.project, now=now)


@transaction.atomic
def renew(*, review: StewardshipCheck, words: str = "", by: User, now: dt.datetime) -> StewardshipCheck | None:
    """Both sides want to renew: an amendment is written and signed next. As go_on."""
    conclude(review=review, conclusion=Conclusion.RENEWED, words=words, by=by, now=now)
    return planning.plan_review(project=review.project, now=now)


@transaction.atomic
def conclude(*, review: StewardshipCheck, conclusion: Conclusion, words: str, by: User, now: dt.datetime) -> None:
    """What residents answered by letter stays; without an answer, the review was held and all is well."""
    refuse_unless(permissions.may_follow_stewardship(by))
    locked = checking.lock(review)
    if not locked.is_review or locked.is_called_off or locked.conclusion:
        raise AlreadyConcluded
    locked.conclusion = conclusion
    if not locked.is_done:
        locked.state, locked.answered_at, locked.noted_by = CheckState.GOOD, now, by
    locked.words = "\n\n".join(filter(None, [locked.words, words.strip()]))[: checking.MOST_WORDS]
    locked.save()
    log(locked, "engagement.review_concluded", user=by, data={"conclusion": str(conclusion)})


@transaction.atomic
def take_back(*, project: Project, reason: str, by: passing.Actor, now: dt.datetime) -> Passage:
    """The commune looks after it from now on; what residents were to look at is called off.

    Raises what passing.to raises: a reason is needed, for everyone.
    """
    passage = passing.to(thing=project, stage=Stage.TAKEN_BACK, by=by, words=reason, now=now)
    call_off_the_rest()
    return passage


@transaction.atomic
def give_again(*, project: Project, words: str = "", by: passing.Actor, now: dt.datetime) -> Passage:
    """Residents look after it once more; the checks are planned anew. Raises what passing.to raises."""
    passage = passing.to(thing=project, stage=Stage.STEWARDSHIP, by=by, words=words, now=now)
    planning.plan_review(project=project, now=now)
    return passage


@transaction.atomic
def end(*, project: Project, reason: str, by: passing.Actor, now: dt.datetime) -> Passage:
    """It ends, with a reason for everyone; a review that waits for a conclusion ends with it.

    Raises what passing.to raises. The convention is ended by its own rule.
    """
    passage = passing.to(
        thing=project, stage=Stage.CLOSED, by=by, words=reason, now=now, closed_on=timezone.localdate(now)
    )
    reviews = project.checks.done().filter(kind=CheckKind.REVIEW, conclusion="")
    reviews.update(conclusion=Conclusion.ENDED)
    call_off_the_rest()
    return passage


def call_off_the_rest() -> int:
    """Whatever was to be looked at where nobody is asked to look any more; how many that was."""
    return StewardshipCheck.objects.vain().update(state=CheckState.CANCELLED)
