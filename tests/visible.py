"""What does someone see of a page, or hear of it: its text, and the words kept in its attributes?"""

from html.parser import HTMLParser

SPOKEN = {"alt", "aria-description", "aria-label", "data-w-progress-active-value", "placeholder", "title"}
BUTTONS = {"button", "reset", "submit"}
SILENT = {"code", "script", "style", "template"}
WITHOUT_END = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Reader(HTMLParser):
    """Keeps what is read, in order, and where the links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.links: list[str] = []
        self.unread: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        if self.unread or tag in SILENT or "hidden" in said:
            self.unread += [] if tag in WITHOUT_END else [tag]
            return
        self.keep(*(value for name, value in attributes if name in SPOKEN))
        self.keep(said.get("value") if tag == "input" and said.get("type") in BUTTONS else None)
        self.keep(said.get("content") if tag == "meta" and said.get("name") == "description" else None)
        self.links += [said["href"] or ""] if tag == "a" and "href" in said else []

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unread:
            while self.unread.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.keep(data)

    def keep(self, *texts: str | None) -> None:
        self.read += [" ".join(text.split()) for text in texts if text and text.strip()]


def of(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader
