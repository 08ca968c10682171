from typing import ClassVar

from django.db import models

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class ImportState(Term):
    """How far an import has come."""

    WAITING = "waiting", _("Waiting")
    READING = "reading", _("Reading")
    CHECKED = "checked", _("Checked, not stored")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")
    UNDONE = "undone", _("Taken back")


class Import(models.Model):
    """One file (or query) that was brought in, and what became of it."""

    kind = models.CharField(max_length=30)
    file = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        max_length=20, choices=[(s.value, s.label) for s in ImportState], default=ImportState.WAITING
    )
    who = models.CharField(max_length=150)
    options = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    rows_read = models.BigIntegerField(default=0)
    open_rejects = models.BigIntegerField(default=0)
    """Rejected rows that nobody has mended or left out yet."""
    size = models.BigIntegerField(default=0)
    bytes_read = models.BigIntegerField(default=0)
    process = models.CharField(max_length=100, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["-id"], condition=models.Q(open_rejects__gt=0), name="import_open")]

    def __str__(self) -> str:
        return f"{self.pk} {self.file}"

    @property
    def progress(self) -> float | None:
        """The share that is read, or None where the size isn't known."""
        return min(self.bytes_read / self.size, 1.0) if self.size else None


class Mapping(models.Model):
    """Which heading of a source is which field, kept under a name for the next file of that source."""

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=30)
    fields = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
