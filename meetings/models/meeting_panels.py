"""How the town hall fills in a meeting: six answers first, the rest waits in tabs."""

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page

from meetings.widgets import MomentInput


class AtLeastOne(MultiFieldPanel):  # type: ignore[misc]  # Wagtail is untyped
    """Fields of which one is enough: the mark of what is required stands at their heading."""

    class BoundPanel(MultiFieldPanel.BoundPanel):  # type: ignore[misc]
        def is_required(self) -> bool:
            return True


class HourOfPublication(PublishingPanel):  # type: ignore[misc]
    """Wagtail's window for the hour at which a page appears; a meeting has none at which it disappears."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.children: list[Any] = [field for field in self.children if field.field_name != "expire_at"]

    class BoundPanel(PublishingPanel.BoundPanel):  # type: ignore[misc]
        template_name = "meetings/admin/hour_of_publication.html"


ESSENTIALS = [
    TitleFieldPanel("title", placeholder=_("What is it about?")),
    FieldPanel("kind"),
    FieldRowPanel([FieldPanel(name, widget=MomentInput) for name in ("starts_at", "ends_at")], heading=_("When")),
    AtLeastOne(["venue", "online_link"], heading=_("Where"), help_text=_("A venue, a link to join online, or both.")),
    AtLeastOne(
        [FieldPanel(name, widget=CheckboxSelectMultiple) for name in ("communities", "neighbourhoods")],
        heading=_("Who is invited"),
        help_text=_("A resident concerned several times is invited once."),
    ),
    FieldPanel("nudges_the_silent"),
]

STORY = [
    FieldPanel("level"),
    FieldPanel("summary"),
    FieldPanel("body"),
    InlinePanel("agenda_items", heading=_("Agenda"), label=_("point of the agenda")),
    InlinePanel("documents", heading=_("Documents"), label=_("document")),
]

COMING = [
    FieldPanel("capacity"),
    MultiFieldPanel(["sign_language", "childcare", "access_note"], heading=_("Access, on this day")),
    MultiFieldPanel(["contact_name", "contact_phone", "contact_email"], heading=_("Who to ask")),
]

STATUS = [FieldPanel("status"), FieldPanel("status_reason")]


EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(ESSENTIALS, heading=_("The essentials")),
        ObjectList(STORY, heading=_("Story and agenda")),
        ObjectList(COMING, heading=_("Coming")),
        ObjectList(STATUS, heading=_("Status")),
        ObjectList(Page.promote_panels, heading=_("Address and search engines")),
        ObjectList([HourOfPublication()], heading=_("Settings")),
    ]
)
