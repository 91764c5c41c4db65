"""Which words of Wagtail have no French yet, or a clumsy one? Our catalogue says them instead; nothing imports this."""

from django.utils.translation import gettext_noop as _

WORDS = [
    _("Add %(label)s"),
    _("Add %(model_name)s"),
    _("Any"),
    _("New: %(model_name)s"),
]
