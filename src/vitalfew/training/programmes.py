from typing import Any, ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import Term
from vitalfew.training.rights import TrainingRight

AMOUNT: Final[dict[str, Any]] = {"max_digits": 14, "decimal_places": 2, "validators": [MinValueValidator(0)]}


def said(words: type[Term]) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class Visible(models.QuerySet[Any]):
    """What stands at no account is seen by all who see training."""

    def visible_to(self, user: User) -> "Visible":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "Visible":
        return self if user.is_active and user.may(TrainingRight.SEE) else self.none()


class Programme(Record):
    """What is taught, to whom, and how long its certificate is good for."""

    title = models.CharField(max_length=120)
    aim = models.TextField(max_length=2000, blank=True)
    levels = models.JSONField(default=list, blank=True)
    """Levels of the people it is for; with parts, who is one of either."""
    parts = models.JSONField(default=list, blank=True)
    """Parts in buying of the people it is for."""
    categories = models.JSONField(default=list, blank=True)
    """Of the product list."""
    hours = models.DecimalField(
        max_digits=4, decimal_places=1, default=2, validators=[MinValueValidator(0), MaxValueValidator(200)]
    )
    valid_months = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    """None: its certificate does not expire."""
    effect = models.JSONField(null=True, editable=False)
    """What was worked out last of what it changed."""
    effect_asked_at = models.DateTimeField(null=True, editable=False)
    """While it is being worked out."""

    objects = Visible.as_manager()

    class Meta:
        ordering: ClassVar = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme", args=[self.pk])

    @property
    def test(self) -> "Test | None":
        """The one that is asked now."""
        latest = self.tests.first()
        return latest if latest and latest.questions else None


class Unchangeable(RuntimeError):
    """What people have answered stays as they read it."""


class Test(models.Model):
    """A programme's questions in one version; a correction is a version of its own."""

    __test__ = False  # or pytest would collect it

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="tests")
    number = models.PositiveSmallIntegerField()
    questions = models.JSONField()
    pass_mark = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(100)])
    """In per cent of the questions."""
    tries = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(20)])
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "number"], name="test_version")]

    def __str__(self) -> str:
        return f"{self.programme} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Unchangeable
        super().save(*args, **kwargs)
