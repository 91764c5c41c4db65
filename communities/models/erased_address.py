"""Which addresses had their person erased?"""

from django.db import models


class ErasedAddress(models.Model):
    """A keyed mark of an e-mail address whose person was erased; the address cannot be read from it.

    Kept without an end: it is what keeps a list from bringing them back.
    """

    mark = models.CharField(max_length=64, unique=True)
    erased_on = models.DateField()

    def __str__(self) -> str:
        return self.mark
