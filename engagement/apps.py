from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementConfig(AppConfig):
    """What residents and the commune build together."""

    name = "engagement"
    verbose_name = _("Fifty-fifty projects")
