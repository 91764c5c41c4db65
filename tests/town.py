"""Where can a visitor go, and what does a resident get? Every public page and every letter of a town with a little of
everything.
"""

import datetime as dt

from django.urls import reverse
from django.utils import timezone, translation

from communities import correspondence, links, preferences, scopes, signing_up, unsubscribing
from communities.inbound import forwarding
from communities.inbound.handlers import Mail
from communities.inbound.reading import read
from communities.models import Community, Delivery, DeliveryState, Mailing, Topic
from communities.post import digesting, mailings
from communities.post.composing import AFTER_HELLO, PREFERENCES_URL, UNSUBSCRIBE_URL, Letter
from communities.post.kinds import letter_kinds
from communities.retention import contacts
from engagement import passing
from engagement.models import Stage
from engagement.story import certifying, following
from meetings import announcing, registering, reminding, rsvp
from meetings.by_hand import writing_down
from meetings.calendars import own_calendar
from meetings.letters import seat_letters
from meetings.models import AnswerChannel, Choice, MeetingPage, MeetingStatus, ReminderKind
from meetings.seating import offers, waiting
from meetings.updates import reconciling
from tests import town_of_accounts, town_of_belonging, town_of_days_done, town_of_projects, town_of_spaces
from tests.communities.factories import (
    CommunityFactory,
    InboundMessageFactory,
    MembershipFactory,
    ResidentFactory,
    SignUpFactory,
    WrittenLetterFactory,
    a_mailbox,
)
from tests.engagement.factories import ProjectFactFactory, ProjectPageFactory, TeammateFactory
from tests.engagement.factories_of_what_was_done import (
    CertificateRequestFactory,
    LedgerEntryFactory,
    ProjectSheetFactory,
)
from tests.engagement.story.test_following import follower, passed
from tests.factories import StaffFactory, home_page
from tests.meetings.factories import (
    AnnouncementFactory,
    AnswerFactory,
    CalendarKeyFactory,
    InvitationFactory,
    MeetingPageFactory,
    RegistrationFactory,
    WaitingPlaceFactory,
)

WEEK = dt.timedelta(days=7)


def addresses() -> dict[str, str]:
    """The pages that anyone finds, and those that links in letters open, by what a visitor would call them."""
    home_page()
    community = CommunityFactory(around_a_neighbourhood=True)
    project = ProjectPageFactory(community=community, pictures=True)
    ProjectFactFactory(project=project)
    meeting = MeetingPageFactory(communities=[community], agenda=["Accueil", "Le budget"], capacity=30)
    return {
        "home": "/",
        "meetings": "/reunions/",
        "past meetings": "/reunions/?period=past",
        "no meeting": "/reunions/?kind=walk",
        "a meeting": meeting.url,
        "a full meeting": MeetingPageFactory(capacity=0).url,
        "a past meeting": MeetingPageFactory(communities=[community], held=True).url,
        "a cancelled meeting": MeetingPageFactory(cancelled=True).url,
        "a postponed meeting": MeetingPageFactory(postponed=True).url,
        "projects": "/projets/",
        "a project": project.url,
        "communities": reverse("communities:community_list"),
        "a community": community.get_absolute_url(),
        "how it works": "/la-demarche/",
        "legal notice": "/mentions-legales/",
        "accessibility": "/accessibilite/",
        "personal data": "/donnees-personnelles/",
        "search": "/recherche/?q=coron",
        "no result": "/recherche/?q=zzzz",
        "no project": "/projets/?stage=over",
        **of_stories(),
        "nowhere": "/nulle-part/",
        "sign up": reverse("communities:sign_up"),
        "signed up": reverse("communities:sign_up_done"),
        **of_letters(meeting),
        **town_of_projects.addresses(),
        **town_of_accounts.addresses(),
        **town_of_belonging.addresses(),
        **town_of_days_done.addresses(),
    }


def of_stories() -> dict[str, str]:
    """What a delivered project shows, and what one takes away from it."""
    page = ProjectPageFactory(stage=Stage.DELIVERED, community=CommunityFactory(), needs="Des gants")
    LedgerEntryFactory(project=page.project)
    TeammateFactory(project=page.project, shown_as="Ada T.")
    passed(page)
    ProjectSheetFactory(project=page.project, public=True)
    certificate = CertificateRequestFactory(project=page.project, granted=True)
    return {
        "a delivered project": page.url,
        "its sheet": reverse("engagement:sheet", args=[page.slug]),
        "ask for a certificate": reverse("engagement:ask_certificate", args=[page.slug]),
        "a certificate is asked for": reverse("engagement:certificate_asked", args=[page.slug]),
        "a certificate": reverse("engagement:certificate", args=[certifying.token_of(certificate)]),
        "a broken link to a certificate": reverse("engagement:certificate", args=["abc"]),
    }


def of_letters(meeting: MeetingPage) -> dict[str, str]:
    """The pages behind the links of letters, before and after their buttons were pressed."""
    return of_answers(meeting) | of_lists()


