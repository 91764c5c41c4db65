"""How a room is asked something by a room to its right: by a name, registered once at start."""

from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class AlreadyRegistered(Exception):
    """Two rooms gave the same name: the application must not start."""


class Registry(Generic[Thing]):
    """Names and what stands behind them; filled in `AppConfig.ready`, read ever after."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._things: dict[str, Thing] = {}

    def register(self, name: str, thing: Thing) -> None:
        """Keep `thing` under `name`; raise AlreadyRegistered if the name is taken."""
        if name in self._things:
            raise AlreadyRegistered(f"{self.what}: {name!r} is registered twice")
        self._things[name] = thing

    def __getitem__(self, name: str) -> Thing:
        return self._things[name]

    def __contains__(self, name: str) -> bool:
        return name in self._things

    def items(self) -> list[tuple[str, Thing]]:
        return sorted(self._things.items(), key=lambda pair: pair[0])
