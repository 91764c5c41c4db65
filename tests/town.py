"""Where can a visitor go, and what does a resident get? Every public page and every letter of a town with a little of
everything.
"""

import datetime as dt

from django.urls import reverse
from django.utils import timezone, translation

from communities import correspondence, links, preferences, scopes, signing_up, unsubscribing
from communities.models import Community, Delivery, DeliveryState, Mailing, Topic
from communities.post import digesting, mailings
from communities.post.composing import AFTER_HELLO, PREFERENCES_URL, UNSUBSCRIBE_URL, Letter
from communities.post.kinds import letter_kinds
from meetings import announcing, own_calendar, registering, reminding, rsvp, writing_down
from meetings.models import AnswerChannel, Choice, ReminderKind
from tests.communities.factories import (
    CommunityFactory,
    MembershipFactory,
    ResidentFactory,
    SignUpFactory,
    WrittenLetterFactory,
    a_mailbox,
)
from tests.engagement.factories import ProjectFactFactory, ProjectPageFactory
from tests.factories import StaffFactory, home_page
from tests.meetings.factories import (
    AnswerFactory,
    CalendarKeyFactory,
    InvitationFactory,
    MeetingPageFactory,
    RegistrationFactory,
)


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
        "nowhere": "/nulle-part/",
        "sign up": reverse("communities:sign_up"),
        "signed up": reverse("communities:sign_up_done"),
        **of_letters(meeting),
    }


def of_letters(meeting) -> dict[str, str]:
    """The pages behind the links of letters, before and after their buttons were pressed."""
    asked, answered = InvitationFactory(meeting=meeting), AnswerFactory(invitation__meeting=meeting).invitation
    waiting, confirmed = SignUpFactory(), SignUpFactory(confirmed_at=timezone.now())
    told, left_alone = ResidentFactory(allows=["town"], street="1 rue du Terril"), ResidentFactory()
    resting = ResidentFactory(allows=["town"], paused_until=timezone.now() + dt.timedelta(days=30))
    return {
        "answer": reverse("meetings:answer", args=[rsvp.token_of(asked)]),
        "answered": reverse("meetings:answer_recorded", args=[rsvp.token_of(answered)]),
        "too late to answer": reverse("meetings:answer", args=[rsvp.token_of(InvitationFactory(meeting__past=True))]),
        "a broken link to answer": reverse("meetings:answer", args=["abc"]),
        "register": reverse("meetings:register", args=[meeting.uid]),
        "take the seat": reverse(
            "meetings:confirm_registration", args=[registering.token_of(RegistrationFactory(meeting=meeting))]
        ),
        "confirm": reverse("communities:confirm_sign_up", args=[signing_up.token_of(waiting)]),
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
    invited = Delivery.objects.filter(mailing__kind=announcing.LETTER_KIND)
    invited.update(state=DeliveryState.HELD, reason="-", ended_at=now - dt.timedelta(days=8))
    digesting.post(now=now)


def as_read(mailing: Mailing) -> Letter:
    kind, (delivery,) = letter_kinds[mailing.kind], mailing.deliveries.all()
    with translation.override("fr"):
        personal = kind.personal(mailing=mailing, deliveries=[delivery])[delivery.pk]
    ours = {UNSUBSCRIBE_URL: "https://commune.example/d/abc", PREFERENCES_URL: "https://commune.example/p/abc"}
    values = {AFTER_HELLO: " Ada Terril", **ours, **personal}
    return kind.compose(mailing=mailing, language="fr").filled(values)
