"""Who of the staff may open what: every address of ours in the admin, for every kind of person."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail_factories import ImageFactory

from communities import signing_up
from communities.models import ArchivedRecord, Mailing, ResidentImport, RetentionRun, Town
from communities.post import mailings
from communities.scopes import scope_of
from engagement.models import CheckState, DayAccount, HourSheet, IdeaPicture, Scheme, Stage
from meetings.models import Answer, Mandate
from tests.communities.factories import (
    CommunityFactory,
    InboundMessageFactory,
    MembershipFactory,
    MembershipRequestFactory,
    NeighbourhoodFactory,
    ResidentFactory,
    SuppressionFactory,
    WrittenLetterFactory,
)
from tests.engagement.conventions.conventions import signed
from tests.engagement.factories import (
    ConventionTemplateFactory,
    IdeaFactory,
    KeptFileFactory,
    ProjectFactory,
    ProjectPageFactory,
    TeammateFactory,
    ThemeFactory,
)
from tests.engagement.factories_of_what_was_done import (
    CertificateRequestFactory,
    DutyFactory,
    HourRateFactory,
    LedgerEntryFactory,
    ProjectSheetFactory,
    StewardshipCheckFactory,
    YearMeansFactory,
)
from tests.engagement.factories_of_work_days import VolunteerFactory, WorkDayFactory
from tests.engagement.story.test_following import follower, passed
from tests.factories import StaffFactory
from tests.meetings.factories import AnnouncementFactory, InvitationFactory, MeetingPageFactory, meeting_index
from tests.server import doors
from tests.server.who_may import (
    ABOUT_ALL,
    EXPORTS,
    HOME,
    MATRIX,
    POSTED,
    SIGN_IN,
    WHO_MAY,
    A,
    C,
    E,
    P,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses() -> dict[str, str]:
    """Every address of the matrix, about something that exists."""
    membership = MembershipFactory(community=CommunityFactory())
    meeting = MeetingPageFactory(communities=[membership.community])
    invitation = InvitationFactory(meeting=AnnouncementFactory(meeting=meeting).meeting)
    picture = IdeaPicture.objects.create(idea=IdeaFactory(), file=KeptFileFactory())
    mate = TeammateFactory(project=ProjectFactory(stage=Stage.UNDER_WAY))
    signature = signed(now=timezone.now()).signatures.get(side="commune")
    asked_of_a_community = MembershipRequestFactory()
    helper = VolunteerFactory(work_day__asked_at=timezone.now())
    refused = {"counts": {"refused": 1}, "lines": [[2, "refused", "x", ""]]}
    things: dict[str, Any] = {
        "meetings_desk": meeting,
        "work_days_desk": helper.work_day.meeting,
        "wagtailsnippets_meetings_venue": meeting.venue,
        "wagtailsnippetchoosers_meetings_venue": meeting.venue,
        "conventions_desk": signature.convention,
        "convention_models": ConventionTemplateFactory(),
        "mailings": a_mailing(),
        "letters": WrittenLetterFactory(scopes=[scope_of(membership.community)]),
        "communities_desk": membership.community,
        "residents": membership.resident,
        "doubles": membership.resident,
        "neighbourhoods": NeighbourhoodFactory(),
        "suppressions": SuppressionFactory(),
        **of_stewardship(),
        **of_retention(),
        "inbox": InboundMessageFactory(held=True),
        "picture_rights": ImageFactory(),
        "ideas_desk": picture.idea,
        "idea_chooser": picture.idea,
        "projects_desk": mate.project,
        "project_chooser": mate.project,
        "themes": ThemeFactory(),
        "resident_imports": ResidentImport.objects.create(
            file_name="x", report=refused, uploaded_at=membership.joined_at
        ),
        "ledger": LedgerEntryFactory(evidence=KeptFileFactory()),
        "hour_sheets": HourSheet.objects.create(
            project=ProjectFactory(), file_name="x", report=refused, uploaded_at=membership.joined_at
        ),
        "hour_rates": HourRateFactory(),
        "year_means": YearMeansFactory(),
        "mandates": Mandate.objects.create(starts_on=dt.date(2026, 3, 23), ends_on=dt.date(2032, 3, 21)),
    }
    more = {printed: [1_000_000] for printed in ("paper_letters", "paper_labels", "paper_posted")}
    more |= {"change_mate": [mate.pk], "let_mate_go": [mate.pk]}
    more |= {"ideas_desk:pass": ["refused"], "projects_desk:pass": ["delivered"]}
    more |= {"scan": [signature.pk]}
    other = ResidentFactory()
    more |= {"compare": [other.pk], "tell_apart": [other.pk]}
    more |= {"scan": [signature.pk], "take_helper_off": [helper.pk]}
    told = follower(membership.community)
    story = ProjectPageFactory(community=membership.community, stage=Stage.DELIVERED)
    things |= {
        "tidings": passed(story),
        "sheets": ProjectSheetFactory(project=story.project),
        "certificates": CertificateRequestFactory(project=story.project, granted=True),
        **of_days_done(),
    }
    more |= {"by_hand": ["phone"], "preview": [membership.resident.pk], "type_in": [invitation.pk]}
    more |= {"stewardship:type_in": [], "stewardship:pass": ["taken_back"]}

    def address(name: str) -> str:
        namespace, _colon, view = name.partition(":")
        view, asked, format = view.partition("?")
        thing = membership if view in {"change_role", "let_leave"} else things.get(name, things.get(namespace))
        thing = picture if name == "ideas_desk:picture" else thing
        thing = asked_of_a_community if view == "answer_request" else thing
        args = [] if view in ABOUT_ALL else [thing.pk, *more.get(name, more.get(view, []))]
        if namespace == "tidings":
            args = ([] if view == "index" or view.startswith("digest") else [thing.pk]) + (
                [told.pk] if view.endswith("preview") else []
            )
        return reverse(f"{namespace}:{view}", args=args) + asked + format

    pages = {
        "a new meeting": reverse("wagtailadmin_pages:add", args=["meetings", "meetingpage", meeting_index().pk]),
        "a meeting": reverse("wagtailadmin_pages:edit", args=[meeting.pk]),
        "a meeting to delete": reverse("wagtailadmin_pages:delete", args=[MeetingPageFactory().pk]),
        "the town hall": reverse("wagtailsettings:edit", args=["communities", "town", Town.load().pk]),
        "the rules of the fifty-fifty": reverse(
            "wagtailsettings:edit", args=["engagement", "scheme", Scheme.load().pk]
        ),
    }
    return {name: address(name) for name in WHO_MAY | EXPORTS} | pages


def of_stewardship() -> dict[str, Any]:
    """What is looked after, by namespace or by address."""
    project = ProjectFactory(stage=Stage.STEWARDSHIP)
    photo = KeptFileFactory(media_type="image/jpeg")
    needs_work = {"state": CheckState.NEEDS_WORK, "answered_at": timezone.now(), "photo": photo}
    about = dict.fromkeys(("stewardship:project", "stewardship:pass", "stewardship:note_duty"), project)
    duty = {"stewardship:drop_duty": DutyFactory(project=project)}
    return about | duty | {"stewardship": StewardshipCheckFactory(project=project, **needs_work)}


def of_retention() -> dict[str, Any]:
    """A rule, by its name, and a night with a file for the archives."""
    night = RetentionRun.objects.create(rule="meetings.answers", ran_on=dt.date(2027, 3, 1), last_at=timezone.now())
    ArchivedRecord.objects.create(run=night, facts={"title": "x"})
    files = dict.fromkeys(("retention:archive", "retention:hand_over_file"), night)
    return files | {"retention": SimpleNamespace(pk="communities.sign_ups")}


def of_days_done() -> dict[str, Any]:
    """A day with a list, told with a picture."""
    work_day = WorkDayFactory()
    account = DayAccount.objects.create(work_day=work_day, written_at=timezone.now())
    picture = account.pictures.create(file=KeptFileFactory())
    return {"days_done": work_day, "insurer": work_day, "day_accounts": account, "day_accounts:picture": picture}


def a_mailing() -> Mailing:
    return mailings.post_one(
        kind=signing_up.LETTER_KIND, key="1", title="Bonjour", resident=ResidentFactory(), now=timezone.now()
    )


def opens(client: Client, name: str, address: str) -> bool:
    answer = client.post(address) if name.partition(":")[2] in POSTED else client.get(address)
    assert answer.status_code in {200, 302}, f"{name}: {answer.status_code}"
    to = answer.headers.get("Location", "")
    return not (to == HOME or to.startswith(SIGN_IN))


def test_the_matrix_has_a_row_for_every_address_of_ours() -> None:
    assert set(WHO_MAY) == doors.of_ours()


@pytest.mark.parametrize("group", [C, P, A, E])
def test_a_group_opens_what_is_for_it_and_nothing_else(client: Client, addresses: dict[str, str], group: str) -> None:
    client.force_login(StaffFactory(**{group: True}))

    opened = {name for name, address in addresses.items() if opens(client, name, address)}

    assert opened == {name for name, groups in MATRIX.items() if group in groups}


@pytest.mark.parametrize("someone", ["a visitor", "staff in no group"])
def test_whoever_is_in_no_group_opens_nothing_and_does_nothing(
    client: Client, addresses: dict[str, str], someone: str
) -> None:
    before = Mailing.objects.count()
    if someone == "staff in no group":
        client.force_login(StaffFactory())

    for address in addresses.values():
        for answer in (client.get(address), client.post(address, {"all": "1", "expecting": "1", "choice": "yes"})):
            assert (address, answer.status_code) == (address, 302)
            assert answer.headers["Location"].startswith(SIGN_IN)
    assert Mailing.objects.count() == before
    assert not Answer.objects.exists()
