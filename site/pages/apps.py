from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """What the site shows beyond one room."""

    name = "pages"
    verbose_name = _("Pages")
