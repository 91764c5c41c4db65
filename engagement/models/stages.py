"""Through which stages do ideas and projects go, and which passages are there? Told once, as data."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class IdeaStage(models.TextChoices):
    """Where an idea stands, from its first words to the commune's answer."""

    DRAFT = "draft", _("draft")
    RECEIVED = "received", pgettext_lazy("idea", "received")
    EXAMINATION = "examination", _("under examination")
    ASKED = "asked", _("waiting for more information")
    SUPPORTED = "supported", pgettext_lazy("idea", "supported")
    REFUSED = "refused", pgettext_lazy("idea", "refused")
    MERGED = "merged", _("joined to another idea")
    WITHDRAWN = "withdrawn", pgettext_lazy("idea", "withdrawn")

    @classmethod
    def open(cls) -> list["IdeaStage"]:
        """Those that wait for the commune's answer."""
        return [*cls.in_hand(), cls.ASKED]

    @classmethod
    def in_hand(cls) -> list["IdeaStage"]:
        """Those at which it is the commune's turn: while it waits for those who carry the idea, no clock runs."""
        return [cls.RECEIVED, cls.EXAMINATION]

    @classmethod
    def answered(cls) -> list["IdeaStage"]:
        """Those at which the commune has said what becomes of it."""
        return [cls.SUPPORTED, cls.REFUSED, cls.MERGED]


class Stage(models.TextChoices):
    """Where a project stands, from the commune's support to its end."""

    SUPPORTED = "supported", _("supported")
    DRAFTING = "drafting", _("convention being written")
    SIGNED = "signed", _("convention signed")
    UNDER_WAY = "under_way", _("under way")
    DELIVERED = "delivered", _("delivered")
    STEWARDSHIP = "stewardship", _("looked after")
    TAKEN_BACK = "taken_back", _("taken back by the commune")
    CLOSED = "closed", _("ended")
    GIVEN_UP = "given_up", _("given up")

    @classmethod
    def going_on(cls) -> list["Stage"]:
        """Those at which something is being prepared or built."""
        return [cls.SUPPORTED, cls.DRAFTING, cls.SIGNED, cls.UNDER_WAY]

    @classmethod
    def built(cls) -> list["Stage"]:
        """Those at which it stands where residents see it."""
        return [cls.DELIVERED, cls.STEWARDSHIP, cls.TAKEN_BACK]

    @classmethod
    def in_their_hands(cls) -> list["Stage"]:
        """Those at which it stands, and residents look after it."""
        return [cls.DELIVERED, cls.STEWARDSHIP]

    @classmethod
    def over(cls) -> list["Stage"]:
        """Those after which nothing comes."""
        return [cls.CLOSED, cls.GIVEN_UP]

    @classmethod
    def rail(cls) -> list["Stage"]:
        """The way a project goes when all is well."""
        return [cls.SUPPORTED, cls.DRAFTING, cls.SIGNED, cls.UNDER_WAY, cls.DELIVERED, cls.STEWARDSHIP]


class Right(models.TextChoices):
    """Who may make a thing pass: a permission of Django's, or the residents who hold it."""

    HOLDERS = "holders", _("those who carry it")
    EXAMINE = "engagement.change_idea", _("those who examine ideas")
    DECIDE = "engagement.decide_idea", _("those who decide on ideas")
    DRAFT = "engagement.change_convention", _("those who write conventions")
    SIGN = "engagement.sign_convention", _("those who sign for the commune")
    FOLLOW = "engagement.change_project", _("those who follow projects")


AnyStage = IdeaStage | Stage

H, E, D, W, S, F = Right.HOLDERS, Right.EXAMINE, Right.DECIDE, Right.DRAFT, Right.SIGN, Right.FOLLOW

