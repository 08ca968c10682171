"""Every file that came in: who sent it when, what of it was taken, what was refused and why, and the file itself."""

import zlib
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from vitalfew.accounts.models import Account
from vitalfew.exchange.models.agreed import AtAccounts, said
from vitalfew.exchange.reasons import REASONS
from vitalfew.exchange.words import Format, Taking, Way
from vitalfew.warehouse.readers import Refused


class DataFile(models.Model):
    """A file of an account's data; it is never changed."""

    version: ClassVar = 1
    """It is never edited."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="data_files")
    name = models.CharField(max_length=200)
    way = models.CharField(max_length=10, choices=said(Way))
    format = models.CharField(max_length=10, choices=said(Format))
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    who = models.CharField(max_length=150)
    by_them = models.BooleanField(default=False)
    """Whether somebody of the account's sent it himself."""
    at = models.DateTimeField(auto_now_add=True)
    taking = models.CharField(max_length=10, choices=said(Taking))
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    """The first and the last day that it tells of."""
    rows_read = models.PositiveIntegerField(default=0)
    rows_taken = models.PositiveIntegerField(default=0)
    """Rows that told something new, those that corrected something among them."""
    rows_corrected = models.PositiveIntegerField(default=0)
    rows_unchanged = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    refused = models.JSONField(null=True)
    """Why nothing of it could be taken."""

    objects = AtAccounts.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["account", "-id"], name="data_file_account"),
            models.Index(fields=["account", "sha256"], name="data_file_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("exchange-file", args=[self.pk])

    @cached_property
    def refusal(self) -> Refused | None:
        return Refused.restored(self.refused) if self.refused else None


class DataContent(models.Model):
    """The file itself, as it came."""

    file = models.OneToOneField(DataFile, on_delete=models.CASCADE, primary_key=True, related_name="content")
    packed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.file_id)

    @classmethod
    def keep(cls, file: DataFile, data: bytes) -> None:
        cls.objects.create(file=file, packed=zlib.compress(data))

    @property
    def data(self) -> bytes:
        return zlib.decompress(self.packed)


class DataRefusal(models.Model):
    """A row that was not taken: the first thing wrong with it, and the row as it was written."""

    file = models.ForeignKey(DataFile, on_delete=models.CASCADE, related_name="refusals")
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=30, blank=True)
    value = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=30)
    written = models.JSONField(default=dict)
    again = models.BooleanField(default=False)
    """Whether it was taken again since, or is told anew by a later file."""

    class Meta:
        ordering: ClassVar = ["line", "pk"]
        indexes: ClassVar = [models.Index(fields=["file"], condition=Q(again=False), name="refusal_not_again")]

    def __str__(self) -> str:
        return f"{self.line} {self.reason}"

    @property
    def said(self) -> str:
        """A marked sentence."""
        return REASONS.get(self.reason, self.reason)
