"""Which paper do the guardians of a minor sign for a picture? One page, to be filled in by hand."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from communities.models import Medium, PictureRights, Town
from communities.post import press, sheets

from . import small


@dataclass(frozen=True)
class FormFacts:
    """`picture`: its small version (JPEG); None for what cannot be printed."""

    language: str
    town: press.Letterhead
    title: str
    number: int
    picture: bytes | None = None


def facts_of(*, rights: PictureRights, language: str) -> FormFacts:
    image = rights.image
    return FormFacts(
        language=language,
        town=sheets.letterhead(Town.load()),
        title=image.title,
        number=image.pk,
        picture=small.jpeg(image),
    )


def pdf(*, rights: PictureRights, language: str) -> bytes:
    return printed(facts_of(rights=rights, language=language))


def printed(facts: FormFacts) -> bytes:
    """A PDF/UA-1 of one page."""
    with translation.override(facts.language):
        return press.printed(
            "picture_authorisation",
            title=_("Authorisation for a picture"),
            language=facts.language,
            town=asdict(facts.town) | {"logo": list(facts.town.logo) if facts.town.logo else None},
            picture=list(facts.picture) if facts.picture else None,
            media=[str(medium.label) for medium in Medium],
            words=words(facts),
        )


def words(facts: FormFacts) -> dict[str, Any]:
    named = {"title": facts.title, "number": facts.number}
    town = {"town": facts.town.name}
    return {
        "picture": _("Picture: “%(title)s” (number %(number)s)") % named,
        "alt": _("The picture that is asked about"),
        "minor": _("The minor (first name and initial of the surname):"),
        "we": _("We, who hold parental authority, allow this picture to be shown by: %(town)s. We tick what we allow:")
        % town,
        "until": _("Until (a year after the end of this school year, unless another day is written):"),
        "free": _("This is free of charge. The picture is used for nothing else, and never beside words that harm."),
        "withdraw": _(
            "You may change your mind at any time, without saying why: a word to the town hall is enough, and the"
            " picture is shown nowhere any more. It cannot be taken back from papers that were already handed out."
        ),
        "kept": _("The town hall keeps this paper as long as it shows the picture, and tells nobody your names."),
        "first": _("First guardian"),
        "second": _("Second guardian"),
        "name": _("Name:"),
        "signed": _("Date and signature:"),
        "alone": _("If one of you signs alone, say why:"),
        "child": _("From 15, the young person signs too:"),
        "phone": _("Town hall: %(phone)s") % {"phone": facts.town.phone} if facts.town.phone else "",
    }
