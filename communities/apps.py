from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    """Who, what they allowed, and the post that reaches them."""

    name = "communities"
    verbose_name = _("Residents and communities")