IDEA_PASSAGES: dict[tuple[IdeaStage, IdeaStage], frozenset[Right]] = {
    (IdeaStage.DRAFT, IdeaStage.RECEIVED): frozenset({H, E}),
    (IdeaStage.RECEIVED, IdeaStage.EXAMINATION): frozenset({E}),
    (IdeaStage.RECEIVED, IdeaStage.MERGED): frozenset({D}),
    (IdeaStage.RECEIVED, IdeaStage.WITHDRAWN): frozenset({H, E}),
    (IdeaStage.EXAMINATION, IdeaStage.ASKED): frozenset({E}),
    (IdeaStage.EXAMINATION, IdeaStage.SUPPORTED): frozenset({D}),
    (IdeaStage.EXAMINATION, IdeaStage.REFUSED): frozenset({D}),
    (IdeaStage.EXAMINATION, IdeaStage.MERGED): frozenset({D}),
    (IdeaStage.EXAMINATION, IdeaStage.WITHDRAWN): frozenset({H, E}),
    (IdeaStage.ASKED, IdeaStage.EXAMINATION): frozenset({H, E}),
    (IdeaStage.ASKED, IdeaStage.REFUSED): frozenset({D}),
    (IdeaStage.ASKED, IdeaStage.MERGED): frozenset({D}),
    (IdeaStage.ASKED, IdeaStage.WITHDRAWN): frozenset({H, E}),
}

PROJECT_PASSAGES: dict[tuple[Stage, Stage], frozenset[Right]] = {
    (Stage.SUPPORTED, Stage.DRAFTING): frozenset({W}),
    (Stage.DRAFTING, Stage.SUPPORTED): frozenset({W}),
    (Stage.DRAFTING, Stage.SIGNED): frozenset({H, S, W}),
    (Stage.SIGNED, Stage.UNDER_WAY): frozenset({F}),
    (Stage.UNDER_WAY, Stage.DELIVERED): frozenset({F}),
    (Stage.DELIVERED, Stage.STEWARDSHIP): frozenset({F}),
    (Stage.DELIVERED, Stage.CLOSED): frozenset({F}),
    (Stage.STEWARDSHIP, Stage.TAKEN_BACK): frozenset({F}),
    (Stage.STEWARDSHIP, Stage.CLOSED): frozenset({F}),
    (Stage.TAKEN_BACK, Stage.STEWARDSHIP): frozenset({F}),
    (Stage.TAKEN_BACK, Stage.CLOSED): frozenset({F}),
    **{(stage, Stage.GIVEN_UP): frozenset({F}) for stage in Stage.going_on()},
}

# A passage to one of these says why, to everyone.
NEED_A_REASON: frozenset[AnyStage] = frozenset(
    {IdeaStage.REFUSED, IdeaStage.ASKED, IdeaStage.MERGED, Stage.GIVEN_UP, Stage.TAKEN_BACK, Stage.CLOSED}
)

# A passage before which somebody has planned a day on which residents look how it stands. What the commune took back is
# given again first: meanwhile nothing can be planned for them.
NEED_A_CHECK: frozenset[tuple[AnyStage, AnyStage]] = frozenset({(Stage.DELIVERED, Stage.STEWARDSHIP)})

# What the day's line of a public story says.
PASSED: dict[AnyStage, str | Promise] = {
    IdeaStage.RECEIVED: _("The idea reached the town hall"),
    IdeaStage.EXAMINATION: _("The town hall began to examine it"),
    IdeaStage.ASKED: _("The town hall asked for more information"),
    IdeaStage.REFUSED: _("The commune does not support it"),
    IdeaStage.MERGED: _("It was joined to another idea"),
    IdeaStage.WITHDRAWN: _("Those who carry it withdrew it"),
    Stage.SUPPORTED: _("The commune supports it"),  # an idea's too: the two are one word
    Stage.DRAFTING: _("The convention is being written"),
    Stage.SIGNED: _("The convention is signed by both sides"),
    Stage.UNDER_WAY: _("Work has begun"),
    Stage.DELIVERED: _("It is there"),
    Stage.STEWARDSHIP: _("Residents look after it"),
    Stage.TAKEN_BACK: _("The commune took it back"),
    Stage.CLOSED: _("The project ended"),
    Stage.GIVEN_UP: _("The project was given up"),
}

# An idea that comes back from a question to the examination, which does not begin twice.
GOES_ON = _("The town hall goes on examining it")

# What those who carry it read next in their letter; of the other stages, their own letters say it.
THEN: dict[AnyStage, str | Promise] = {
    Stage.DELIVERED: _("Thank you to everyone who made it. Next, you and the town hall settle who looks after it."),
    Stage.STEWARDSHIP: _(
        "Before each check, a letter asks you how it stands: you answer in one gesture, or by telephone. If something"
        " is broken or missing, tell us at once, without waiting for the day."
    ),
    Stage.TAKEN_BACK: _("The commune looks after it from now on: nobody will ask you to check it any more."),
    Stage.CLOSED: _("Nobody will ask you anything more about it. Thank you for what you built and kept alive."),
}
