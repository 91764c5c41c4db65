"""The pieces a story is made of; kept out of migrations by `StoryField`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock


class QuoteBlock(StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """Someone's words, and who said them."""

    text = CharBlock(label=_("words"))
    author = CharBlock(label=_("who said them"), required=False)

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "components/quote.html"


class TownHallBlock(ChoiceBlock):  # type: ignore[misc]
    """What the town hall's settings say on one matter, always as they stand now."""

    choices = [
        ("contact", _("how to reach the town hall")),
        ("legal_notice", _("who publishes the site")),
        ("privacy", _("whom to ask about personal data")),
        ("accessibility", _("whom to tell that a page cannot be read")),
    ]

    class Meta:
        icon = "home"
        label = _("the town hall")
        template = "components/town_hall.html"


STORY_BLOCKS = [
    (
        "text",
        RichTextBlock(
            label=_("text"),
            features=[
                "h2",
                "h3",
                "bold",
                "italic",
                "ol",
                "ul",
                "link",
                "document-link",
            ],
        ),
    ),
    ("picture", ImageBlock(label=_("picture"), template="components/picture.html")),
    ("quote", QuoteBlock()),
    ("town_hall", TownHallBlock(required=True)),
]


class StoryField(StreamField):  # type: ignore[misc]
    """A stream of text, pictures and quotations, whose pieces stay out of migrations."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("block_types", None)
        super().__init__(STORY_BLOCKS, *args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
