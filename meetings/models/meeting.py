"""A meeting: a Wagtail page with its kind, time, place and audience."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager, Revision
from wagtail.search import index

from communities import folding
from communities.drafts import ForgetsWhatIsGone
from communities.models import Community, Neighbourhood
from meetings import planning

from .meeting_form import MeetingPageForm
from .meeting_panels import EDIT_HANDLER
from .open_pages import OpenPageQuerySet
from .status import MeetingKind, MeetingStatus, ParticipationLevel
from .venue import Venue, VenueBooking

KEPT_IN_CALENDARS = dt.timedelta(days=90)
MARKED_IN_CALENDARS = dt.timedelta(days=7)


class MeetingQuerySet(OpenPageQuerySet):
    """Which meetings?"""

    def to_come(self, now: dt.datetime) -> "MeetingQuerySet":
        """Not ended yet, the nearest first."""
        return self.open_to_all().filter(ends_at__gte=now).order_by("starts_at", "pk")

    def gone_by(self, now: dt.datetime) -> "MeetingQuerySet":
        """Ended, the latest first."""
        return self.open_to_all().filter(ends_at__lt=now).order_by("-starts_at", "-pk")

    def for_community(self, community: Community) -> "MeetingQuerySet":
        return self.filter(communities=community)

    def dated(self) -> "MeetingQuerySet":
        return self.filter(starts_at__isnull=False, ends_at__isnull=False)

    def announced(self) -> "MeetingQuerySet":
        """Those of which somebody was told, or to which somebody wants to come."""
        told = models.Q(announcements__isnull=False) | models.Q(invitations__isnull=False)
        return self.filter(told | models.Q(registrations__isnull=False) | models.Q(turnout__isnull=False)).distinct()

    def counted_on(self) -> "MeetingQuerySet":
        """Those that residents were told of, and not told that it is cancelled; the database asks the same (0009)."""
        count_on_it = models.Func("pk", function="residents_count_on_this_meeting", output_field=models.BooleanField())
        return self.filter(count_on_it)

    def for_calendars(self, now: dt.datetime) -> "MeetingQuerySet":
        """To come and 90 days past; what does not take place goes a week after its day. `with_told`."""
        takes_place = models.Q(status__in=MeetingStatus.in_the_diary(), ends_at__gte=now - KEPT_IN_CALENDARS)
        is_marked = models.Q(ends_at__gte=now - MARKED_IN_CALENDARS)
        return self.open_to_all().dated().filter(takes_place | is_marked).with_told().order_by("starts_at", "pk")

    def with_told(self) -> "MeetingQuerySet":
        """With their venue, what residents were told, and the SEQUENCE they were told last: `told_sequence`."""
        last = models.Max("announcements__sequence")
        return self.select_related("venue").prefetch_related("announcements").annotate(told_sequence=last)

    def shown_by_calendars(self) -> models.QuerySet[Any, Any]:
        """What calendars show of them, as plain rows that tell one state from another without making a page."""
        own = ["uid", "title", "status", "starts_at", "ends_at", "summary", "online_link", "url_path", "told_sequence"]
        venue = [
            f"venue__{name}" for name in ("name", "street", "postcode", "city", "latitude", "longitude", "changed_at")
        ]
        return self.values_list(*own, "first_published_at", "last_published_at", *venue)

    def for_cards(self) -> "MeetingQuerySet":
        """With what a list of cards shows, in a fixed number of queries."""
        return self.select_related("venue").prefetch_related("neighbourhoods")


MeetingManager = PageManager.from_queryset(MeetingQuerySet)


class MeetingPage(ForgetsWhatIsGone, Page):  # type: ignore[misc]
    """What is published of a meeting. A draft may lack its time and place; a published one may not (see planning)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        _("kind"),
        max_length=16,
        choices=MeetingKind.choices,
        default=MeetingKind.NEIGHBOURHOOD,
    )
    level = models.CharField(
        _("participation level"),
        max_length=16,
        choices=ParticipationLevel.choices,
        default=ParticipationLevel.INFORM,
        help_text=_("What residents can expect of it; always shown."),
    )
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=MeetingStatus.choices,
        default=MeetingStatus.CONFIRMED,
    )
    status_reason = models.TextField(
        _("reason"),
        blank=True,
        help_text=_("Why it is postponed or cancelled, in words for the residents."),
    )
    starts_at = models.DateTimeField(_("starts"), null=True)
    ends_at = models.DateTimeField(_("ends"), null=True)
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("venue"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
    )
    online_link = models.URLField(_("link to join online"), blank=True)
    summary = models.TextField(_("summary"), blank=True, max_length=500, help_text=_("Two or three sentences."))
    body = RichTextField(
        _("story"),
        blank=True,
        features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"],
    )
    communities = ParentalManyToManyField(
        Community,
        verbose_name=_("communities invited"),
        blank=True,
        related_name="meetings",
    )
    neighbourhoods = ParentalManyToManyField(
        Neighbourhood,
        verbose_name=_("neighbourhoods invited"),
        blank=True,
        related_name="meetings",
    )
    nudges_the_silent = models.BooleanField(
        _("write once more, a week before, to those who have not answered"),
        default=False,
        help_text=_("Those who come are reminded the day before in any case."),
    )
    capacity = models.PositiveIntegerField(
        _("seats"),
        null=True,
        blank=True,
        help_text=_("Leave empty when nobody will be turned away."),
    )
    sign_language = models.BooleanField(_("sign language interpreter"), default=False)
    childcare = models.BooleanField(_("someone minds the children"), default=False)
    access_note = models.TextField(_("access, on this day"), blank=True)
    contact_name = models.CharField(_("contact"), max_length=160, blank=True)
    contact_phone = models.CharField(_("contact's telephone"), max_length=32, blank=True)
    contact_email = models.EmailField(_("contact's e-mail"), blank=True)

    objects = MeetingManager()

    parent_page_types: ClassVar[list[str]] = ["meetings.MeetingIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar[list[str]] = ["uid"]
    template = "meetings/meeting_page.html"
    base_form_class = MeetingPageForm
    edit_handler = EDIT_HANDLER

    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("folded_title", boost=2),
        index.SearchField("folded"),
        index.AutocompleteField("folded"),
        index.SearchField("summary"),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
        index.FilterField("kind"),
        index.FilterField("status"),
    ]

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="meetings_in_time")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="a_meeting_ends_after_it_starts",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, and hold or free the venue in the same transaction when the published facts are written."""
        with transaction.atomic():
            saved = super().save(*args, **kwargs)
            if kwargs.get("update_fields") is None or "live" in kwargs["update_fields"]:
                self.book_venue()
        return saved

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """By any route: approved by a colleague, with others, at its hour. Raise planning.CannotBePublished."""
        planning.refuse_the_unready(revision.as_object().plan)
        super().publish(revision, *args, **kwargs)

    @property
    def plan(self) -> planning.Plan:
        """What would be published."""
        return planning.Plan(
            meeting_id=self.pk,
            title=self.title,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            venue=self.venue,
            online_link=self.online_link,
            status=self.status,
            reason=self.status_reason,
            invites_someone=bool(self.communities.all() or self.neighbourhoods.all()),
        )

    def book_venue(self) -> None:
        """Hold the venue while the meeting is live and stands; otherwise let it go."""
        if self.holds_its_venue:
            planning.hold(self.plan)
        else:
            VenueBooking.objects.filter(meeting=self).delete()

    @property
    def holds_its_venue(self) -> bool:
        timed = self.starts_at is not None and self.ends_at is not None
        return bool(self.live and self.stands and timed and self.venue and not self.venue.is_shared)

    @property
    def folded_title(self) -> str:
        """The title, which weighs more, without accents."""
        return folding.words(self.title)

    @property
    def folded(self) -> str:
        """What is searched without accents: what it is about, and where it is."""
        return folding.words(f"{self.title} {self.summary} {strip_tags(self.body)} {self.venue or ''}")

    @property
    def stands(self) -> bool:
        return self.status in MeetingStatus.standing()

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED

    @property
    def is_postponed(self) -> bool:
        return self.status == MeetingStatus.POSTPONED

    @property
    def is_held(self) -> bool:
        return self.status == MeetingStatus.HELD

    def is_over(self, now: dt.datetime) -> bool:
        return self.ends_at is not None and self.ends_at < now

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["now"] = timezone.now()
        models.prefetch_related_objects([self], "communities", "neighbourhoods")
        return context
