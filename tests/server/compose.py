"""What does docker-compose.yml run? Its commands and environments, read as Compose reads them."""

import re
from dataclasses import dataclass
from typing import Any

import yaml
from django.conf import settings

FILE = settings.REPOSITORY / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")
TOWN = ("web", "worker", "beat", "migrate")


class NotSet(Exception):
    """A variable that must be set is not."""


@dataclass(frozen=True)
class Service:
    """One service, with the variables of `.env` put in."""

    facts: dict[str, Any]
    told: dict[str, str]

    @property
    def command(self) -> list[str]:
        return [interpolated(word, self.told) for word in self.facts["command"]]

    @property
    def environment(self) -> dict[str, str]:
        """`.env` for those that read it, then what the file says."""
        from_file = self.told if "env_file" in self.facts else {}
        own = {name: interpolated(str(value), self.told) for name, value in self.facts.get("environment", {}).items()}
        return {**from_file, **own}

    @property
    def health_check(self) -> list[str]:
        kind, *words = self.facts["healthcheck"]["test"]
        assert kind == "CMD"
        return words

    def seconds(self, name: str) -> int:
        number, unit = re.fullmatch(r"(\d+)([sm])", self.facts[name]).groups()  # type: ignore[union-attr]
        return int(number) * (60 if unit == "m" else 1)


def services(**told: str) -> dict[str, Service]:
    return {name: Service(facts, told) for name, facts in yaml.safe_load(FILE.read_text())["services"].items()}


def interpolated(text: str, told: dict[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        known = told.get(found["name"], "")
        if not known and found["kind"] == "?":
            raise NotSet(found["name"])
        return known or (found["rest"] if found["kind"] == "-" else "")

    return VARIABLE.sub(value, text)
