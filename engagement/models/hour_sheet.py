"""A file of hours and other things brought, from upload to applied."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .project import Project


class HourSheet(models.Model):
    """One uploaded file about one project: read, reported line by line, written into its accounts once, or dropped."""

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    rows = models.JSONField(default=list, editable=False)
    report = models.JSONField(default=dict, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded on"))
    applied_at = models.DateTimeField(_("applied on"), null=True, blank=True)

    class Meta:
        verbose_name = _("hour sheet")
        verbose_name_plural = _("hour sheets")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_applied(self) -> bool:
        return self.applied_at is not None
