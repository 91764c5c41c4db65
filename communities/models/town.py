"""The town hall's own facts, used by pages, letters and print."""

from typing import cast

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField

from communities.picture_rights import publishing

from .ready import Rows


class AccessibilityLevel(models.TextChoices):
    """What French law (2005-102, article 47) makes a town say of its site, on the home page."""

    NOT_COMPLIANT = "not", _("not compliant")
    PARTIALLY = "partially", _("partially compliant")
    FULLY = "fully", _("fully compliant")


@register_setting(icon="home")
class Town(BaseGenericSetting):
    """La mairie: its name, how to reach it, who signs the letters."""

    name = models.CharField(_("name of the town"), max_length=120, default="", blank=True)
    town_hall = models.CharField(
        _("name of the town hall"),
        max_length=160,
        blank=True,
        help_text=_("As in “Mairie de …”; it signs the letters."),
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    street = models.CharField(_("street and number"), max_length=255, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    opening_hours = models.TextField(_("opening hours"), blank=True, help_text=_("One line a day or a group of days."))
    email = models.EmailField(
        _("mailbox that people at the town hall read"),
        blank=True,
        help_text=_("Letters come from it, and answers by mail arrive there."),
    )
    publisher = models.CharField(_("publication director"), max_length=160, blank=True)
    host = models.TextField(_("host of the site"), blank=True, help_text=_("Name, address and telephone."))
    data_protection_contact = models.EmailField(_("data protection contact"), blank=True)
    legal_notice = RichTextField(_("legal notice"), blank=True)
    privacy = RichTextField(_("privacy"), blank=True)
    accessibility_level = models.CharField(
        _("accessibility of the site"),
        max_length=10,
        choices=AccessibilityLevel.choices,
        default=AccessibilityLevel.NOT_COMPLIANT,
        help_text=_(
            "Shown at the foot of every page and in the accessibility statement. A site that nobody has audited is not"
            " compliant."
        ),
    )
    accessibility = RichTextField(_("accessibility statement"), blank=True)

    panels = [
        MultiFieldPanel(["name", "town_hall", "logo"], heading=_("The town")),
        MultiFieldPanel(
            ["street", "postcode", "city", "phone", "opening_hours", "email"], heading=_("How to reach it")
        ),
        MultiFieldPanel(["publisher", "host", "data_protection_contact"], heading=_("Who answers for the site")),
        FieldPanel("legal_notice"),
        FieldPanel("privacy"),
        MultiFieldPanel(["accessibility_level", "accessibility"], heading=_("Accessibility")),
    ]

    class Meta:
        verbose_name = _("The town hall")

    def __str__(self) -> str:
        return self.town_hall or self.name or str(_("The town hall"))

    def clean(self) -> None:
        """Every page and every letter shows the logo."""
        super().clean()
        logos = [self.logo] if self.logo else []
        said = publishing.refusals_of(images=logos, today=timezone.localdate())
        if said:
            raise ValidationError({"logo": said})

    @classmethod
    def _get_or_create(cls) -> "Town":
        """Wagtail's, of which `load` is made: every page and every letter asks."""
        found = THE_TOWN.read()
        return found[0] if found else cast("Town", super()._get_or_create())


THE_TOWN: Rows[Town] = Rows(lambda: Town.base_queryset().order_by("pk")[:1])
