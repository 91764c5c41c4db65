"""What is left of formatted text in a letter? What every mail program shows, as HTML and as plain text."""

import html
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from wagtail.rich_text import expand_db_html

from .writing import Words

WIDTH = 72
BLOCKS = {"p", "h2", "h3", "h4", "li"}
LISTS = {"ul", "ol"}
EMPHASES = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
SCHEMES = {"http", "https", "mailto", "tel"}
UNREAD = {"script", "style", "template"}


@dataclass
class Block:
    """A paragraph, a heading or one line of a list."""

    tag: str
    mark: str = ""
    html: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not "".join(self.text).strip()


class Reader(HTMLParser):
    """Keeps paragraphs, headings, lists, emphasis, breaks and links that lead somewhere; of all else, the words."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.lists: list[list[int | str]] = []
        self.links: list[str] = []
        self.unread = 0

    @property
    def block(self) -> Block:
        if not self.blocks:
            self.blocks.append(Block("p"))
        return self.blocks[-1]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self.unread += 1
        elif tag in LISTS:
            self.lists.append([tag, 0])
        elif tag in BLOCKS:
            self.blocks.append(Block(tag, mark=self.next_mark() if tag == "li" else ""))
        elif tag in EMPHASES:
            self.block.html.append(f"<{EMPHASES[tag]}>")
        elif tag == "br":
            self.put("<br>", "\n")
        elif tag == "a":
            self.open_link(dict(attributes).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD:
            self.unread = max(0, self.unread - 1)
        elif tag in LISTS and self.lists:
            self.lists.pop()
        elif tag in EMPHASES:
            self.block.html.append(f"</{EMPHASES[tag]}>")
        elif tag == "a" and self.links:
            self.close_link(self.links.pop())
        if tag in BLOCKS or (tag in LISTS and not self.lists):
            self.blocks.append(Block("p"))

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.put(html.escape(data), re.sub(r"\s+", " ", data))

    def put(self, as_html: str, as_text: str) -> None:
        self.block.html.append(as_html)
        self.block.text.append(as_text)

    def next_mark(self) -> str:
        """A dash, or the number of the line."""
        if not self.lists or self.lists[-1][0] == "ul":
            return "- "
        self.lists[-1][1] = int(self.lists[-1][1]) + 1
        return f"{self.lists[-1][1]}. "

    def open_link(self, to: str) -> None:
        address = whole_address(to)
        self.links.append(address)
        if address:
            self.block.html.append(f'<a class="letter__link" href="{html.escape(address)}">')

    def close_link(self, address: str) -> None:
        if address:
            self.block.html.append("</a>")
            said = "".join(self.block.text)
            self.block.text.append("" if said.endswith(address) else f" ({address.removeprefix('mailto:')})")


def whole_address(to: str) -> str:
    """Where a link leads, from anywhere; empty for one that leads nowhere a letter should."""
    try:
        address = urljoin(settings.SITE_URL + "/", to)
        return address if to and urlsplit(address).scheme in SCHEMES else ""
    except ValueError:  # http://[
        return ""


def write(source: str) -> Words:
    """Rich text as it is kept, for both halves of a letter; links to pages and documents become whole addresses."""
    reader = Reader()
    reader.feed(expand_db_html(source))
    reader.close()
    blocks = [block for block in reader.blocks if not block.is_empty]
    return Words(text=as_text(blocks), html=as_html(blocks))


def as_html(blocks: Iterable[Block]) -> str:
    """Lines of one list together; a heading is one below the letter's own."""
    written, open_list = [], ""
    for block in blocks:
        wanted = ("ol" if block.mark[0].isdigit() else "ul") if block.mark else ""
        if wanted != open_list:
            written += [f"</{open_list}>"] if open_list else []
            written += [f"<{wanted}>"] if wanted else []
            open_list = wanted
        tag = "h2" if block.tag.startswith("h") else block.tag
        written.append(f"<{tag}>{balanced(''.join(block.html).strip())}</{tag}>")
    return "\n".join([*written, f"</{open_list}>"] if open_list else written)


def balanced(piece: str) -> str:
    """Emphasis and links that a broken source left open, closed; closings that close nothing, gone."""
    opened: list[str] = []

    def keep(found: re.Match[str]) -> str:
        closing, tag = found[1], found[2]
        if not closing:
            opened.append(tag)
            return found[0]
        if opened and opened[-1] == tag:
            opened.pop()
            return found[0]
        return ""

    kept = re.sub(r"<(/?)(strong|em|a)\b[^>]*>", keep, piece)
    return kept + "".join(f"</{tag}>" for tag in reversed(opened))


def as_text(blocks: Iterable[Block]) -> str:
    """Paragraphs apart, lines of a list close together, folded at 72 characters, addresses never cut."""
    written = ""
    before = None
    for block in blocks:
        lines = [
            textwrap.fill(line.strip(), WIDTH, break_long_words=False, break_on_hyphens=False)
            for line in "".join(block.text).strip().split("\n")
        ]
        said = block.mark + "\n".join(lines).replace("\n", "\n" + " " * len(block.mark))
        close = before is not None and before.mark and block.mark
        written += ("\n" if close else "\n\n" if written else "") + said
        before = block
    return written


def paragraphs(text: str) -> list[str]:
    """Plain text as it was written here, one string for each paragraph and each line of a list, without its folds."""
    found = re.split(r"\n\s*\n|\n(?=- |\d+\. )", text)
    return [re.sub(r"[ \t\n]+", " ", each.strip()) for each in found if each.strip()]
