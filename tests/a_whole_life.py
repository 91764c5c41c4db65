"""Someone who did everything that a resident can do, in every room, and let their name stand wherever it may.

A room that comes later adds what is done there to `DEEDS`: a function that gets the person and the moment.
"""

import datetime as dt

from django.utils import timezone
from wagtail import log_actions
from wagtail_factories import ImageFactory

from communities import blocking, signing_up
from communities.imports import importing
from communities.inbound import receiving, sorting
from communities.models import (
    Channel,
    Community,
    Delivery,
    DeliveryState,
    KeepingQuestion,
    Mailing,
    MembershipRequest,
    NeighbourInvitation,
    PictureAuthorisation,
    PictureRights,
    Resident,
    ResidentImport,
)
from communities.space import addressing, correcting, entering, sessions
from engagement import passing
from engagement.conventions import on_screen
from engagement.examining import deciding, noting, publishing
from engagement.ideas import carrying, drafting, submitting
from engagement.models import (
    CertificateRequest,
    Convention,
    Idea,
    IdeaNote,
    IdeaSupport,
    Side,
)
from meetings.models import Answer, HelpAsked, Invitation
from tests import mails, town_of_ideas
from tests.a_life_at_work_days import lend_a_hand, run_work_days
from tests.communities.factories import (
    CommunityFactory,
    ConsentEventFactory,
    MembershipFactory,
    MutedTopicFactory,
    SignUpFactory,
)
from tests.engagement.conventions.conventions import draft, officer, proposed, signed, supported
from tests.engagement.factories import IdeaFactory, TeammateFactory, project_index
from tests.engagement.factories_of_what_was_done import StewardshipCheckFactory
from tests.factories import StaffFactory
from tests.meetings.factories import (
    AnswerFactory,
    CalendarKeyFactory,
    InvitationFactory,
    MeetingPageFactory,
    RegistrationFactory,
    WaitingPlaceFactory,
)
from tests.somebody import ALL, EMAIL, FORMER, NAME, SECOND, STREET, Deed, person

# --- Communities -----------------------------------------------------------------------------------------------------


def belong(who: Resident, now: dt.datetime) -> None:
    MembershipFactory(resident=who, role="coordinator")
    MutedTopicFactory(resident=who)
    for channel in (Channel.EMAIL, Channel.PHONE):
        ConsentEventFactory(resident=who, channel=channel, proof=f"Bulletin de {ALL}"[:255])
    SignUpFactory(resident=who, given_name=NAME)
    SignUpFactory(resident=who, given_name=NAME, confirmed_at=now)
    signing_up.ask(email=EMAIL, name=NAME, wish=signing_up.Wish(communities=[CommunityFactory()]), now=now)
    for action in ("wagtail.create", "wagtail.edit"):
        log_actions.log(instance=who, action=action, user=StaffFactory(), data={"name": NAME})


def be_written_to(who: Resident, now: dt.datetime) -> None:
    """A letter in every state, and what a relay said of each."""
    states = [state for state in DeliveryState if state != DeliveryState.PENDING]
    for number, state in enumerate([DeliveryState.PENDING, *states]):
        mailing = Mailing.objects.create(kind="invitation", key=str(number), title="Invitation", created_at=now)
        Delivery.objects.create(
            mailing=mailing,
            resident=who,
            state=state,
            reason="" if state in (DeliveryState.PENDING, DeliveryState.SENT) else f"550 <{EMAIL.lower()}> {NAME}",
            ended_at=None if state == DeliveryState.PENDING else now,
            bounced_at=now if state == DeliveryState.SENT else None,
            bounce_reason=f"550 {EMAIL}: unknown {NAME}" if state == DeliveryState.SENT else "",
            next_attempt_at=now,
        )
    block = blocking.block(address=EMAIL, reason=f"550 <{EMAIL}>", now=now)
    log_actions.log(instance=block, action="wagtail.create", user=StaffFactory())


def write(who: Resident, now: dt.datetime) -> None:
    """Mail that was read, mail that waits, from their address and to the one their letters carry."""
    to = f"reunions+{who.token}@{mails.DOMAIN}"
    raw = mails.words(to=to, sender=EMAIL, text=f"Je suis {ALL}.")
    receiving.receive(raw=raw, recipients=(to,), source="pipe", now=now)
    sorting.sort_waiting(now=now)
    receiving.receive(raw=raw.replace(b"Je suis", b"C'est"), recipients=(to,), source="pipe", now=now)


def come_into_their_space(who: Resident, now: dt.datetime) -> None:
    sessions.begin(resident=who, device="Firefox sur Android", now=now)
    entering.ask(email=EMAIL, now=now)
    entering.answer_all(now=now)
    entering.ask(email=EMAIL.upper(), now=now)
    Resident.objects.filter(pk=who.pk).update(email=FORMER)
    who.refresh_from_db()
    addressing.confirm(change=addressing.ask(resident=who, email=EMAIL, now=now), now=now)
    who.refresh_from_db()
    addressing.ask(resident=who, email=FORMER, now=now)
    said = {field: getattr(who, field) for field in correcting.FIELDS}
    correcting.correct(resident=who, facts=said)


def stand_in_files(who: Resident, now: dt.datetime) -> None:
    """One that waits, one whose report refused their line."""
    facts = {"full_name": NAME, "email": EMAIL, "phone": "+33 1 99 88 77 66", "street": STREET}
    rows = [{"line": 2, "facts": facts, "trouble": ""}, {"line": 3, "facts": {"full_name": "Nora"}, "trouble": ""}]
    report = importing.report_of(importing.examining.examine(rows))
    ResidentImport.objects.create(file_name="liste.csv", rows=rows, report=report, uploaded_at=now)
    refused = {"counts": {}, "lines": [[2, "refused", f"“{NAME}/{SECOND}” n’est pas un nom.", ""]]}
    ResidentImport.objects.create(file_name="faite.csv", report=refused, uploaded_at=now, applied_at=now)


