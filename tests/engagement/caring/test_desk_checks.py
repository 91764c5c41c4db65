"""What staff see of checks, and what they do about them in the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from communities.models import Resident
from engagement import passing
from engagement.caring import reconciling
from engagement.models import CheckKind, CheckState, Conclusion, StewardshipCheck
from tests.communities.factories import ResidentFactory
from tests.engagement.caring.desk import again, at, listed, words
from tests.engagement.caring.standing import A_DAY, NOW, TODAY, check_in, found, letters, signed, standing
from tests.engagement.factories import TeammateFactory
from tests.engagement.uploads import files
from tests.factories import StaffFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march", "in_english")]


# --- The list --------------------------------------------------------------------------------------------------------


def test_what_is_overdue_comes_first_then_what_needs_work(desk: Client) -> None:
    to_come, done, trouble = check_in(5), found(check_in(-3)), found(check_in(-2), CheckState.NEEDS_WORK)
    late = check_in(-1)

    assert listed(desk) == [late, trouble, to_come, done]


@pytest.mark.parametrize("group", ["communication", "elected", "participation"])
def test_who_looks_is_named_to_whoever_may_see_residents_alone(client: Client, group: str) -> None:
    ada, basile = ResidentFactory(name="Ada Terril"), ResidentFactory(name="Basile Coron")
    to_come = check_in(5, project=standing(holder=basile), resident=ada)
    done = found(check_in(-3, project=to_come.project), by=passing.Actor(resident=basile))
    reconciling.tick(now=NOW)
    client.force_login(StaffFactory(**{group: True}))

    for page in (at("index"), at("index") + "?export=csv", at("inspect", to_come), at("inspect", done)):
        answer = client.get(page)
        said = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        assert answer.status_code == 200
        assert ("Ada Terril" in said or "Basile Coron" in said) == (group == "participation"), page
    plan = words(client.get(at("project", to_come.project)))
    assert ("Ada Terril" in plan) == (group == "participation")


@pytest.mark.parametrize("which", ["overdue", "trouble", "to-come", "review", "done", "called-off"])
def test_each_filter_finds_its_own(desk: Client, which: str) -> None:
    trouble = found(check_in(-2), CheckState.NEEDS_WORK)
    every = {
        "overdue": [check_in(-1)],
        "trouble": [trouble],
        "to-come": [check_in(5)],
        "review": [check_in(0, kind=CheckKind.REVIEW)],
        "done": [found(check_in(-3)), trouble],
        "called-off": [check_in(9, state=CheckState.CANCELLED)],
    }
    every["to-come"] += every["review"]

    assert set(listed(desk, which=which)) == set(every[which])


def test_checks_are_searched_by_what_is_looked_at_and_by_project(desk: Client) -> None:
    check_in(5, what="Les vis")
    wood = check_in(5, what="Le bois", project=standing(title="Le verger"))

    assert listed(desk, q="bois") == listed(desk, q="verger") == [wood]


def test_as_many_queries_for_one_check_as_for_fifty(desk: Client, django_assert_max_num_queries) -> None:
    check_in(5)
    desk.get(at("index"))
    with django_assert_max_num_queries(30) as few:
        desk.get(at("index"))
    for days in range(45):
        check_in(days, resident=ResidentFactory())

    with django_assert_max_num_queries(len(few)):
        desk.get(at("index"))


def test_an_empty_list_says_what_will_be_there(desk: Client) -> None:
    assert "No check is planned." in words(desk.get(at("index")))
    assert "No check matches." in words(desk.get(at("index"), {"which": "overdue"}))


def test_the_list_leaves_as_a_spreadsheet(desk: Client) -> None:
    found(check_in(-3, what="=cmd()"), words="Rien")

    leaves = desk.get(at("index"), {"export": "csv"}).content.decode("utf-8-sig")

    assert "'=cmd()" in leaves
    assert "Rien" in leaves


def bulk(checks: list[StewardshipCheck]) -> str:
    address = reverse("wagtail_bulk_action", args=["engagement", "stewardshipcheck", "call_off"])
    return f"{address}?{'&'.join(f'id={check.pk}' for check in checks)}"


def test_several_are_called_off_at_once_and_what_was_done_stays(desk: Client) -> None:
    first, second, done = check_in(5), check_in(6), found(check_in(-3))

    shown = words(desk.get(bulk([first, second, done])))
    desk.post(bulk([first, second, done]), {"words": "Hiver."})

    assert "These stay as they are" in shown
    assert [again(check).state for check in (first, second, done)] == ["cancelled", "cancelled", "good"]
    assert again(first).words == "Hiver."


def test_communication_calls_nothing_off_by_the_bulk_action(client: Client) -> None:
    client.force_login(StaffFactory(communication=True))
    check = check_in(5)

    client.post(bulk([check]), {"words": "x"})

    assert again(check).is_to_come


# --- One check -------------------------------------------------------------------------------------------------------


def test_a_check_says_who_is_asked_and_which_letters_left(desk: Client) -> None:
    check = check_in(3, resident=ResidentFactory(name="Ada Terril"))
    reconciling.tick(now=NOW)

    page = words(desk.get(at("inspect", check)))

    assert page.count("Ada Terril") >= 2
    assert len(letters()) == 1


def test_where_nobody_can_be_asked_it_says_that_the_town_hall_looks(desk: Client) -> None:
    check = check_in(3, project=standing(holder=None))

    assert "it is for the town hall to look" in words(desk.get(at("inspect", check)))


def test_what_somebody_said_on_the_telephone_is_typed_in(desk: Client) -> None:
    caller: Resident = ResidentFactory()
    check = check_in(3, resident=caller)
    form = desk.get(at("type_in", check)).context["form"]
    assert set(form.fields["resident"].queryset) == {caller, check.project.team.get().resident}

    said = {"resident": caller.pk, "state": "needs_work", "words": "Une latte manque.", "seen": form["seen"].value()}
    desk.post(at("type_in", check), said | {"photo": SimpleUploadedFile("x.jpg", files.photo())})

    answered = again(check)
    assert (answered.state, answered.answered_by, answered.words) == ("needs_work", caller, "Une latte manque.")
    assert answered.noted_by is not None
    page = words(desk.get(at("inspect", check)))
    assert "Une latte manque." in page
    assert at("photo", check) in page


def test_typed_in_after_somebody_else_answered_it_is_refused_with_a_sentence(desk: Client) -> None:
    check = found(check_in(3))

    answer = desk.post(
        at("type_in", check),
        {"state": "needs_work", "seen": ""},
        headers={"referer": at("inspect", check)},
        follow=True,
    )

    assert "Somebody has answered meanwhile" in words(answer)
    assert again(check).is_good


def test_the_photograph_is_seen_at_the_desk_shown_and_hidden(desk: Client) -> None:
    check = check_in(3)
    desk.post(at("type_in", check), {"state": "good", "photo": SimpleUploadedFile("x.jpg", files.photo())})
    assert desk.get(at("photo", check))["Content-Type"] == "image/jpeg"

    desk.post(at("show_photo", check), {"shown": "yes", "recognisable": "nobody"})
    assert again(check).is_photo_public
    desk.post(at("show_photo", check), {"shown": "no"})

    assert not again(check).is_photo_public
    assert desk.get(at("photo", check_in(3))).status_code == 404


def test_a_check_moves_to_another_day(desk: Client) -> None:
    check = check_in(3)

    desk.post(at("move", check), {"due_on": (TODAY + 9 * A_DAY).isoformat()})
    assert again(check).due_on == TODAY + 9 * A_DAY
    refused = desk.post(at("move", check), {"due_on": "hier"}, follow=True)

    assert "Please choose a day." in words(refused)
    past = desk.post(at("move", check), {"due_on": (TODAY - A_DAY).isoformat()}, follow=True)
    assert "This day is past" in words(past)


def test_a_check_is_entrusted_to_somebody_of_the_team_and_to_nobody_else(desk: Client) -> None:
    check, neighbour = check_in(3, asked_at=NOW), ResidentFactory()
    mate = TeammateFactory(project=check.project).resident

    desk.post(at("entrust", check), {"resident": mate.pk})
    refused = desk.post(at("entrust", check), {"resident": neighbour.pk}, follow=True)

    assert "Please choose somebody of the team." in words(refused)
    assert (again(check).resident, again(check).asked_at) == (mate, None)
    done = found(check_in(-3))
    assert "done or called off meanwhile" in words(desk.post(at("entrust", done), {"resident": ""}, follow=True))


def test_a_check_is_called_off_once(desk: Client) -> None:
    check = check_in(3)

    first = desk.post(at("call_off", check), {"words": "Neige."}, follow=True)
    second = desk.post(at("call_off", check), {"words": "x"}, follow=True)

    assert "The check is called off." in words(first)
    assert "done or called off meanwhile" in words(second)
    assert "Neige." in words(second)


def test_a_trouble_is_put_right(desk: Client) -> None:
    check = found(check_in(-2), CheckState.NEEDS_WORK)

    desk.post(at("put_right", check), {"words": "Latte remplacée."})

    assert not StewardshipCheck.objects.troubles().exists()
    assert "put it right meanwhile" in words(desk.post(at("put_right", check), {"words": ""}, follow=True))


def test_a_review_is_concluded_and_the_next_one_opens(desk: Client) -> None:
    project = standing()
    signed(project, on=TODAY.replace(year=2025), months=96)
    review = check_in(0, project=project, kind=CheckKind.REVIEW)
    assert "Please choose a conclusion." in words(desk.post(at("conclude", review), {}, follow=True))

    answer = desk.post(at("conclude", review), {"conclusion": "renewed", "words": ""}, follow=True)

    assert again(review).conclusion == Conclusion.RENEWED
    assert "write the amendment" in words(answer)
    assert reverse("conventions_desk:inspect", args=[project.conventions.get().pk]) in words(answer)
    assert answer.context["check"] == project.checks.to_come().get()


def test_a_check_keeps_what_happened_to_it_and_who_did_it(desk: Client) -> None:
    check = check_in(3)
    desk.post(at("move", check), {"due_on": (TODAY + 9 * A_DAY).isoformat()})
    desk.post(at("type_in", check), {"state": "needs_work", "seen": ""})

    page = words(desk.get(at("inspect", check)))

    assert page.index("What was found is written down") < page.index("Check moved to another day")


@pytest.mark.parametrize("gesture", ["call_off", "put_right"])
def test_words_that_no_record_can_hold_change_nothing_and_are_said(desk: Client, gesture: str) -> None:
    check = check_in(3) if gesture == "call_off" else found(check_in(-2), CheckState.NEEDS_WORK)
    before = StewardshipCheck.objects.values().get()

    answer = desk.post(at(gesture, check), {"words": "Gel\x00."}, follow=True)

    assert "look at what was filled in" in words(answer)
    assert StewardshipCheck.objects.values().get() == before
