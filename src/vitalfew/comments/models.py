from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.people.records import Record


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User) -> "CommentQuerySet":
        kept = self.filter(put_away_at=None)
        if user.sees_all_accounts:
            return kept if user.is_active else kept.none()
        return kept.filter(account__in=Account.objects.visible_to(user))


class Comment(Record):
    """What somebody of ours says about a record of an account: its kind and its number name the spot."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="comments", editable=False)
    kind = models.CharField(max_length=20, editable=False)
    number = models.BigIntegerField(editable=False)
    text = models.TextField(max_length=4000)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="comments"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["account", "kind", "number"], name="comment_spot"),
            models.Index(fields=["made_at", "id"], name="comment_made"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.who or '–'}"

    def get_absolute_url(self) -> str:
        return reverse("comment", args=[self.pk])


class Mention(models.Model):
    """Somebody of ours is named in a comment; ``seen_at`` is when the spot was opened."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "user"], name="mentioned_once")]
        indexes: ClassVar = [models.Index(fields=["user"], condition=models.Q(seen_at=None), name="mention_unseen")]

    def __str__(self) -> str:
        return f"@{self.user}"
