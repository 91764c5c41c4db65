"""From a draft to an idea that the town hall received: one letter, one button, one date by which it answers."""

import datetime as dt
from types import ModuleType

import pytest
from django.utils import timezone

from communities.models import Channel, Delivery, Mailing, Resident
from engagement import passing, telling
from engagement.ideas import drafting, submitting
from engagement.models import HolderKind, Idea, IdeaStage, Passage, Scheme
from tests.communities.factories import ResidentFactory
from tests.engagement.factories import IdeaFactory
from tests.engagement.ideas.writing import begun
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = NOW + dt.timedelta(hours=1)
DAYS = 60


def kinds() -> list[str]:
    return list(Mailing.objects.order_by("pk").values_list("kind", flat=True))


def sent(**facts: object) -> Idea:
    idea = begun(**facts)
    submitting.send(idea=idea, now=NOW)
    return idea


def test_a_sent_idea_is_nobodys_business_before_the_button_of_its_letter():
    idea = sent()

    assert kinds() == [submitting.LETTER_KIND]
    assert Idea.objects.submitted().count() == 0
    assert idea.resident.confirmed_at is None


def test_the_button_proves_the_address_and_the_town_owes_an_answer_by_a_date():
    idea = sent()

    submitting.confirm(idea=idea, now=LATER)

    idea = Idea.objects.get()
    assert (idea.stage, idea.received_at) == (IdeaStage.RECEIVED, LATER)
    assert idea.answer_due_on == timezone.localdate(LATER) + dt.timedelta(days=DAYS)
    assert (idea.resident.name, idea.resident.confirmed_at) == ("Ada Terril", LATER)
    assert Passage.objects.get().by_resident == idea.resident


def test_it_is_acknowledged_at_once():
    idea = sent()

    submitting.confirm(idea=idea, now=LATER)

    assert kinds() == [submitting.LETTER_KIND, telling.LETTER_KIND]
    assert Delivery.objects.filter(resident=idea.resident).count() == 2


def test_pressing_the_button_twice_does_no_more():
    idea = sent()

    submitting.confirm(idea=idea, now=LATER)
    submitting.confirm(idea=idea, now=LATER)

    assert Passage.objects.count() == 1


def test_the_days_the_town_takes_are_its_own_setting():
    Scheme.objects.update_or_create(pk=Scheme.load().pk, defaults={"answer_days": 10})
    idea = sent()

    submitting.confirm(idea=idea, now=NOW)

    assert Idea.objects.get().answer_due_on == timezone.localdate(NOW) + dt.timedelta(days=10)


def test_somebody_known_keeps_their_name_and_confirms_all_the_same():
    known = ResidentFactory(name="Ada Chevalet", email="ada@example.org")
    idea = sent()

    assert not Idea.objects.submitted().exists()
    submitting.confirm(idea=idea, now=LATER)

    known.refresh_from_db()
    assert (idea.resident, known.name) == (known, "Ada Chevalet")


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({"title": " "}, "title"),
        ({"what": ""}, "what"),
        ({"commits": "\n"}, "commits"),
        ({"of_age": False}, "of_age"),
        ({"kind": HolderKind.GROUP}, "organisation"),
        ({"kind": HolderKind.ASSOCIATION}, "organisation"),
        ({"kind": HolderKind.SCHOOL}, "organisation"),
    ],
)
def test_what_is_missing_is_said_and_nothing_leaves(facts: dict[str, object], column: str):
    idea = begun(**facts)

    with pytest.raises(submitting.Unfinished) as unfinished:
        submitting.send(idea=idea, now=NOW)

    assert list(unfinished.value.missing) == [column]
    assert unfinished.value.sentence
    assert kinds() == []


def test_a_school_sends_the_idea_of_its_pupils_without_a_box():
    idea = begun(kind=HolderKind.SCHOOL, organisation="École du Coron", of_age=False)

    submitting.send(idea=idea, now=NOW)

    assert kinds() == [submitting.LETTER_KIND]


def test_what_a_button_confirms_does_not_change_after_its_letter_left():
    idea = sent()

    for change in (
        lambda: drafting.save(idea=idea, facts={"title": "Autre chose"}, now=LATER),
        lambda: drafting.add_pictures(idea=idea, pictures=[], now=LATER),
        lambda: drafting.remove_picture(idea=idea, pk=1),
        lambda: submitting.send(idea=idea, now=LATER),
    ):
        with pytest.raises(drafting.AlreadySent):
            change()


def test_taken_back_it_can_be_changed_and_the_old_button_does_nothing_any_more():
    idea = sent()
    old = submitting.token_of(idea)

    submitting.take_back(idea=idea)
    drafting.save(idea=idea, facts={"title": "Une boîte à livres"}, now=LATER)
    assert submitting.find(token=old) is None
    submitting.send(idea=idea, now=LATER)

    assert submitting.find(token=old) is None
    assert submitting.find(token=submitting.token_of(idea)) == idea
    assert kinds() == [submitting.LETTER_KIND] * 2


