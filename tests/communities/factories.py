"""Residents of an invented town, their neighbourhoods, communities and consents."""

from typing import Any

import factory
from django.utils import timezone

from communities import consent, scopes, wordings
from communities.models import (
    Channel,
    Community,
    CommunityKind,
    ConsentEvent,
    InboundMessage,
    InboundSource,
    InboundState,
    Membership,
    MembershipRequest,
    MutedTopic,
    Neighbourhood,
    NeighbourInvitation,
    Origin,
    Outcome,
    Resident,
    Role,
    SignUp,
    Suppression,
    Topic,
    Town,
    WrittenLetter,
)

NAMES = ["Ada Terril", "Basile Coron", "Nora Chevalet", "Félix Gaillette", "Inès Briquette"]


class NeighbourhoodFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence("Cité {}".format)
    slug = factory.Sequence("cite-{}".format)

    class Meta:
        model = Neighbourhood


class ResidentFactory(factory.django.DjangoModelFactory):
    """Someone with a confirmed e-mail address, unless a trait says otherwise. `allows=[...]`: scopes consented to."""

    name = factory.Iterator(NAMES)
    email = factory.Sequence("resident-{}@example.org".format)
    created_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Resident
        skip_postgeneration_save = True

    class Params:
        unconfirmed = factory.Trait(confirmed_at=None)
        without_email = factory.Trait(
            email="",
            confirmed_at=None,
            phone=factory.Sequence("0199{:06}".format),
            preferred_channel=Channel.PHONE,
        )
        by_post = factory.Trait(
            email="",
            confirmed_at=None,
            street=factory.Sequence("{} rue des Exemples".format),
            postcode="62000",
            city="Exempleville",
            preferred_channel=Channel.LETTER,
        )

    @factory.post_generation
    def allows(resident: Resident, create: bool, scopes_allowed: list[str] | None, **extra: Any) -> None:
        for scope in scopes_allowed or []:
            ConsentEventFactory(resident=resident, scope=scope, channel=resident.preferred_channel)


class CommunityFactory(factory.django.DjangoModelFactory):
    """A community around a theme, without members. `members=[...]`: residents who joined it."""

    name = factory.Sequence("Les jardins partagés {}".format)
    slug = factory.Sequence("jardins-partages-{}".format)
    kind = CommunityKind.THEME
    summary = "Des potagers pour tous."

    class Meta:
        model = Community
        skip_postgeneration_save = True

    class Params:
        around_a_project = factory.Trait(kind=CommunityKind.PROJECT)
        around_a_neighbourhood = factory.Trait(
            kind=CommunityKind.NEIGHBOURHOOD, neighbourhood=factory.SubFactory(NeighbourhoodFactory)
        )

    @factory.post_generation
    def members(community: Community, create: bool, joined: list[Resident] | None, **extra: Any) -> None:
        for resident in joined or []:
            MembershipFactory(community=community, resident=resident)


class MembershipFactory(factory.django.DjangoModelFactory):
    """A member who allowed to be told of the community's meetings, on the channel they prefer."""

    community = factory.SubFactory(CommunityFactory)
    resident = factory.SubFactory(ResidentFactory)
    role = Role.MEMBER
    joined_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Membership
        skip_postgeneration_save = True

    class Params:
        coordinator = factory.Trait(role=Role.COORDINATOR)

    @factory.post_generation
    def consenting(membership: Membership, create: bool, wanted: bool | None, **extra: Any) -> None:
        if wanted is not False:
            consent.grant(
                resident=membership.resident,
                scopes=[scopes.scope_of(membership.community)],
                channel=membership.resident.preferred_channel,
                wording=wordings.PAPER,
                origin=Origin.STAFF,
                now=timezone.now(),
            )


class ConsentEventFactory(factory.django.DjangoModelFactory):
    """A yes to every meeting of the town, by e-mail, from a letter's button."""

    resident = factory.SubFactory(ResidentFactory)
    channel = Channel.EMAIL
    scope = scopes.TOWN
    granted = True
    wording = wordings.SIGN_UP
    origin = Origin.MAIL
    occurred_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = ConsentEvent


class SignUpFactory(factory.django.DjangoModelFactory):
    """A wish to be told of every meeting, waiting for its button."""

    resident = factory.SubFactory(ResidentFactory, unconfirmed=True)
    given_name = "Ada Terril"
    whole_town = True
    wording = wordings.SIGN_UP
    created_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = SignUp


class MutedTopicFactory(factory.django.DjangoModelFactory):
    """No more invitations to meetings, said through the link in a letter."""

    resident = factory.SubFactory(ResidentFactory)
    topic = Topic.INVITATIONS
    origin = Origin.MAIL
    muted_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = MutedTopic


class SuppressionFactory(factory.django.DjangoModelFactory):
    """An address that bounced."""

    address = factory.Sequence("bounced-{}@example.org".format)
    reason = "550 5.1.1 No such user"
    created_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Suppression


class WrittenLetterFactory(factory.django.DjangoModelFactory):
    """A draft to the whole town; a town hall without a mailbox sends nothing: see `a_mailbox`."""

    subject = "Les jardins rouvrent"
    body = "<p>Les <b>jardins</b> rouvrent samedi.</p>"
    scopes = factory.LazyFunction(lambda: [scopes.TOWN])
    written_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = WrittenLetter


def a_mailbox() -> None:
    """The town hall can be answered."""
    town = Town.load()
    town.name, town.email, town.phone = "Fosse-les-Briques", "mairie@example.org", "0353010000"
    town.save()


class InboundMessageFactory(factory.django.DjangoModelFactory):
    """A person's words that were passed on, an hour ago."""

    fingerprint = factory.Sequence("{:064}".format)
    raw = b"From: ada@example.org\r\nSubject: Re: Invitation\r\n\r\nY a-t-il une rampe ?\r\n"
    source = InboundSource.PIPE
    received_at = factory.LazyFunction(timezone.now)
    ended_at = factory.LazyAttribute(lambda message: message.received_at)
    sender = "ada@example.org"
    subject = "Re: Invitation"
    state = InboundState.FORWARDED
    outcome = "It was passed on."

    class Meta:
        model = InboundMessage

    class Params:
        waiting = factory.Trait(state=InboundState.WAITING, outcome="", ended_at=None, sender="", subject="")
        held = factory.Trait(state=InboundState.HELD, outcome="It may not come from whom it says.")


class MembershipRequestFactory(factory.django.DjangoModelFactory):
    """Someone asks to enter a closed community, and waits."""

    community = factory.SubFactory(CommunityFactory, is_closed=True)
    resident = factory.SubFactory(ResidentFactory)
    role = Role.MEMBER
    given_name = "Nora Chevalet"
    words = "J’habite à côté."
    asked_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = MembershipRequest

    class Params:
        to_coordinate = factory.Trait(role=Role.COORDINATOR)
        declined = factory.Trait(outcome=Outcome.DECLINED, decided_at=factory.LazyFunction(timezone.now))


class NeighbourInvitationFactory(factory.django.DjangoModelFactory):
    """A letter left to someone of whom nothing else is known."""

    community = factory.SubFactory(CommunityFactory)
    inviter = factory.SubFactory(ResidentFactory)
    invited = factory.SubFactory(ResidentFactory, unconfirmed=True)
    fingerprint = factory.Sequence("{:064}".format)
    shown_as = "Ada"
    is_sent = True
    invited_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = NeighbourInvitation
