"""What when two people act on a convention at the same moment? One does first, and the other reads what happened."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from engagement.conventions import drafting, freezing, on_screen, reminding
from engagement.models import Convention, ConventionVersion, Project, Side, Signature, SignatureRequest, Stage
from engagement.refusals import Refusal
from tests.communities.factories import ResidentFactory
from tests.engagement.conventions.conventions import PROMISES, draft, officer, proposed, sign, supported, write
from tests.engagement.factories import ConventionTemplateFactory

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Everybody waits for everybody, then acts; what each got, or the sentence each read."""
    start, got = threading.Barrier(len(acts)), [None] * len(acts)

    def act(place: int) -> None:
        start.wait()
        try:
            got[place] = acts[place]()
        except Refusal as refusal:
            got[place] = refusal  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[place]) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return got


def done(got: list[Any]) -> int:
    return sum(not isinstance(each, Refusal) for each in got)


def requested(convention: Convention, side: Side, *, by: Any, now: dt.datetime) -> tuple[SignatureRequest, str]:
    asked = on_screen.ask(convention=convention, side=side, name="Ada", email=f"{side}@example.org", by=by, now=now)
    on_screen.send_code(request=asked, now=now)
    return asked, on_screen.code_of(asked, sent_at=now)


def hand(asked: SignatureRequest, code: str, now: dt.datetime) -> Callable[[], Signature]:
    found = SignatureRequest.objects.select_related("convention", "resident", "asked_by").get(pk=asked.pk)
    return lambda: on_screen.sign(request=found, code=code, name="Ada", quality="", address=None, now=now)


def test_both_sides_sign_at_the_same_moment_and_it_is_signed_once():
    now, by = timezone.now(), officer()
    convention = proposed(by=by, now=now, project=supported(holder=ResidentFactory()))
    hands = [hand(*requested(convention, side, by=by, now=now), now) for side in Side]

    got = together(*hands)

    assert done(got) == 2
    assert Convention.objects.get(pk=convention.pk).is_signed
    assert Project.objects.get(pk=convention.project_id).stage == Stage.SIGNED
    assert convention.project.passages.filter(to_stage=Stage.SIGNED).count() == 1


def test_a_double_click_signs_once():
    now, by = timezone.now(), officer()
    convention = proposed(by=by, now=now)
    asked, code = requested(convention, Side.RESIDENTS, by=by, now=now)

    got = together(*[hand(asked, code, now) for _press in range(3)])

    assert done(got) == 1
    assert Signature.objects.count() == 1


def test_a_hand_on_paper_and_one_on_screen_for_the_same_side_are_one():
    now, by = timezone.now(), officer()
    convention = proposed(by=by, now=now)
    asked, code = requested(convention, Side.RESIDENTS, by=by, now=now)

    got = together(
        hand(asked, code, now),
        lambda: sign(convention, Side.RESIDENTS, by=by, now=now, signed_on=timezone.localdate(now)),
    )

    assert done(got) == 1


def test_what_is_written_while_it_is_frozen_is_in_the_text_or_refused():
    now, by = timezone.now(), officer()
    convention = draft(by=by, now=now)
    more = [*PROMISES, drafting.promise(side="commune", kind="money", what="Une subvention", value="500")]

    got = together(
        lambda: freezing.propose(convention=Convention.objects.get(pk=convention.pk), by=by, now=now),
        lambda: write(Convention.objects.get(pk=convention.pk), by=by, now=now, commitments=more),
    )

    kept = Convention.objects.get(pk=convention.pk)
    assert kept.is_proposed
    assert ("Une subvention" in kept.text) is (done(got) == 2)
    assert kept.commitments.filter(what="Une subvention").exists() is (done(got) == 2)


def test_taking_back_and_signing_at_once_never_leave_a_hand_under_a_draft():
    now, by = timezone.now(), officer()
    convention = proposed(by=by, now=now)
    asked, code = requested(convention, Side.RESIDENTS, by=by, now=now)

    got = together(
        hand(asked, code, now),
        lambda: freezing.take_back(convention=Convention.objects.get(pk=convention.pk), by=by),
    )

    kept = Convention.objects.get(pk=convention.pk)
    assert done(got) == 1
    assert kept.is_draft is not kept.signatures.exists()


def test_two_who_begin_a_convention_of_one_project_begin_one():
    now, by = timezone.now(), officer()
    project, template = supported(), ConventionTemplateFactory()

    got = together(*[lambda: drafting.begin(project=project, template=template, by=by, now=now)] * 3)

    assert done(got) == 1
    assert Convention.objects.count() == 1


def test_two_conventions_begun_at_once_bear_two_numbers():
    now, by = timezone.now(), officer()
    template, projects = ConventionTemplateFactory(), [supported() for _each in range(3)]

    got = together(
        *[lambda p=project: drafting.begin(project=p, template=template, by=by, now=now) for project in projects]
    )

    assert len({convention.number for convention in got}) == 3


def test_the_same_change_saved_twice_is_one_version():
    now, by = timezone.now(), officer()
    convention = draft(by=by, now=now)
    before = ConventionVersion.objects.count()

    together(*[lambda: write(Convention.objects.get(pk=convention.pk), by=by, now=now, title="Les bancs")] * 3)

    assert ConventionVersion.objects.count() == before + 1


def test_two_ticks_at_once_tell_a_date_once():
    now, by = timezone.now(), officer()
    convention = proposed(by=by, now=now, project=supported(holder=ResidentFactory()), months=1, review_months=0)
    sign(convention, *Side, by=by, now=now, signed_on=timezone.localdate(now))

    together(*[lambda: reminding.remind(now=now)] * 2)

    assert convention.notices.count() == 1
