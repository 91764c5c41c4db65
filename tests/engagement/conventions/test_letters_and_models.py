"""Do the letters about conventions lead where they should, and are the models of a new town fit to be signed?"""

import datetime as dt

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from communities.models import Delivery, Mailing, Town
from communities.personal_data import held_on
from communities.post.kinds import letter_kinds
from engagement.conventions import (
    announcing,
    comparing,
    content,
    documents,
    drafting,
    freezing,
    holding,
    models_of_a_town,
    on_screen,
    placeholders,
    reminding,
)
from engagement.models import Convention, ConventionTemplate, Side, SignatureRequest
from pages import page_tree
from tests.communities.factories import ResidentFactory
from tests.engagement import printed
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

pytestmark = pytest.mark.django_db


def letter(mailing: Mailing):
    return letter_kinds[mailing.kind].compose(mailing=mailing, language="fr")


def not_true_any_more(mailing: Mailing, now: dt.datetime) -> bool:
    deliveries = list(Delivery.objects.filter(mailing=mailing))
    return len(letter_kinds[mailing.kind].still_true(mailing=mailing, deliveries=deliveries, now=now)) == len(
        deliveries
    )


def asked(convention: Convention, side: Side = Side.RESIDENTS, **who) -> SignatureRequest:
    who = {"name": "Ada Terril", "email": "ada@example.org"} | who
    return on_screen.ask(convention=convention, side=side, by=officer(), now=NOW, **who)


# --- Letters ----------------------------------------------------------------------------------------------------


def test_those_who_carry_it_find_the_private_text_in_the_letter_of_the_passage():
    holder = ResidentFactory()
    convention = signed(project=supported(holder=holder))

    passage = convention.project.passages.get(to_stage="signed")
    words = letter(Mailing.objects.get(kind="passage", key=passage.pk))

    assert announcing.read_url(convention) in words.text
    assert announcing.read_url(convention) in words.html


def test_a_letter_of_another_passage_carries_no_link_to_a_convention():
    convention = draft()

    passage = convention.project.passages.get(to_stage="drafting")

    assert "/conventions/lire/" not in letter(Mailing.objects.get(kind="passage", key=passage.pk)).text


def test_a_request_leads_to_the_page_on_which_one_signs():
    request = asked(proposed())

    words = letter(Mailing.objects.get(kind="signature-request"))

    assert settings.SITE_URL + reverse("engagement:sign_convention", args=[on_screen.token_of(request)]) in words.text


@pytest.mark.parametrize("meanwhile", ["taken back", "signed on paper", "asked anew"])
def test_a_request_does_not_leave_once_there_is_nothing_to_sign(meanwhile):
    by = officer()
    convention = proposed(by=by)
    asked(convention)
    mailing = Mailing.objects.get(kind="signature-request")
    assert not not_true_any_more(mailing, NOW)

    if meanwhile == "taken back":
        freezing.take_back(convention=convention, by=by, now=NOW)
    elif meanwhile == "signed on paper":
        sign(convention, Side.RESIDENTS, by=by)
    else:
        asked(convention)

    assert not_true_any_more(mailing, NOW)


def test_a_code_that_no_longer_works_does_not_leave():
    request = asked(proposed())
    on_screen.send_code(request=request, now=NOW)
    mailing = Mailing.objects.get(kind="signature-code")

    assert not not_true_any_more(mailing, NOW + dt.timedelta(minutes=9))
    assert not_true_any_more(mailing, NOW + on_screen.GOOD_FOR)
    on_screen.send_code(request=request, now=NOW + dt.timedelta(minutes=1))
    assert not_true_any_more(mailing, NOW + dt.timedelta(minutes=1))


def test_a_notice_says_the_day_and_what_to_do_and_is_silent_once_it_ended():
    town = Town.load()
    town.email = "mairie@example.org"
    town.save()
    by = officer()
    convention = signed(by=by, months=12, review_months=0)
    reminding.remind(now=dt.datetime.combine(convention.ends_on - dt.timedelta(days=20), dt.time(9), tzinfo=dt.UTC))
    mailing = Mailing.objects.filter(kind="convention-notice").first()

    words = letter(mailing).text

    assert "1er\u00a0mars 2027" in words
    assert "avenant" in words
    Convention.objects.filter(pk=convention.pk).update(
        state="ended", ended_on=NOW.date(), ended_at=NOW, end_reason="Repris."
    )
    assert not_true_any_more(mailing, NOW)


def test_a_resident_is_told_what_we_hold_and_what_was_only_asked_goes_with_them():
    holder = ResidentFactory(email="ada@example.org")
    convention = proposed(project=supported(holder=holder))
    request = asked(convention, resident=holder)
    on_screen.send_code(request=request, now=NOW)
    code = on_screen.code_of(request, sent_at=NOW)
    on_screen.sign(request=request, code=code, name="Ada", quality="", address="192.0.2.1", now=NOW)

    told = str(held_on(resident=holder))
    holding.erase(resident=holder, now=NOW)

    assert "192.0.2.1" in told
    assert not SignatureRequest.objects.exists()
    assert convention.signatures.exists()


# --- Models -----------------------------------------------------------------------------------------------------


