"""Are our letters likely to arrive? The page that asks the DNS, and says what to ask of the provider."""

import re
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from communities.sending_check import asking, report, sender
from communities.sending_check.findings import Finding, Level
from communities.sending_check.report import Section

SELECTOR = re.compile(r"\A[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?\Z")


class SelectorForm(forms.Form):
    """What the town hall may know and the settings do not say."""

    selector = forms.RegexField(
        SELECTOR,
        label=_("Name of the DKIM key (selector)"),
        required=False,
        max_length=64,
        help_text=_("In the source of a letter you received from the town hall: “s=…” in its DKIM-Signature."),
        error_messages={"invalid": _("A selector is made of letters, digits, dots and hyphens.")},
    )


class CheckSending(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]  # Wagtail is untyped
    """Looks when asked to, never by itself: it takes a few seconds of the network."""

    page_title = _("Check the sending")
    template_name = "communities/admin/sending_check.html"
    header_icon = "check"
    _show_breadcrumbs = True

    @cached_property
    def is_asked(self) -> bool:
        return "now" in self.request.GET

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SelectorForm(self.request.GET if self.is_asked else None)
        selector = form.cleaned_data["selector"] if self.is_asked and form.is_valid() else ""
        who = sender.of_the_town(selectors=(selector,) if selector else ())
        sections, silent = self.sections(who) if self.is_asked and form.is_valid() else ([], False)
        found = [finding for section in sections for finding in section.findings]
        return super().get_context_data(**kwargs) | {
            "form": form,
            "sender": who,
            "sections": sections,
            "is_silent": silent,
            "counted": counted(found),
        }

    def sections(self, who: sender.Sender) -> tuple[list[Section], bool]:
        """The report; and whether this machine has no name server to ask at all."""
        try:
            names = asking.AskedNames(asking.resolver())
        except asking.Unanswered:
            return [], True
        return report.of(sender=who, names=names), False


def counted(found: list[Finding]) -> list[tuple[str, int]]:
    """How many lines stand how, the worst first."""
    numbers = [
        (level, sum(finding.level == level for finding in found)) for level in (Level.BAD, Level.DOUBT, Level.GOOD)
    ]
    return [(str(level.label), number) for level, number in numbers if number]
