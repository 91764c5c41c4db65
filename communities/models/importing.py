"""A file of residents, from upload to applied."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .community import Community


class ResidentImport(models.Model):
    """One uploaded file: read, reported line by line, applied once by a person, or dropped."""

    file_name = models.CharField(_("file"), max_length=255)
    community = models.ForeignKey(
        Community, verbose_name=_("community"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    consent_origin = models.CharField(_("where the consent was given"), max_length=255, blank=True)
    consent_date = models.DateField(_("date of the consent"), null=True, blank=True)
    consent_proof = models.CharField(_("proof kept"), max_length=255, blank=True)
    rows = models.JSONField(default=list, editable=False)
    report = models.JSONField(default=dict, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded on"))
    applied_at = models.DateTimeField(_("applied on"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of residents")
        verbose_name_plural = _("imports of residents")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(consent_origin="", consent_date__isnull=True, consent_proof="")
                | (~models.Q(consent_origin="") & models.Q(consent_date__isnull=False) & ~models.Q(consent_proof="")),
                name="a_stated_consent_says_where_when_and_by_which_proof",
                violation_error_message=_("Say where, when and by which proof the consent was given; or none of them."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def states_consent(self) -> bool:
        """Whether someone answers for a consent given before, on paper or elsewhere."""
        return self.consent_date is not None

    @property
    def is_applied(self) -> bool:
        return self.applied_at is not None
