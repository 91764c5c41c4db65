"""Who does what, signed by both sides, and frozen once it is out for signature."""

import datetime as dt

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities import speaking

from .clause import ConventionTemplate
from .project import Project

MONTHS = 12


class ConventionState(models.TextChoices):
    """From the first draft to the end."""

    DRAFT = "draft", _("being written")
    PROPOSED = "proposed", _("to be signed")
    SIGNED = "signed", pgettext_lazy("convention", "signed")
    ENDED = "ended", pgettext_lazy("convention", "ended")
    DROPPED = "dropped", _("never signed")

    @classmethod
    def held(cls) -> list["ConventionState"]:
        """Those both sides signed: kept for ever, word for word."""
        return [cls.SIGNED, cls.ENDED]


class ConventionQuerySet(models.QuerySet["Convention"]):
    """Which conventions?"""

    def held(self) -> "ConventionQuerySet":
        """Those both sides signed."""
        return self.filter(state__in=ConventionState.held())

    def in_force(self, today: dt.date) -> "ConventionQuerySet":
        """Those that bind both sides today, whatever an amendment made of their last day."""
        signed = self.filter(state=ConventionState.SIGNED).with_last_day()
        return signed.filter(Q(last_day__isnull=True) | Q(last_day__gte=today))

    def with_last_day(self) -> "ConventionQuerySet":
        """With `last_day`: that of the last amendment signed by both sides, else its own."""
        amended = Convention.objects.held().filter(amends=OuterRef("pk")).order_by("-signed_at", "-pk")
        return self.annotate(last_day=Coalesce(Subquery(amended.values("ends_on")[:1]), "ends_on"))

    def expired(self, today: dt.date) -> "ConventionQuerySet":
        """Those past their last day that nobody has ended: what becomes of what was built, a person says."""
        return self.filter(state=ConventionState.SIGNED).first_ones().with_last_day().filter(Q(last_day__lt=today))

    def first_ones(self) -> "ConventionQuerySet":
        """Without their amendments."""
        return self.filter(amends__isnull=True)


class Convention(models.Model):
    """A convention, or an amendment to one (`amends`): the same way, the same freezing.

    `text` is what both sides sign, word for word, from the moment it is proposed; `sha256` is of its UTF-8 bytes, in
    hexadecimal; `code` finds it on the public page of verification. `ends_on` is the last day, renewals included.
    """

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="conventions"
    )
    amends = models.ForeignKey(
        "self", verbose_name=_("amends"), on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    number = models.CharField(_("number"), max_length=24, unique=True)
    title = models.CharField(_("title"), max_length=160)
    state = models.CharField(_("state"), max_length=16, choices=ConventionState.choices, default=ConventionState.DRAFT)
    template = models.ForeignKey(
        ConventionTemplate,
        verbose_name=_("model it was written from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    holder = models.CharField(
        _("on the residents’ side"),
        max_length=255,
        help_text=_("The person, the group and its spokesperson, the association and who represents it."),
    )
    commune = models.CharField(
        _("on the commune’s side"),
        max_length=255,
        help_text=_("The commune, and who represents it."),
    )
    deliberation = models.CharField(_("deliberation of the council"), max_length=255, blank=True)
    purpose = models.TextField(_("purpose"), max_length=2000)
    site = models.CharField(_("place"), max_length=255, blank=True)
    starts_on = models.DateField(_("in force from"))
    months = models.PositiveSmallIntegerField(_("for how many months"), default=36)
    renewable_months = models.PositiveSmallIntegerField(
        _("renewed each time for, in months"), default=0, help_text=_("0: it is not renewed by itself.")
    )
    renewals = models.PositiveSmallIntegerField(_("renewed at most so many times"), default=0)
    review_months = models.PositiveSmallIntegerField(_("reviewed every so many months"), default=MONTHS)
    maintenance = models.TextField(_("maintenance plan"), max_length=2000, blank=True)
    insurance = models.TextField(_("insurance"), max_length=1000, blank=True)
    passage_cm = models.PositiveSmallIntegerField(
        _("accessible passage kept, in centimetres"), default=140, help_text=_("0: not concerned.")
    )
    take_back = models.TextField(_("when the commune takes it back"), max_length=1000, blank=True)
    contact = models.CharField(_("contact"), max_length=255, blank=True)
    evaluation = models.TextField(_("evaluation"), max_length=1000, blank=True)
    summary = models.TextField(
        _("public summary"),
        max_length=600,
        blank=True,
        help_text=_("Two or three sentences for the public register: no name, no address of a person."),
    )

    text = models.TextField(_("text as it is signed"), blank=True, editable=False)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True, editable=False)
    code = models.CharField(_("code of verification"), max_length=16, unique=True, null=True, editable=False)  # noqa: DJ001 - unique where there is one
    ends_on = models.DateField(_("in force until"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("begun on"))
    proposed_at = models.DateTimeField(_("to be signed since"), null=True, blank=True, editable=False)
    signed_at = models.DateTimeField(_("signed on"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended, noted on"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)
    end_reason = models.TextField(_("why it ended"), max_length=1000, blank=True, editable=False)

    speech = speaking.kept(A=["title"], C=["summary", "number"])

    objects = ConventionQuerySet.as_manager()

    class Meta:
        verbose_name = _("convention")
        verbose_name_plural = _("conventions")
        ordering = ["-created_at", "-pk"]
        permissions = [("sign_convention", _("Can note and take signatures for the commune"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[ConventionState.DRAFT, ConventionState.DROPPED])
                | (~Q(text="") & ~Q(sha256="") & Q(code__isnull=False, proposed_at__isnull=False)),
                name="what_is_to_be_signed_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ConventionState.held(), signed_at__isnull=False)
                | (~Q(state__in=ConventionState.held()) & Q(signed_at__isnull=True)),
                name="a_signed_convention_says_when",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=ConventionState.ENDED, ended_on__isnull=False, ended_at__isnull=False) & ~Q(end_reason="")
                )
                | (~Q(state=ConventionState.ENDED) & Q(ended_on__isnull=True, ended_at__isnull=True, end_reason="")),
                name="an_ended_convention_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True) | ~Q(amends=models.F("pk")), name="a_convention_does_not_amend_itself"
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_on"], name="conventions_by_end")]

    def __str__(self) -> str:
        return f"{self.number} – {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("engagement:convention", args=[self.number])

    @property
    def is_draft(self) -> bool:
        return self.state == ConventionState.DRAFT

    @property
    def is_proposed(self) -> bool:
        return self.state == ConventionState.PROPOSED

    @property
    def is_signed(self) -> bool:
        """By both sides, and not ended."""
        return self.state == ConventionState.SIGNED

    @property
    def is_held(self) -> bool:
        """Signed by both sides, ended or not."""
        return self.state in ConventionState.held()

    @property
    def is_ended(self) -> bool:
        return self.state == ConventionState.ENDED

    @property
    def is_amendment(self) -> bool:
        return self.amends_id is not None

    @property
    def until(self) -> dt.date | None:
        """Its last day; with_last_day() tells the one that amendments made of it."""
        return self.__dict__.get("last_day", self.ends_on)

    def has_expired(self, today: dt.date) -> bool:
        return self.is_signed and self.until is not None and self.until < today
