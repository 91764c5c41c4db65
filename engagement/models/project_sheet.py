"""What others may learn from a project that was built: the sheet that a town hands on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .project import Project

ONE_A_LINE = _("One on each line; the first five are printed.")


class ProjectSheet(models.Model):
    """A delivered project on two pages. Its cost comes from the ledger, its level and its place from the project."""

    project = models.OneToOneField(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="sheet")
    duration = models.CharField(_("duration"), max_length=90, blank=True, help_text=_("“Four months”, say."))
    participants = models.CharField(
        _("participants"), max_length=90, blank=True, help_text=_("How many, and who they were: no name of a person.")
    )
    objectives = models.TextField(_("objectives"), max_length=700, blank=True)
    before = models.TextField(_("before"), max_length=600, blank=True)
    during = models.TextField(_("during"), max_length=600, blank=True)
    after = models.TextField(_("after"), max_length=600, blank=True)
    satisfactions = models.TextField(_("satisfactions"), max_length=600, blank=True, help_text=ONE_A_LINE)
    obstacles = models.TextField(_("obstacles"), max_length=600, blank=True, help_text=ONE_A_LINE)
    contact = models.CharField(
        _("contact"), max_length=70, blank=True, help_text=_("A department and its telephone: no name of a person.")
    )
    public_at = models.DateTimeField(_("public since"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("project sheet")
        verbose_name_plural = _("project sheets")
        ordering = ["project__title", "pk"]

    def __str__(self) -> str:
        return str(self.project)

    @property
    def is_public(self) -> bool:
        return self.public_at is not None

    @property
    def good_sides(self) -> list[str]:
        return lines_of(self.satisfactions)

    @property
    def hard_sides(self) -> list[str]:
        return lines_of(self.obstacles)


def lines_of(typed: str) -> list[str]:
    """Those that say something."""
    return [line.strip(" -–•\t") for line in typed.splitlines() if line.strip(" -–•\t")]
