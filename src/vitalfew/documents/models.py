from django.db import models

from vitalfew.accounts.models import AccountFile
from vitalfew.documents.words import Reading


class DocumentText(models.Model):
    """The words of a document, as far as they are searched."""

    file = models.OneToOneField(AccountFile, on_delete=models.CASCADE, primary_key=True, related_name="words")
    text = models.TextField(blank=True)
    reading = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Reading])
    names_erased = models.BooleanField(default=False)
    """Whether it names a person whose data were erased since: somebody has to decide what becomes of it."""

    def __str__(self) -> str:
        return self.file.name
