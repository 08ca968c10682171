from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.language import LANGUAGES
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.reports.kinds import kinds, open_to
from vitalfew.reports.rights import ReportRight
from vitalfew.reports.words import Form, Made, Mailed, Rhythm, Weekday


def said(words: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class OwnQuerySet(models.QuerySet[Any]):
    """Records that only their own user sees: a report shows what he may see, and nobody else."""

    OWNER: ClassVar = "reader"

    def visible_to(self, user: User) -> Any:
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> Any:
        """What was put away, too; nothing of accounts and figures that he may see no more."""
        if not user.is_active or not user.may(ReportRight.SEE):
            return self.none()
        mine = Q(account=None) | Q(account__in=Account.objects.visible_to(user))
        return self.filter(mine, kind__in=open_to(user), **{self.OWNER: user})


class ScheduleQuerySet(OwnQuerySet):
    OWNER = "owner"


class Asked(Record):
    """What is handed out, about whom, as what, in which language."""

    kind = models.CharField(max_length=24)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=4, choices=said(Form), default=Form.PDF)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """How its kind is called: a marked text."""
        return kinds()[self.kind].label if self.kind in kinds() else self.kind

    def __str__(self) -> str:
        return f"{self.kind} {self.account or ''}".strip()


class Schedule(Asked):
    """A report that is made regularly, for each of its readers with what he may see."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False)
    rhythm = models.CharField(max_length=8, choices=said(Rhythm), default=Rhythm.WEEKLY)
    weekday = models.CharField(max_length=1, choices=said(Weekday), default=Weekday.MONDAY, blank=True)
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    mailed = models.BooleanField(default=True)
    """Whether it is mailed too, with the file."""

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["kind", "pk"]

    def get_absolute_url(self) -> str:
        return reverse("report-schedule", args=[self.pk])


class Report(Asked):
    """A report as it was made for one reader."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False)
    language = models.CharField(max_length=10, choices=list(LANGUAGES.items()))
    day = models.DateField(editable=False)
    """As of which day it was asked for."""
    schedule = models.ForeignKey(Schedule, null=True, editable=False, on_delete=models.SET_NULL, related_name="made")
    state = models.CharField(max_length=8, choices=said(Made), default=Made.WAITING, editable=False)
    trouble = models.CharField(max_length=300, blank=True, editable=False)
    """Why it was not made: a marked text."""
    place = models.CharField(max_length=32, blank=True, editable=False)
    """The file's name in the home; none where it was taken out again."""
    size = models.PositiveIntegerField(default=0, editable=False)
    mail = models.CharField(max_length=8, choices=said(Mailed), default=Mailed.NOT, blank=True, editable=False)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["schedule", "reader", "day"], name="report_of_schedule_once")
        ]
        indexes: ClassVar = [models.Index(fields=["reader", "-made_at"], name="report_of_reader")]

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.pk])

    @property
    def file_name(self) -> str:
        """As it is saved: plain letters in every system."""
        return f"{self.kind}-{self.account.code + '-' if self.account else ''}{self.day.isoformat()}.{self.form}"

    @property
    def is_waiting(self) -> bool:
        return self.state == Made.WAITING

    @property
    def there(self) -> bool:
        return bool(self.place)
