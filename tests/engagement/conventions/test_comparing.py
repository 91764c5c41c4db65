"""What changed between two versions: only that is marked, word by word."""

import datetime as dt

from engagement.conventions import (
    comparing,
    content,
    drafting,
)
from engagement.models import Convention
from tests.engagement.conventions.conventions import (
    PROMISES,
)

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


def test_two_articles_under_one_heading_are_two():
    before = version(("Divers", "Une haie."), ("Divers", "Un banc."))
    after = version(("Divers", "Deux haies."), ("Divers", "Un banc."))

    assert [each.has_changed for each in comparing.articles(before, after)] == [True, False]
    assert [each.has_changed for each in comparing.articles(before, version(("Divers", "Une haie.")))] == [False, True]


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