# --- Meetings --------------------------------------------------------------------------------------------------------


def go_to_meetings(who: Resident, now: dt.datetime) -> None:
    invitation: Invitation = InvitationFactory(resident=who)
    AnswerFactory(invitation=invitation, guests=2)
    HelpAsked.objects.create(invitation=invitation, kinds=["lift"], asked_at=now)
    RegistrationFactory(resident=who, given_name=NAME)
    RegistrationFactory(resident=who, given_name=NAME, confirmed=True)
    WaitingPlaceFactory(invitation=InvitationFactory(resident=who, meeting=MeetingPageFactory(capacity=1)))
    CalendarKeyFactory(resident=who)
    assert Answer.objects.filter(invitation__resident=who).exists()


# --- Engagement ------------------------------------------------------------------------------------------------------


def have_ideas(who: Resident, now: dt.datetime) -> None:
    """A draft, one that was sent, a public one, one whose title names them and that became a project, and supports."""
    by = StaffFactory(participation=True)
    drafting.begin(email=EMAIL, name=NAME, facts={"title": f"L’idée de {NAME}", "what": ALL}, now=now)
    begun = drafting.begin(
        email=EMAIL,
        name=NAME,
        facts={"title": f"Le banc de {NAME}", "what": ALL, "commits": ALL, "of_age": True},
        now=now,
    )
    submitting.send(idea=begun, now=now)
    submitting.confirm(idea=begun, now=now)
    public = IdeaFactory(resident=who, title=f"Le verger de {NAME}", what=ALL, shown_as=NAME, who=ALL, given_name=NAME)
    town_of_ideas.illustrate(public)
    publishing.publish(idea=public, by=by, now=now)
    public.answers.create(words=ALL, answered_at=now)
    IdeaNote.objects.create(idea=public, words=f"{NAME} insiste", written_at=now)
    noting.give(ideas=[public], officer=by, by=by)
    project_index()
    big = IdeaFactory(resident=who, title=f"Les bancs de {NAME}", what=ALL, given_name=NAME)
    deciding.support(idea=big, is_published=True, by=passing.Actor(user=by), now=now)
    refused = IdeaFactory(resident=who, title=f"La piscine de {NAME}", what=ALL)
    deciding.refuse(idea=refused, reason="Le sol est pollué.", is_published=False, by=passing.Actor(user=by), now=now)
    IdeaSupport.objects.create(
        idea=IdeaFactory(public=True), resident=who, given_name=NAME, created_at=now, confirmed_at=now
    )
    assert Idea.objects.filter(resident=who).count() >= 5
    assert Community.objects.filter(name__contains=NAME).exists()
    assert carrying.token_of(public)


def look_after_things(who: Resident, now: dt.datetime) -> None:
    project = TeammateFactory(resident=who, shown_as=NAME).project
    CertificateRequest.objects.create(project=project, resident=who, given_name=NAME, asked_at=now)
    StewardshipCheckFactory(resident=who, answered_by=who, state="good", answered_at=now, words=ALL)


def have_a_convention_that_nobody_signed(who: Resident, now: dt.datetime) -> None:
    by = officer()
    draft(by=by, project=supported(holder=who, title=f"La mare de {NAME}"), purpose=ALL)
    out = proposed(by=by, project=supported(holder=who), purpose=ALL)
    on_screen.ask(convention=out, side=Side.RESIDENTS, name=NAME, email=EMAIL, resident=who, by=by, now=now)


def sign_a_convention(who: Resident, now: dt.datetime) -> None:
    """The one thing that stays with their name."""
    signed(project=supported(holder=who), purpose=ALL)
    assert Convention.objects.held().exists()


def belong_more(who: Resident, now: dt.datetime) -> None:
    """A wish to coordinate, a neighbour invited, a question whether to keep them, a picture that they signed for."""
    community = CommunityFactory()
    asked = {"resident": who, "community": community, "given_name": NAME, "words": ALL, "asked_at": now}
    MembershipRequest.objects.create(**asked)
    told = {"inviter": who, "invited": who, "community": community, "shown_as": NAME, "invited_at": now}
    NeighbourInvitation.objects.create(**told, fingerprint="0" * 64)
    KeepingQuestion.objects.create(resident=who, asked_at=now)
    signed_for = PictureRights.objects.get_or_create(image=ImageFactory())[0]
    PictureAuthorisation.objects.create(
        rights=signed_for,
        minor="Lou B.",
        first_guardian=NAME,
        second_guardian=SECOND,
        resident=who,
        signed_on=now.date(),
        paper_lies=f"Dossier {NAME}",
        valid_until=now.date() + dt.timedelta(days=300),
        written_at=now,
    )


DEEDS: dict[str, Deed] = {
    "belong": belong,
    "be written to": be_written_to,
    "write": write,
    "go to meetings": go_to_meetings,
    "have ideas": have_ideas,
    "look after things": look_after_things,
    "have a convention that nobody signed": have_a_convention_that_nobody_signed,
    "sign a convention": sign_a_convention,
    "come into their space": come_into_their_space,
    "stand in files": stand_in_files,
    "belong more": belong_more,
    "lend a hand": lend_a_hand,
    "run work days": run_work_days,
}


def lived(*, now: dt.datetime | None = None) -> Resident:
    """All of it, one deed after the other."""
    moment = now or timezone.now()
    who = person(moment)
    for deed in DEEDS.values():
        deed(who, moment)
    return Resident.objects.get(pk=who.pk)
