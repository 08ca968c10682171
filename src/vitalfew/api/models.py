from typing import ClassVar

from django.conf import settings
from django.db import models


class KeptAnswer(models.Model):
    """What was answered to a request with an Idempotency-Key; without a status it is still worked on."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_a_key")]
        indexes: ClassVar = [models.Index(fields=["begun_at"], name="answer_begun_at")]

    def __str__(self) -> str:
        return self.key
