"""A visitor behind the town's proxy: what Caddy would say of them, and their cookies."""

import re
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Page:
    status: int
    headers: HTTPMessage
    text: str

    @property
    def leads_to(self) -> str:
        """Where a redirect goes, without the site's own address."""
        place = urlsplit(self.headers["Location"] or "")
        return f"{place.path}?{place.query}" if place.query else place.path


@dataclass
class Visitor:
    """Speaks plain HTTP to the web process, as the proxy does, for someone who came by HTTPS."""

    port: int
    site: str
    proto: str = "https"
    address: str = "203.0.113.9"
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def get(self, path: str) -> Page:
        return self.ask("GET", path)

    def post(self, path: str, **fields: str) -> Page:
        """Open the page, then send its form."""
        return self.send(self.get(path), path, **fields)

    def send(self, page: Page, path: str, **fields: str) -> Page:
        """Send the form of a page that is open."""
        assert 'method="post"' in page.text, f"no form at {path}"
        tokens = [("csrfmiddlewaretoken", token) for token in FORM_TOKEN.findall(page.text)[:1]]
        return self.ask("POST", path, urlencode([*tokens, *fields.items()]))

    def ask(self, method: str, path: str, body: str | None = None) -> Page:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body, self.says(is_form=body is not None))
            answer = connection.getresponse()
            page = Page(answer.status, answer.headers, answer.read().decode(errors="replace"))
        for line in page.headers.get_all("Set-Cookie", []):
            self.cookies.load(line)
        return page

    def says(self, *, is_form: bool) -> dict[str, str]:
        said = {
            "Host": urlsplit(self.site).netloc,
            "X-Forwarded-Proto": self.proto,
            "X-Forwarded-For": self.address,
            "Accept-Language": "fr",
            "Cookie": "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items()),
        }
        return said | ({"Origin": self.site, "Content-Type": "application/x-www-form-urlencoded"} if is_form else {})
