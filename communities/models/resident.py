"""Who lives here, and by which ways they can be reached."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.db.models.lookups import Exact
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities import speaking
from communities.folding import Digits, Folded, Joined, fold

from .lean import ReadInNumbers

TOKEN_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"  # noqa: S105 - letters of RFC 4648, not a secret
TOKEN_LENGTH = 16


def new_token() -> str:
    """Eighty random bits in base32, fit for the local part of an address."""
    return "".join(secrets.choice(TOKEN_ALPHABET) for _position in range(TOKEN_LENGTH))


class Channel(models.TextChoices):
    """The ways a letter travels."""

    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    PHONE = "phone", _("telephone")
    SMS = "sms", _("SMS")

    @classmethod
    def shown(cls) -> list[tuple[str, str | Promise]]:
        """Those that staff choose among on a list: text messages only where they leave."""
        return [each for each in cls.choices if settings.SMS_GATEWAY or each[0] != cls.SMS]

    @classmethod
    def preferred(cls) -> list[tuple[str, str | Promise]]:
        """Those that a person may prefer: a text message is too short to be all one is told by."""
        return [each for each in cls.choices if each[0] != cls.SMS]


class Neighbourhood(models.Model):  # type: ignore[django-manager-missing]  # pages are untyped
    """A part of the town that people name when asked where they live."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address on the site"), max_length=120, unique=True)
    description = models.TextField(_("description"), blank=True)

    folded = models.GeneratedField(
        verbose_name=_("name"), expression=Folded("name"), output_field=models.TextField(), db_persist=True
    )
    speech = speaking.kept(C=["name"])

    class Meta:
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.name


class ResidentQuerySet(models.QuerySet["Resident"]):
    """Which residents? Chainable answers."""

    def known(self) -> "ResidentQuerySet":
        """Those we may speak of: not erased."""
        return self.filter(erased_at__isnull=True)

    def with_email(self, address: str) -> "ResidentQuerySet":
        """The resident at this e-mail address, whatever the case; asks the index of the unique constraint."""
        same = Exact(Lower("email"), Lower(models.Value(address.strip())))
        return self.known().filter(~models.Q(email=""), same)

    def answering_to(self, token: object) -> "ResidentQuerySet":
        """Whoever the addresses with this token write to: theirs, or one of a record that was joined to theirs."""
        named = Resident.objects.filter(token=token).order_by()
        return self.known().filter(pk=models.Subquery(named.values(one=Coalesce("merged_into_id", "pk"))))

    def brought_unasked(self) -> "ResidentQuerySet":
        """Those a file brought for whose consent nobody answers: nothing is sent to them before their own yes."""
        return self.known().filter(came_with__isnull=False, came_with__consent_date__isnull=True)

    def called(self, words: str) -> "ResidentQuerySet":
        """Those whose names hold every word: for lists read by staff who may see names and no addresses."""
        names = Folded(Joined("name", "second_name"))
        return self.alias(names=names).filter(*(models.Q(names__contains=word) for word in fold(words).split()))

    def matching(self, words: str) -> "ResidentQuerySet":
        """Those whose names, e-mail, telephone or street hold every word, whatever the accents and the case."""
        number = "".join(words.split())
        asked = [number.lstrip("0")] if number.isdigit() else fold(words).split()
        return self.filter(*(models.Q(folded__contains=word) for word in asked))


class Resident(ReadInNumbers):
    """A person, or a household of two names sharing an address; never a Django user."""

    name = models.CharField(_("name"), max_length=160)
    second_name = models.CharField(
        _("second person of the household"), max_length=160, blank=True, help_text=_("They share the letters.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    street = models.CharField(_("street and number"), max_length=255, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        verbose_name=_("neighbourhood"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="residents",
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")
    preferred_channel = models.CharField(
        _("prefers to be told by"), max_length=8, choices=Channel.preferred(), default=Channel.EMAIL
    )
    paused_until = models.DateTimeField(
        _("not to be written to before"),
        null=True,
        blank=True,
        help_text=_("Answers to what they ask still leave. The rest waits, then comes in one weekly letter."),
    )
    token = models.CharField(max_length=32, default=new_token, editable=False)
    addresses_before = models.PositiveSmallIntegerField(default=0, editable=False)
    confirmed_at = models.DateTimeField(_("address confirmed on"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("known since"), editable=False)
    came_with = models.ForeignKey(
        "communities.ResidentImport",
        verbose_name=_("came with the file"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="newcomers",
        editable=False,
    )
    heard_at = models.DateTimeField(
        _("last heard of, in what is no longer kept"), null=True, blank=True, editable=False
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )

    folded = models.GeneratedField(
        verbose_name=_("name"),
        expression=Folded(Joined("name", "second_name", "email", Digits("phone"), "street")),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = ResidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("resident")
        verbose_name_plural = _("residents")
        ordering = ["folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="one_resident_per_email_whatever_the_case",
                violation_error_message=_("This e-mail address already belongs to another resident."),
            ),
            # With a condition it is no key for other tables to name: erasing changes it, and locks none of them out.
            models.UniqueConstraint(
                fields=["token"], condition=models.Q(token__isnull=False), name="one_resident_per_token"
            ),
            models.CheckConstraint(
                condition=~models.Q(email="", phone="", street="") | models.Q(erased_at__isnull=False),
                name="a_resident_can_be_reached_somehow",
                violation_error_message=_("Give at least an e-mail address, a telephone number or a postal address."),
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None)
                | (models.Q(erased_at__isnull=False) & ~models.Q(merged_into=models.F("id"))),
                name="a_record_joined_to_another_is_blank",
            ),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return gettext("erased person")
        return f"{self.name} & {self.second_name}" if self.second_name else self.name

    def is_paused(self, now: datetime) -> bool:
        """Whether they asked to be left alone for a while, and it is not over."""
        return self.paused_until is not None and self.paused_until > now

    @property
    def postal_address(self) -> str:
        """Street, then postcode and town, on two lines; empty when we do not know the street."""
        return f"{self.street}\n{self.postcode} {self.city}".strip() if self.street else ""
