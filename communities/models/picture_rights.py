"""Who is recognised on a picture, and where did they allow it to be shown?"""

import datetime as dt
from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .resident import Resident

SOON = dt.timedelta(days=60)
NO_END = dt.date(9999, 12, 31)


class Recognisable(models.TextChoices):
    """Who can be recognised on it."""

    UNKNOWN = "unknown", _("not said yet")
    NOBODY = "nobody", _("nobody")
    ADULTS = "adults", _("adults, who agreed")
    MINORS = "minors", _("minors (under 18)")


class Medium(models.TextChoices):
    """Where a picture is shown; each is allowed on its own."""

    SITE = "site", _("website")
    LETTERS = "letters", _("letters and e-mails")
    PRINT = "print", _("printed documents")
    SOCIAL = "social", _("social networks")


class PictureState(models.TextChoices):
    """How a picture stands for the website, on one day."""

    TO_SAY = "to_say", _("to be said")
    MISSING = "missing", _("authorisation missing")
    IN_ORDER = "in_order", _("in good order")
    SOON = "soon", _("expires soon")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


BARRED = {PictureState.MISSING, PictureState.EXPIRED, PictureState.WITHDRAWN}
"""Shown nowhere."""


class PictureRightsQuerySet(models.QuerySet["PictureRights"]):
    """Which pictures?"""

    def standing(self, today: dt.date) -> "PictureRightsQuerySet":
        """With `state`, as `state_on` gives it."""
        said = [
            (Q(withdrawn_at__isnull=False), PictureState.WITHDRAWN),
            (Q(recognisable=Recognisable.UNKNOWN), PictureState.TO_SAY),
            (Q(site_until__isnull=True), PictureState.MISSING),
            (Q(site_until__lt=today), PictureState.EXPIRED),
            (Q(site_until__lte=today + SOON), PictureState.SOON),
        ]
        found = models.Case(
            *(models.When(which, then=models.Value(state.value)) for which, state in said),
            default=models.Value(PictureState.IN_ORDER.value),
            output_field=models.CharField(),
        )
        return self.annotate(state=found)

    def in_states(self, states: Collection[str], today: dt.date) -> "PictureRightsQuerySet":
        """Those that stand in one of these."""
        asked = {"state__in": list(states)}
        return self.standing(today).filter(**asked)


class PictureRights(models.Model):
    """What is known of one picture. `…_until` are the last days on which each medium may show it, as its authorisations
    allow: none, no day; `was_there_before` tells those that the town showed before anybody was asked.
    """

    image = models.OneToOneField(
        "wagtailimages.Image", verbose_name=_("picture"), on_delete=models.CASCADE, related_name="rights"
    )
    recognisable = models.CharField(
        _("who is recognised on it"), max_length=8, choices=Recognisable.choices, default=Recognisable.UNKNOWN
    )
    minors = models.PositiveSmallIntegerField(_("how many minors"), default=0)
    credit = models.CharField(_("author"), max_length=160, blank=True)
    licence = models.CharField(_("licence"), max_length=160, blank=True)
    remarks = models.TextField(_("remarks"), blank=True, max_length=2000)
    was_there_before = models.BooleanField(_("was there before anybody was asked"), default=False)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    site_until = models.DateField(_("website until"), null=True, blank=True)
    letters_until = models.DateField(_("letters until"), null=True, blank=True)
    print_until = models.DateField(_("printed documents until"), null=True, blank=True)
    social_until = models.DateField(_("social networks until"), null=True, blank=True)

    objects = PictureRightsQuerySet.as_manager()

    class Meta:
        verbose_name = _("rights to a picture")
        verbose_name_plural = _("rights to pictures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(recognisable=Recognisable.MINORS) | Q(minors__gte=1),
                name="recognised_minors_are_counted",
            ),
        ]

    def __str__(self) -> str:
        return str(self.image)

    def state_on(self, today: dt.date) -> PictureState:
        """As it stands for the website."""
        if self.withdrawn_at:
            return PictureState.WITHDRAWN
        if self.recognisable == Recognisable.UNKNOWN:
            return PictureState.TO_SAY
        if self.site_until is None:
            return PictureState.MISSING
        if self.site_until < today:
            return PictureState.EXPIRED
        return PictureState.SOON if self.site_until <= today + SOON else PictureState.IN_ORDER

    def allows(self, medium: Medium, today: dt.date) -> bool:
        """Whether that medium may show it. All that we show stands on the website, too."""
        state = self.state_on(today)
        if state == PictureState.TO_SAY:
            return self.was_there_before
        until: dt.date | None = getattr(self, f"{medium.value}_until")
        return state not in BARRED and until is not None and until >= today

    @property
    def state_today(self) -> PictureState:
        """For a row of `standing`."""
        return PictureState(self.state)  # type: ignore[attr-defined]  # annotated

    @property
    def shows_minors(self) -> bool:
        return self.recognisable == Recognisable.MINORS


class PictureAuthorisation(models.Model):
    """What those who answer for one minor signed, on paper, for one picture. Never public."""

    rights = models.ForeignKey(
        PictureRights, verbose_name=_("picture"), on_delete=models.CASCADE, related_name="authorisations"
    )
    minor = models.CharField(
        _("the minor"), max_length=60, help_text=_("First name and initial only, as in “Nora C.”. Never published.")
    )
    first_guardian = models.CharField(_("who signed"), max_length=160)
    second_guardian = models.CharField(_("the other guardian, who signed too"), max_length=160, blank=True)
    why_alone = models.CharField(
        _("why only one of them signs"),
        max_length=255,
        blank=True,
        help_text=_("Both sign, unless only one holds parental authority: say why."),
    )
    resident = models.ForeignKey(
        Resident,
        verbose_name=_("their record, if the town hall has one"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="picture_authorisations",
    )
    signed_on = models.DateField(_("signed on"))
    paper_lies = models.CharField(
        _("where the signed paper is kept"), max_length=255, help_text=_("Which folder, in which office.")
    )
    on_site = models.BooleanField(_("website"), default=False)
    in_letters = models.BooleanField(_("letters and e-mails"), default=False)
    in_print = models.BooleanField(_("printed documents"), default=False)
    on_social = models.BooleanField(_("social networks"), default=False)
    valid_until = models.DateField(_("valid until"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    written_at = models.DateTimeField(_("written down on"))

    class Meta:
        verbose_name = _("authorisation for a picture")
        verbose_name_plural = _("authorisations for pictures")
        ordering = ["minor", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(second_guardian="") | ~Q(why_alone=""), name="both_guardians_sign_or_it_says_why_not"
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=models.F("signed_on")), name="ends_after_it_is_signed"),
        ]

    def __str__(self) -> str:
        return self.minor

    def covers(self, medium: Medium) -> bool:
        return bool(getattr(self, SCOPES[medium]))

    @property
    def media(self) -> list[str]:
        return [str(medium.label) for medium in Medium if self.covers(medium)]


SCOPES = {Medium.SITE: "on_site", Medium.LETTERS: "in_letters", Medium.PRINT: "in_print", Medium.SOCIAL: "on_social"}