def models() -> list[ConventionTemplate]:
    return models_of_a_town.plant(models=page_tree.words("modeles-de-conventions")["modele"])


def test_a_new_town_has_two_models_and_one_that_has_its_own_keeps_them():
    assert len(models()) == 2
    assert models() == []


@pytest.mark.parametrize("place", [0, 1])
def test_each_model_becomes_a_text_that_can_be_signed(place):
    by, template = officer(), models()[place]
    told = {"deliberation": "délibération du 26 mars", "site": "rue du Terril", "maintenance": "arroser le samedi"}
    convention = drafting.begin(project=supported(), template=template, by=by, now=NOW, **told)
    write(convention, by=by, commitments=PROMISES)

    freezing.propose(convention=convention, by=by, now=NOW)

    assert "{" not in convention.text
    for words in ("précaire et révocable", "gratuite", "1,40", "phytosanitaire", "Rien dans la présente convention"):
        assert words in convention.text


def test_no_model_makes_residents_answer_for_what_the_commune_answers_for():
    for template in models():
        clause = template.clauses.get(heading="Assurance et responsabilité").text
        assert "La commune répond des dommages" in clause
        assert "décharge" not in clause


def test_a_model_with_an_unknown_placeholder_is_refused():
    with pytest.raises(ValidationError, match="licorne"):
        models_of_a_town.plant(models=[{"name": "x", "clause": [{"heading": "Objet", "text": "{licorne}"}]}])


@pytest.mark.parametrize(
    ("typed", "filled"),
    [
        ("Pour {duration}.", "Pour 3 ans."),
        ("Pour {DURÉE}.", "Pour 3 ans."),
        ("Pour {duree} !", "Pour 3 ans !"),
        ("{inconnu} et { duration }", "{inconnu} et 3 ans"),
        ("{{duration}}", "{3 ans}"),
        ("a {x\ny} b", "a {x\ny} b"),
    ],
)
def test_a_placeholder_is_filled_however_it_is_typed(typed, filled):
    assert placeholders.fill(typed, {"duration": "3 ans"}) == filled


def test_what_fills_a_placeholder_is_never_filled_again():
    assert placeholders.fill("{purpose}", {"purpose": "{holder}", "holder": "Ada"}) == "{holder}"


def test_every_placeholder_has_its_name_in_french():
    names = [placeholders.written(key) for key in placeholders.PLACEHOLDERS]

    assert len(set(names)) == len(names)
    assert {"objet", "durée", "entretien"} <= set(names)


# --- Versions side by side --------------------------------------------------------------------------------------

FIELDS = content.fields_of(Convention(title="x", holder="x", commune="x", purpose="x", starts_on=dt.date(2026, 3, 1)))


def version(*articles: tuple[str, str], promises=(), **fields):
    made = [{"heading": heading, "text": text} for heading, text in articles]
    return content.of(fields=FIELDS | fields, articles=made, commitments=list(promises))


def changed(before, after) -> dict[str, tuple[str, str]]:
    """Each part that changed: the words that went, and those that came."""
    return {
        each.heading: tuple(
            "".join(piece.words for piece in side if piece.kind != "same") for side in (each.before, each.after)
        )
        for each in comparing.compare(before, after, language="fr")
        if each.has_changed
    }


def test_only_the_words_that_changed_are_marked():
    before, after = version(("Objet", "Six bancs de bois.")), version(("Objet", "Sept bancs de bois."))

    assert list(changed(before, after).values()) == [("Six", "Sept")]


def test_an_article_that_comes_or_goes_is_marked_whole():
    one, both = version(("Objet", "a")), version(("Objet", "a"), ("Durée", "Trois ans."))

    assert [came for _went, came in changed(one, both).values()] == ["Durée\nTrois ans."]
    assert [went for went, _came in changed(both, one).values()] == ["Durée\nTrois ans."]


def test_an_article_under_another_heading_is_the_same_article():
    text = "Les habitants entretiennent les bancs chaque automne."
    before, after = version(("Soin", text)), version(("Entretien", text))

    assert list(changed(before, after).values()) == [("Soin", "Entretien")]


def test_a_commitment_that_grows_shows_by_how_much():
    small, large = (
        drafting.promise(side="residents", kind="hands", what="Arroser", quantity=number, unit="h") for number in (4, 9)
    )

    found = changed(version(promises=[small]), version(promises=[large]))

    assert list(found.values()) == [("4", "9")]


def test_a_field_that_changed_is_named_as_the_form_names_it():
    assert changed(version(), version(months=12)) == {"Pour combien de mois": ("36", "12")}


def test_two_versions_of_the_same_words_have_not_changed():
    same = version(("Objet", "a"), promises=PROMISES)

    assert changed(same, version(("Objet", "a"), promises=list(reversed(PROMISES)))) == {}


# --- Paper ------------------------------------------------------------------------------------------------------


def test_a_draft_says_that_it_is_one_and_a_signed_text_who_signed_it():
    draft_of_it, done = documents.pdf(draft()), documents.pdf(Convention.objects.get(pk=signed().pk))

    assert "PROJET" in printed.text_of(draft_of_it)
    assert "Ada Terril" in printed.text_of(done)
