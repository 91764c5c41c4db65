"""Where can a visitor go? Every public page of a town with a little of everything, by what they would call it."""

from django.urls import reverse
from django.utils import timezone

from communities import links, signing_up, unsubscribing
from meetings import registering, rsvp
from tests.communities.factories import CommunityFactory, ResidentFactory, SignUpFactory
from tests.engagement.factories import ProjectFactFactory, ProjectPageFactory
from tests.factories import home_page
from tests.meetings.factories import AnswerFactory, InvitationFactory, MeetingPageFactory, RegistrationFactory


def addresses() -> dict[str, str]:
    """The pages that anyone finds, and those that links in letters open."""
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
    told, left_alone = ResidentFactory(allows=["town"]), ResidentFactory()
    return {
        "answer": reverse("meetings:answer", args=[rsvp.token_of(asked)]),
        "answered": reverse("meetings:answer_recorded", args=[rsvp.token_of(answered)]),
        "a broken link to answer": reverse("meetings:answer", args=["abc"]),
        "register": reverse("meetings:register", args=[meeting.uid]),
        "take the seat": reverse(
            "meetings:confirm_registration", args=[registering.token_of(RegistrationFactory(meeting=meeting))]
        ),
        "confirm": reverse("communities:confirm_sign_up", args=[signing_up.token_of(waiting)]),
        "confirmed": reverse("communities:confirm_sign_up", args=[signing_up.token_of(confirmed)]),
        "unsubscribe": reverse("communities:unsubscribe", args=[unsubscribing.token_of(told)]),
        "unsubscribed": reverse("communities:unsubscribe", args=[unsubscribing.token_of(left_alone)]),
        "a broken link": reverse("communities:unsubscribe", args=[links.sign("another purpose", told.pk)]),
    }
