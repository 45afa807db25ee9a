"""What is kept of the calls of the machine that passes text messages on: enough to refuse one that comes twice."""

from django.db import models

from omsorg.kernel.fields import nothing_personal
from omsorg.kernel.wall import protected


class RelayedCall(models.Model):
    """A call that was taken, by a digest of its signature. Forgotten the day after, when it would be too old anyway."""

    mark = models.CharField(max_length=64, primary_key=True)
    on = models.DateField()

    wall = protected("written, read and forgotten by the house alone")
    personal_data = nothing_personal("a digest of a signature: neither words nor a number follow from it")

    def __str__(self) -> str:
        return f"a call of {self.on}"
