"""How is a convention written, from its first draft to the text that both sides sign?"""

import datetime as dt

import pytest

from engagement.conventions import content, drafting, freezing, numbering, versions
from engagement.models import Convention, ConventionVersion, Project, Side, Stage
from engagement.refusals import MayNot
from tests.communities.factories import ResidentFactory
from tests.engagement.conventions.conventions import (
    NOW,
    PROMISES,
    draft,
    officer,
    proposed,
    sign,
    signed,
    supported,
    write,
)
from tests.engagement.factories import ConventionTemplateFactory, IdeaFactory, ProjectFactory
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def test_a_draft_begins_with_what_is_known_and_its_project_passes():
    idea = IdeaFactory(
        stage="supported", kind="association", organisation="Les Amis du coron", what="Six bancs le long du chemin."
    )
    project = supported(idea=idea, holder=ResidentFactory(name="Ada Terril"), title="Des bancs", place="Cité Bellevue")

    convention = drafting.begin(project=project, template=ConventionTemplateFactory(), by=officer(), now=NOW)

    assert (convention.number, convention.title, convention.site) == ("2026-01", "Des bancs", "Cité Bellevue")
    assert convention.holder == "Les Amis du coron, que représente Ada Terril"
    assert convention.purpose == "Six bancs le long du chemin."
    assert [article["heading"] for article in versions.latest(convention)["articles"]] == ["Objet", "Durée"]
    assert Project.objects.get(pk=project.pk).stage == Stage.DRAFTING


def test_an_association_that_nobody_speaks_for_yet_is_named_alone():
    idea = IdeaFactory(stage="supported", kind="association", organisation="Les Amis du coron")
    project = ProjectFactory(stage=Stage.SUPPORTED, is_from_before=False, idea=idea)

    convention = drafting.begin(project=project, template=ConventionTemplateFactory(), by=officer(), now=NOW)

    assert convention.holder == "Les Amis du coron"


def test_one_convention_of_a_project_is_written_at_a_time():
    project = supported()
    by = officer()
    draft(project=project, by=by)

    with pytest.raises(drafting.BeingWritten):
        drafting.begin(project=project, template=ConventionTemplateFactory(), by=by, now=NOW)


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.GIVEN_UP])
def test_nothing_is_promised_for_a_project_that_is_over(stage):
    with pytest.raises(drafting.IsOver):
        draft(project=ProjectFactory(stage=stage))


def test_a_project_from_before_gets_its_convention_where_it_stands():
    project = ProjectFactory(stage=Stage.STEWARDSHIP)

    convention = draft(project=project)

    assert convention.is_draft
    assert Project.objects.get(pk=project.pk).stage == Stage.STEWARDSHIP


def test_numbers_follow_each_other_within_their_year():
    by = officer()

    numbers = [draft(by=by).number for _each in range(3)]

    assert numbers == ["2026-01", "2026-02", "2026-03"]
    assert numbering.next_number(now=NOW.replace(year=2027)) == "2027-01"


def test_every_change_is_a_version_and_nothing_is_none():
    convention, by = draft(), officer()
    before = ConventionVersion.objects.filter(convention=convention).count()

    nothing = write(convention, by=by)
    renamed = write(convention, by=by, title="Les bancs")
    same_in_another_order = write(convention, by=by, commitments=list(reversed(PROMISES)))

    assert nothing is None
    assert same_in_another_order is None
    assert renamed.number == before + 1
    assert Convention.objects.get(pk=convention.pk).title == "Les bancs"


UNTIDY = {"title": "  Le cafe\u0301  ", "purpose": "Des bancs \r\n\r\nEt une table\u202e\n"}
TIDY = {"title": "Le café", "purpose": "Des bancs\n\nEt une table"}


def test_what_is_typed_is_kept_in_one_form_in_the_row_and_in_the_version():
    by = officer()
    begun = drafting.begin(project=supported(), template=ConventionTemplateFactory(), by=by, now=NOW, **UNTIDY)
    written = draft(by=by)
    write(written, by=by, starts_on=dt.date(2026, 5, 1), **UNTIDY)

    for convention in (begun, written):
        assert content.fields_of(convention) == content.fields_of(Convention.objects.get(pk=convention.pk))
        assert {name: getattr(convention, name) for name in TIDY} == TIDY
        assert TIDY.items() <= versions.latest(convention)["fields"].items()
    assert written.starts_on == dt.date(2026, 5, 1)


def test_what_each_side_commits_to_stands_in_rows_and_in_the_version():
    convention = draft()

    assert {(row.side, row.what) for row in convention.commitments.all()} == {
        ("commune", "Le bois"),
        ("residents", "Construire"),
    }
    assert content.commitments_of(convention) == versions.latest(convention)["commitments"]


