"""How does a rule of this room say no? With a sentence for whoever asked."""

from django.utils.functional import Promise


class Refusal(Exception):
    """What was asked for cannot be done; `sentence` says why to a person: what it was raised with, else MESSAGE."""

    MESSAGE: str | Promise = ""

    @property
    def sentence(self) -> str:
        return str(self.args[0] if self.args else self.MESSAGE)
