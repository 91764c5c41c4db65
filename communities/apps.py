from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    """Who, what they allowed, and the post that reaches them."""

    name = "communities"
    verbose_name = _("Residents and communities")

    def ready(self) -> None:
        """Every room says in its `registrations` what it adds to those on its right; a name taken twice stops here."""
        autodiscover_modules("registrations")
