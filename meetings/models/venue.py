"""Where people meet, and whether they can get in."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index


class Access(models.TextChoices):
    """Whether a venue offers something; not knowing is an honest answer."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("not checked")

    @property
    def is_there(self) -> bool:
        return self is Access.YES

    @property
    def is_missing(self) -> bool:
        return self is Access.NO


def access_field(label: Any) -> Any:
    return models.CharField(label, max_length=8, choices=Access.choices, default=Access.UNKNOWN)


class Venue(index.Indexed, models.Model):  # type: ignore[django-manager-missing]  # pages are untyped
    """A place with a name, an address, a point and what is known of its access."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    street = models.CharField(_("street and number"), max_length=255, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    is_shared = models.BooleanField(
        _("open to several meetings at once"),
        default=False,
        help_text=_("A square or a park, say: never “taken”."),
    )
    step_free = access_field(_("entrance without a step"))
    lift = access_field(_("lift"))
    accessible_toilets = access_field(_("accessible toilets"))
    hearing_loop = access_field(_("hearing loop"))
    parking = access_field(_("reserved parking space"))
    access_note = models.TextField(_("how to get there"), blank=True)
    changed_at = models.DateTimeField(auto_now=True, null=True)  # unknown of those older than the question

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [
                "street",
                FieldRowPanel(["postcode", "city"]),
                FieldRowPanel(["latitude", "longitude"]),
            ],
            heading=_("Address"),
        ),
        FieldRowPanel(["capacity", "is_shared"]),
        MultiFieldPanel(
            [
                "step_free",
                "lift",
                "accessible_toilets",
                "hearing_loop",
                "parking",
                "access_note",
            ],
            heading=_("Access"),
        ),
    ]

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    ACCESS_FIELDS = [
        "step_free",
        "lift",
        "accessible_toilets",
        "hearing_loop",
        "parking",
    ]

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The address on one line, without the name."""
        return ", ".join(part for part in [self.street, f"{self.postcode} {self.city}".strip()] if part)

    @property
    def full_address(self) -> str:
        """Name and address on one line, as calendars show a place."""
        return ", ".join(part for part in [self.name, self.address] if part)

    def access_facts(self) -> list[tuple[str, Access]]:
        """(label, access) of each access fact, for a list that says what is not known too."""
        labels = {field.name: str(field.verbose_name) for field in self._meta.fields}
        return [(labels[name], Access(getattr(self, name))) for name in self.ACCESS_FIELDS]


class VenueBooking(models.Model):
    """A venue held for a live meeting. Written when it is published, removed when it is not (see planning)."""

    meeting = models.OneToOneField("meetings.MeetingPage", on_delete=models.CASCADE, related_name="booking")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="a_booking_ends_after_it_starts",
            ),
            # `a_venue_is_booked_once_at_a_time`, an exclusion on ranges that needs no extension: see the migration.
        ]

    def __str__(self) -> str:
        return f"{self.venue} {self.starts_at:%Y-%m-%d %H:%M}"
