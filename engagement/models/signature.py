"""Who signed a convention, and how is it known?"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Resident

from .contribution import Side
from .convention import Convention
from .kept_file import KeptFile


class SignatureMeans(models.TextChoices):
    """How a side signed."""

    PAPER = "paper", _("on paper")
    SCREEN = "screen", _("on screen")


class Signature(models.Model):
    """One side's hand under the frozen text; append-only. `sha256` is that of the text signed."""

    convention = models.ForeignKey(
        Convention, verbose_name=_("convention"), on_delete=models.PROTECT, related_name="signatures"
    )
    side = models.CharField(_("side"), max_length=16, choices=Side.choices)
    name = models.CharField(_("name"), max_length=160)
    quality = models.CharField(_("quality"), max_length=160, blank=True)
    means = models.CharField(_("means"), max_length=8, choices=SignatureMeans.choices)
    signed_on = models.DateField(_("signed on"))
    noted_at = models.DateTimeField(_("noted on"))
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)
    proven_email = models.EmailField(_("address the code was sent to"), blank=True)
    sha256 = models.CharField(_("fingerprint of the text signed"), max_length=64)
    scan = models.ForeignKey(
        KeptFile, verbose_name=_("scan"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["noted_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "side"], name="a_side_signs_a_convention_once"),
            models.CheckConstraint(
                condition=Q(means=SignatureMeans.PAPER, noted_by__isnull=False, scan__isnull=False)
                | (Q(means=SignatureMeans.SCREEN) & ~Q(proven_email="")),
                name="a_signature_is_on_a_scan_or_proven_by_a_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.convention.number}"


class SignatureRequest(models.Model):
    """Who is asked to sign on screen, and the code that was last sent to them; only its fingerprint is kept."""

    convention = models.ForeignKey(
        Convention, verbose_name=_("convention"), on_delete=models.CASCADE, related_name="requests"
    )
    side = models.CharField(_("side"), max_length=16, choices=Side.choices)
    name = models.CharField(_("name"), max_length=160)
    quality = models.CharField(_("quality"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail address"))
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked on"))
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for a signature")
        verbose_name_plural = _("requests for signatures")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "side"], name="a_side_is_asked_to_sign_through_one_address"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.convention.number}"
