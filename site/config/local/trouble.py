"""What do we say to a person when this machine cannot run the town?"""


class TroubleError(Exception):
    """La ville ne peut pas démarrer."""

    def __init__(self, **facts: object) -> None:
        super().__init__((type(self).__doc__ or "").format(**facts))
