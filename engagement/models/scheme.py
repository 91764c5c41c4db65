"""How this town runs its fifty-fifty: what staff settle once, and what it can spend each year."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from communities.picture_rights import publishing

ANSWER_DAYS = 60


@register_setting(icon="cogs")
class Scheme(BaseGenericSetting):  # type: ignore[misc]  # Wagtail is untyped
    """The fifty-fifty's own settings."""

    answer_days = models.PositiveSmallIntegerField(
        _("an idea is answered within, in days"),
        default=ANSWER_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text=_("Said to residents when their idea arrives; overdue answers stand in red on the first page."),
    )
    takes_ideas = models.BooleanField(
        _("takes new ideas"),
        default=True,
        help_text=_("Untick for a pause: the page says so, and drafts are kept."),
    )
    pause_words = models.CharField(_("what the page says during a pause"), max_length=255, blank=True)
    builders = models.CharField(
        _("what those who build are called"),
        max_length=60,
        default="Bâtisseurs",
        help_text=_("On certificates."),
    )
    map_picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture of the town’s map"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Residents point at a place on it. Changing it moves the points that were given before."),
    )
    map_credit = models.CharField(_("credit of the map"), max_length=160, blank=True)

    panels = [
        MultiFieldPanel(["answer_days", "takes_ideas", "pause_words"], heading=_("Ideas")),
        MultiFieldPanel(["map_picture", "map_credit"], heading=_("Map")),
        FieldPanel("builders"),
    ]

    class Meta:
        verbose_name = _("The fifty-fifty")

    def clean(self) -> None:
        """Everyone sees the picture of the map."""
        super().clean()
        plans = [self.map_picture] if self.map_picture else []
        said = publishing.refusals_of(images=plans, today=timezone.localdate())
        if said:
            raise ValidationError({"map_picture": said})


class YearMeans(models.Model):
    """What the commune can give in one year: an envelope in euros, and hours of its agents."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(1990), MaxValueValidator(2200)]
    )
    euros = models.DecimalField(_("envelope, in euros"), max_digits=12, decimal_places=2)
    hours = models.DecimalField(_("hours of the agents"), max_digits=9, decimal_places=2)
    source = models.CharField(_("source"), max_length=255, help_text=_("The deliberation that voted it, say."))

    panels = [
        FieldPanel("year"),
        FieldRowPanel(["euros", "hours"]),
        FieldPanel("source"),
    ]

    class Meta:
        verbose_name = _("means of a year")
        verbose_name_plural = _("means of the years")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=Q(euros__gte=0, hours__gte=0), name="means_are_not_below_nothing"),
        ]

    def __str__(self) -> str:
        return str(self.year)
