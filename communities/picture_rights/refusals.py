"""How does a rule about pictures say no? With a sentence for whoever asked, as in the other rooms."""

from django.utils.functional import Promise


class Refusal(Exception):
    """It cannot be done; `sentence` says why to a person: what it was raised with, else MESSAGE."""

    MESSAGE: str | Promise = ""

    @property
    def sentence(self) -> str:
        return str(self.args[0] if self.args else self.MESSAGE)