def of_answers(meeting: MeetingPage) -> dict[str, str]:
    """Those of a meeting: the question, the answer, the seat, the waiting list."""
    asked, answered = InvitationFactory(meeting=meeting), AnswerFactory(invitation__meeting=meeting).invitation
    return {
        "answer": reverse("meetings:answer", args=[rsvp.token_of(asked)]),
        "answered": reverse("meetings:answer_recorded", args=[rsvp.token_of(answered)]),
        "too late to answer": reverse("meetings:answer", args=[rsvp.token_of(InvitationFactory(meeting__past=True))]),
        "a broken link to answer": reverse("meetings:answer", args=["abc"]),
        "register": reverse("meetings:register", args=[meeting.uid]),
        "take the seat": reverse(
            "meetings:confirm_registration", args=[registering.token_of(RegistrationFactory(meeting=meeting))]
        ),
        **of_a_full_room(),
    }


def of_a_full_room() -> dict[str, str]:
    """Where someone is led who finds no seat: the list, an offer, and what became of it."""
    full = MeetingPageFactory(capacity=1)
    AnswerFactory(invitation__meeting=full)
    places = {
        "in line": WaitingPlaceFactory(invitation__meeting=full, guests=2),
        "a seat is offered": WaitingPlaceFactory(invitation__meeting=full, offered=True),
        "left the list": WaitingPlaceFactory(invitation__meeting=full, left=True),
        "let an offer pass": WaitingPlaceFactory(invitation__meeting=full, lapsed=True),
    }
    return {
        "answer when full": reverse("meetings:answer", args=[rsvp.token_of(InvitationFactory(meeting=full))]),
        "register when full": reverse("meetings:register", args=[full.uid]),
        **{name: reverse("meetings:waiting", args=[rsvp.token_of(place.invitation)]) for name, place in places.items()},
    }


def of_lists() -> dict[str, str]:
    """Those of what one is told: the sign-up, the preferences, the way out, the calendar of one's own."""
    waiting_for, confirmed = SignUpFactory(), SignUpFactory(confirmed_at=timezone.now())
    told, left_alone = ResidentFactory(allows=["town"], street="1 rue du Terril"), ResidentFactory()
    resting = ResidentFactory(allows=["town"], paused_until=timezone.now() + dt.timedelta(days=30))
    return {
        "confirm": reverse("communities:confirm_sign_up", args=[signing_up.token_of(waiting_for)]),
        "confirmed": reverse("communities:confirm_sign_up", args=[signing_up.token_of(confirmed)]),
        "unsubscribe": reverse("communities:unsubscribe", args=[unsubscribing.token_of(told)]),
        "unsubscribed": reverse("communities:unsubscribe", args=[unsubscribing.token_of(left_alone)]),
        "my calendar": reverse("meetings:my_calendar", args=[own_calendar.token_of(CalendarKeyFactory().resident)]),
        "no calendar yet": reverse("meetings:my_calendar", args=[own_calendar.token_of(told)]),
        "preferences": reverse("communities:preferences", args=[preferences.token_of(told)]),
        "preferences of a break": reverse("communities:preferences", args=[preferences.token_of(resting)]),
        "preferences saved": reverse("communities:preferences_saved", args=[preferences.token_of(told)]),
        "a break": reverse("communities:preferences_saved", args=[preferences.token_of(resting)]),
        "stop one list": reverse("communities:unsubscribe", args=[unsubscribing.token_of(told, Topic.INVITATIONS)]),
        "may we keep you": reverse("communities:keep_contact", args=[contacts.token_of(told)]),
        "may we erase you": reverse("communities:keep_contact", args=[contacts.token_of(told)]) + "?choix=effacer",
        "someone is erased": reverse("communities:contact_erased"),
        "a broken link": reverse("communities:unsubscribe", args=[links.sign("another purpose", told.pk)]),
    }


def letters() -> dict[str, Letter]:
    """One letter of every kind there is, in French, as its reader gets it."""
    post_one_of_each()
    written = {mailing.kind: as_read(mailing) for mailing in Mailing.objects.all()}
    assert sorted(written) == [kind for kind, _letters in letter_kinds.items()]
    return written


def write_to(community: Community, *, now: dt.datetime) -> None:
    """A letter of the town hall, with all that one can hold."""
    a_mailbox()
    said = {"body": "<h3>Samedi</h3><ul><li>des gants</li></ul>", "agenda_days": 31}
    button = {"button_words": "Voir le jardin", "button_url": "https://commune.example/jardin"}
    letter = WrittenLetterFactory(scopes=[scopes.scope_of(community)], **said, **button)
    correspondence.send(letter=letter, by=None, now=now)


