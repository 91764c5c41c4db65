"""Who would like to keep a proof of what they built with others?"""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models import Resident

from .project import Project

ANSWERED_WITHIN = dt.timedelta(days=30)
"""A month, as for whatever else a person asks of us about themselves (GDPR article 12(3))."""


class CertificateRequestQuerySet(models.QuerySet["CertificateRequest"]):
    """Which requests?"""

    def waiting(self) -> "CertificateRequestQuerySet":
        """Those that somebody at the town hall must look at."""
        return self.filter(granted_at__isnull=True, left_at__isnull=True)

    def late(self, now: dt.datetime) -> "CertificateRequestQuerySet":
        """Those that should have had their answer."""
        return self.waiting().filter(asked_at__lt=now - ANSWERED_WITHIN)

    def granted(self) -> "CertificateRequestQuerySet":
        return self.filter(granted_at__isnull=False)


class CertificateRequest(models.Model):
    """One resident's wish for the certificate of one project; a contributor's is granted at once, by nobody.

    `given_name` is the name as they write it, for their own sheet only.
    """

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="certificates"
    )
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="certificates"
    )
    given_name = models.CharField(_("name as it is printed"), max_length=70)
    asked_at = models.DateTimeField(_("asked on"))
    granted_at = models.DateTimeField(_("granted on"), null=True, blank=True)
    left_at = models.DateTimeField(_("left on"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = CertificateRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a certificate")
        verbose_name_plural = _("requests for certificates")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "resident"], name="one_certificate_per_project_and_resident"),
            models.CheckConstraint(
                condition=Q(granted_at__isnull=True) | Q(left_at__isnull=True),
                name="a_certificate_is_granted_or_left",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} ({self.project})"

    @property
    def is_granted(self) -> bool:
        return self.granted_at is not None

    @property
    def is_waiting(self) -> bool:
        return self.granted_at is None and self.left_at is None

    def is_late(self, now: dt.datetime) -> bool:
        return self.is_waiting and self.asked_at < now - ANSWERED_WITHIN