def test_what_is_out_for_signature_is_no_longer_written():
    convention, by = proposed(), officer()

    with pytest.raises(freezing.NotADraft):
        write(convention, by=by, title="Autre chose")


def test_a_text_taken_back_is_a_draft_again_until_somebody_signed():
    by = officer()
    convention = proposed(by=by)

    freezing.take_back(convention=convention, by=by)

    assert (convention.is_draft, convention.text, convention.code) == (True, "", None)
    freezing.propose(convention=convention, by=by, now=NOW)
    sign(convention, "residents", by=by)
    with pytest.raises(freezing.AlreadySigned):
        freezing.take_back(convention=convention, by=by)


def test_a_text_taken_back_and_saved_as_it_was_is_no_new_version():
    convention, by = proposed(), officer()
    freezing.take_back(convention=convention, by=by)

    assert write(convention, by=by) is None


def test_a_draft_that_is_dropped_leaves_its_project_where_it_was():
    by = officer()
    convention = draft(by=by)

    freezing.drop(convention=convention, by=by, now=NOW)

    assert Convention.objects.get(pk=convention.pk).state == "dropped"
    assert Project.objects.get(pk=convention.project_id).stage == Stage.SUPPORTED
    with pytest.raises(freezing.NotADraft):
        freezing.drop(convention=convention, by=by, now=NOW)


def test_when_the_other_side_will_not_sign_it_is_dropped_with_the_hand_under_it_and_another_can_be_written():
    by = officer()
    convention = proposed(by=by)
    sign(convention, Side.RESIDENTS, by=by)
    frozen = Convention.objects.get(pk=convention.pk).text

    freezing.drop(convention=convention, by=by, now=NOW)

    kept = Convention.objects.get(pk=convention.pk)
    assert (kept.state, kept.text, kept.signatures.count()) == ("dropped", frozen, 1)
    assert draft(project=Project.objects.get(pk=convention.project_id), by=by).is_draft


def test_what_is_signed_is_neither_taken_back_nor_dropped():
    by = officer()
    convention = signed(by=by)

    with pytest.raises(freezing.NotProposed):
        freezing.take_back(convention=convention, by=by)
    with pytest.raises(freezing.NotADraft):
        freezing.drop(convention=convention, by=by, now=NOW)


def test_a_text_says_what_is_missing_before_it_is_signed():
    convention, by = draft(), officer()
    write(convention, by=by, holder="", articles=[{"heading": "Entretien", "text": "Faire ceci : {maintenance}."}])

    with pytest.raises(freezing.Incomplete, match=r"residents.*maintenance|habitants.*entretien"):
        freezing.propose(convention=convention, by=by, now=NOW)


def test_a_convention_of_one_side_only_is_none():
    convention, by = draft(), officer()
    write(convention, by=by, commitments=PROMISES[:1])

    with pytest.raises(freezing.OneSided):
        freezing.propose(convention=convention, by=by, now=NOW)


@pytest.mark.parametrize("who", ["communication", "nobody"])
def test_whoever_may_not_write_conventions_is_refused_by_every_rule(who):
    by, stranger = officer(), StaffFactory(**({who: True} if who != "nobody" else {}))
    convention = draft(by=by)

    with pytest.raises(MayNot):
        drafting.begin(project=supported(), template=ConventionTemplateFactory(), by=stranger, now=NOW)
    with pytest.raises(MayNot):
        write(convention, by=stranger, title="x")
    with pytest.raises(MayNot):
        freezing.propose(convention=convention, by=stranger, now=NOW)
    with pytest.raises(MayNot):
        freezing.drop(convention=convention, by=stranger, now=NOW)
    freezing.propose(convention=convention, by=by, now=NOW)
    with pytest.raises(MayNot):
        freezing.take_back(convention=convention, by=stranger)
    with pytest.raises(MayNot):
        sign(convention, "commune", by=stranger)


def test_the_last_version_of_a_frozen_text_says_what_was_frozen():
    convention = signed()

    assert versions.latest(convention)["fields"]["title"] == convention.title


def test_a_placeholder_alone_on_its_line_may_stay_empty():
    convention, by = draft(), officer()
    write(convention, by=by, articles=[{"heading": "Assurance", "text": "La commune répond.\n{assurance}\nEt après."}])

    freezing.propose(convention=convention, by=by, now=NOW)

    assert "La commune répond.\nEt après." in convention.text


def test_who_changes_a_draft_from_an_older_version_changes_nothing():
    convention, by = draft(), officer()
    seen = versions.number_of(convention)
    write(convention, by=by, title="Les bancs")

    with pytest.raises(drafting.ChangedMeanwhile):
        write(convention, by=by, title="Autre chose", after=seen)
    assert Convention.objects.get(pk=convention.pk).title == "Les bancs"
