"""What the house learns of complaints: from what they came."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext

from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import UsualCause
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import label_of


class CauseQuerySet(models.QuerySet["Cause"]):
    def visible_to(self, user: User) -> "CauseQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "CauseQuerySet":
        """The tree is everybody's who sees complaints."""
        return self if user.is_active and user.may(ComplaintRight.SEE) else self.none()


class Cause(Record):
    """A branch of the tree of causes, or a cause on one: two levels, in the house's own words."""

    branch = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="causes")
    usual = models.CharField(max_length=30, blank=True, editable=False)
    """Which of the usual causes it began as: that is what it is called until somebody names it otherwise."""
    named = models.CharField(max_length=60, blank=True)

    objects = CauseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["branch_id", "pk"]

    def __str__(self) -> str:
        return self.word

    @property
    def word(self) -> str:
        if self.named:
            return self.named
        return gettext(label_of(UsualCause, self.usual)) if self.usual in {*UsualCause} else self.usual

    @property
    def path(self) -> str:
        return f"{self.branch.word} › {self.word}" if self.branch else self.word

    def get_absolute_url(self) -> str:
        return reverse("cause", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Called as it began, it goes on to be called so in every language."""
        if self.usual and self.named == gettext(label_of(UsualCause, self.usual)):
            self.named = ""
        super().save(*args, **kwargs)