def post_one_of_each() -> None:
    now, community = timezone.now(), CommunityFactory()
    MembershipFactory(community=community)
    write_to(community, now=now)
    meeting = MeetingPageFactory(communities=[community])
    announcing.announce(meeting=meeting, by=StaffFactory(), now=now)
    wish = signing_up.Wish(communities=[community], whole_town=True)
    sign_up = signing_up.ask(email="ada@example.org", name="Ada Terril", wish=wish, now=now)
    registering.post_letter(registration=RegistrationFactory(meeting=meeting, guests=2, sign_up=sign_up), now=now)
    writing_down.write_down(
        meeting=meeting,
        name="Basile Coron",
        email="basile@example.org",
        phone="",
        guests=1,
        channel=AnswerChannel.PHONE,
        now=now,
    )
    for kind, choice in ((ReminderKind.EVE, Choice.YES), (ReminderKind.NUDGE, reminding.SILENT)):
        reader = mailings.Addressee(AnswerFactory(invitation__meeting=meeting).invitation.resident_id)
        reminding.post_letters(meeting=meeting, kind=kind, choice=choice, addressees=[reader], now=now)
    tell_of_projects(now=now)
    pass_on(now=now)
    town_of_spaces.post_one_of_each(now=now)
    tell_what_changed(now=now)
    fill_a_room(now=now)
    town_of_days_done.post_one_of_each(now=now)
    town_of_projects.post_one_of_each(now=now)
    town_of_belonging.post_one_of_each(now=now)
    invited = Delivery.objects.filter(mailing__kind=announcing.LETTER_KIND)
    invited.update(state=DeliveryState.HELD, reason="-", ended_at=now - dt.timedelta(days=8))
    digesting.post(now=now)


def tell_of_projects(*, now: dt.datetime) -> None:
    """A milestone and the news to a follower, and a certificate to someone who took part."""
    page = ProjectPageFactory(community=CommunityFactory())
    follower(page.project.community)
    staff = StaffFactory(administration=True)
    delivered = {"stage": Stage.DELIVERED, "by": passing.Actor(user=staff), "words": "Venez voir."}
    passage = passing.to(thing=page.project, now=now, **delivered)
    for tidings in (following.Milestone(passage), following.digest_now(now=now)):
        following.tell(tidings=tidings, by=staff, now=now)
    certifying.ask(
        project=page.project, name="Nora", email=TeammateFactory(project=page.project).resident.email, now=now
    )


def pass_on(*, now: dt.datetime) -> None:
    """A question that a resident asks by answering a letter, for whoever can reply."""
    message = InboundMessageFactory()
    mail = Mail(pk=message.pk, read=read(bytes(message.raw)), token="", received_at=now)
    forwarding.to_the_town_hall(mail)


def tell_what_changed(*, now: dt.datetime) -> None:
    """One meeting moved, one called off, one that is for others now."""
    moved, off, elsewhere = MeetingPageFactory(), MeetingPageFactory(), MeetingPageFactory(communities=[])
    for meeting in (moved, off):
        AnnouncementFactory(meeting=meeting)
        AnswerFactory(invitation__meeting=meeting)
    member = MembershipFactory()
    AnnouncementFactory(meeting=elsewhere)
    InvitationFactory(meeting=elsewhere, resident=member.resident, because=[scopes.scope_of(member.community)])
    later = {"starts_at": moved.starts_at + WEEK, "ends_at": moved.ends_at + WEEK}
    MeetingPage.objects.filter(pk=moved.pk).update(**later)
    MeetingPage.objects.filter(pk=off.pk).update(status=MeetingStatus.CANCELLED, status_reason="La salle est inondée.")
    for meeting in (moved, off, elsewhere):
        reconciling.reconcile(meeting=MeetingPage.objects.get(pk=meeting.pk), now=now, at_once=True)


def fill_a_room(*, now: dt.datetime) -> None:
    """A place in line, an offer, one that was let pass, one that was taken, and a calendar's yes that found no seat."""
    full = MeetingPageFactory(capacity=2)
    AnswerFactory(invitation__meeting=full, guests=1)
    waiting.join(invitation=InvitationFactory(meeting=full), guests=1, now=now)
    news = {
        offers.OFFER_LETTER: WaitingPlaceFactory(invitation__meeting=full, offered=True),
        offers.LAPSED_LETTER: WaitingPlaceFactory(invitation__meeting=full, lapsed=True),
        offers.SEATED_LETTER: AnswerFactory(),
    }
    for kind, of_whom in news.items():
        offers.tell(of_whom.invitation, key=of_whom.pk, kind=kind, now=now)
    seat_letters.post(invitation=InvitationFactory(meeting=full), now=now)


def as_read(mailing: Mailing) -> Letter:
    kind, (delivery,) = letter_kinds[mailing.kind], mailing.deliveries.all()
    with translation.override("fr"):
        personal = kind.personal(mailing=mailing, deliveries=[delivery])[delivery.pk]
    ours = {UNSUBSCRIBE_URL: "https://commune.example/d/abc", PREFERENCES_URL: "https://commune.example/p/abc"}
    values = {AFTER_HELLO: " Ada Terril", **ours, **personal}
    return kind.compose(mailing=mailing, language="fr").filled(values)
