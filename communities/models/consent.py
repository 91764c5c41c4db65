"""What residents allowed, in the order in which they said it."""

from django.db import models
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from .community import Community
from .importing import ResidentImport
from .probing import Probed
from .resident import Channel, Neighbourhood, Resident


class Purpose(models.TextChoices):
    """What we may use an address for."""

    ANNOUNCEMENTS = "announcements", _("announcements of meetings")


class Origin(models.TextChoices):
    """Where a person said it."""

    WEB = "web", _("the site")
    MAIL = "mail", _("the link in a letter")
    STAFF = "staff", _("the town hall")
    IMPORT = "import", _("an import")


class ConsentQuerySet(models.QuerySet["ConsentEvent"]):
    """What holds now? The last word on each matter."""

    def last_words(self) -> "ConsentQuerySet":
        """The latest event of each (resident, purpose, channel, scope); the others are history."""
        # Not by `scope` itself, lest a whole town's events of one scope be read for each of them.
        later = ConsentEvent.objects.alias(about=Concat("scope", models.Value(""))).filter(
            resident=models.OuterRef("resident"),
            purpose=models.OuterRef("purpose"),
            channel=models.OuterRef("channel"),
            about=models.OuterRef("scope"),
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(~Probed(later))

    def last_of_each(self) -> "ConsentQuerySet":
        """The latest of these events about each scope, by resident: the same for the few that a filter leaves."""
        matter = ("resident_id", "purpose", "channel", "scope")
        return self.order_by(*matter, "-pk").distinct(*matter)

    def holding(self) -> "ConsentQuerySet":
        """Consents granted and not withdrawn since."""
        return self.last_words().filter(granted=True)


class ConsentEvent(models.Model):
    """Append-only: one thing one resident allowed or withdrew, by which words, and where.

    `scope` says of what: "town" (every meeting), "community:<pk>" or "neighbourhood:<pk>". GDPR article 7(1): the
    proof is the wording's version, the origin and the moment.
    """

    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.PROTECT, related_name="consent_events"
    )
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose.choices, default=Purpose.ANNOUNCEMENTS)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    scope = models.CharField(_("scope"), max_length=40)
    granted = models.BooleanField(_("granted"))
    wording = models.CharField(_("wording"), max_length=40)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin.choices)
    proof = models.CharField(_("proof"), max_length=255, blank=True)
    occurred_at = models.DateTimeField(_("on"))

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["resident", "purpose", "channel", "scope", "-id"], name="the_last_word_of_a_resident"),
            models.Index(fields=["scope", "channel", "purpose"], name="who_said_yes_to_a_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} / {self.scope}"


class SignUp(models.Model):
    """A wish to be told, waiting for its button in the confirmation letter (double opt-in)."""

    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="sign_ups"
    )
    communities = models.ManyToManyField(Community, verbose_name=_("communities"), blank=True)
    neighbourhoods = models.ManyToManyField(Neighbourhood, verbose_name=_("neighbourhoods"), blank=True)
    whole_town = models.BooleanField(_("every public meeting"), default=False)
    joins = models.BooleanField(_("joins the communities"), default=True)
    resident_import = models.ForeignKey(
        ResidentImport, on_delete=models.SET_NULL, null=True, blank=True, related_name="sign_ups", editable=False
    )
    wording = models.CharField(_("wording"), max_length=40)
    given_name = models.CharField(_("name given"), max_length=160, blank=True)
    words = models.TextField(_("in their words"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("asked on"))
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")

    def __str__(self) -> str:
        return f"{self.resident} ({self.created_at:%Y-%m-%d})"