def test_a_button_pressed_while_it_is_taken_back_receives_nothing():
    idea = sent()
    submitting.take_back(idea=idea)

    submitting.confirm(idea=idea, now=LATER)

    assert not Idea.objects.submitted().exists()


def test_a_received_idea_is_not_taken_back():
    idea = sent()
    submitting.confirm(idea=idea, now=LATER)

    submitting.take_back(idea=idea)

    assert Idea.objects.get().sent_at == NOW


def test_the_letter_comes_again_for_whoever_asks_but_not_twice_in_ten_minutes():
    idea = sent()

    submitting.send_again(idea=idea, now=NOW + dt.timedelta(minutes=9))
    assert len(kinds()) == 1
    submitting.send_again(idea=idea, now=NOW + dt.timedelta(minutes=11))

    assert len(kinds()) == 2


def test_during_a_pause_drafts_are_kept_and_not_sent():
    Scheme.objects.update_or_create(pk=Scheme.load().pk, defaults={"takes_ideas": False})
    idea = begun()

    drafting.save(idea=idea, facts={"title": "Un verger"}, now=NOW)
    with pytest.raises(submitting.Paused):
        submitting.send(idea=idea, now=NOW)

    assert Idea.objects.get().title == "Un verger"


def test_what_was_sent_before_a_pause_is_still_received():
    idea = sent()
    Scheme.objects.update_or_create(pk=Scheme.load().pk, defaults={"takes_ideas": False})

    submitting.confirm(idea=idea, now=LATER)

    assert Idea.objects.submitted().count() == 1


def test_someone_at_the_desk_without_e_mail_has_their_idea_received_at_once_and_a_letter_by_post():
    resident = ResidentFactory(by_post=True)
    staff = StaffFactory(participation=True)
    fields = {"title": "Un banc", "what": "Devant la poste.", "commits": "Le repeindre."}

    idea = submitting.type_in(fields=fields, resident=resident, by=staff, now=NOW)

    assert (idea.stage, idea.typed_in_by, idea.resident) == (IdeaStage.RECEIVED, staff, resident)
    assert idea.answer_due_on == timezone.localdate(NOW) + dt.timedelta(days=DAYS)
    assert Delivery.objects.get().channel == Channel.LETTER


def test_what_is_typed_in_lacks_nothing_either():
    with pytest.raises(submitting.Unfinished):
        submitting.type_in(
            fields={"title": "Un banc"}, resident=ResidentFactory(), by=StaffFactory(participation=True), now=NOW
        )

    assert not Idea.objects.exists()


def test_only_who_examines_ideas_types_one_in():
    fields = {"title": "Un banc", "what": "Devant la poste.", "commits": "Le repeindre."}

    with pytest.raises(passing.NotTheirs):
        submitting.type_in(fields=fields, resident=ResidentFactory(), by=StaffFactory(communication=True), now=NOW)


@pytest.mark.parametrize("token", ["", "abc", "a" * 24, "é" * 24])
def test_a_forged_link_finds_nothing(token: str):
    sent()

    assert submitting.find(token=token) is None
    assert drafting.find(token=token) is None


def test_the_link_of_a_draft_is_not_the_button_of_a_letter():
    idea = sent()

    assert submitting.find(token=drafting.token_of(idea)) is None
    assert drafting.find(token=submitting.token_of(idea)) is None


def test_an_idea_received_before_this_needs_no_letter():
    assert submitting.waiting(IdeaFactory()) is None


@pytest.mark.parametrize("module", [drafting, submitting])
def test_a_link_sent_to_an_earlier_address_opens_nothing(module: ModuleType):
    idea = sent()
    token = module.token_of(idea)
    assert module.find(token=token) == idea

    idea.resident.addresses_before = 1
    idea.resident.save()

    assert module.find(token=token) is None


def test_the_button_of_another_residents_letter_is_never_that_of_the_next():
    idea = sent(email="ada@exemple.org")
    idea.resident.addresses_before = 1
    idea.resident.save()
    old = submitting.token_of(idea)

    submitting.take_back(idea=idea)
    drafting.put_address_right(idea=idea, email="nora@example.org", now=LATER)
    submitting.send(idea=idea, now=LATER)

    assert submitting.find(token=old) is None


def test_a_button_pressed_while_the_idea_is_sent_to_somebody_else_proves_nothing_of_theirs():
    idea = sent(email="ada@exemple.org")
    pressed = submitting.find(token=submitting.token_of(idea))
    assert pressed is not None

    submitting.take_back(idea=idea)
    drafting.put_address_right(idea=idea, email="nora@example.org", now=LATER)
    submitting.send(idea=idea, now=LATER)
    submitting.confirm(idea=pressed, now=LATER)

    assert Idea.objects.get().stage == IdeaStage.DRAFT
    assert not Resident.objects.filter(confirmed_at__isnull=False).exists()
