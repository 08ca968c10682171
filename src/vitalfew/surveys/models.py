from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.crypto import get_random_string

from vitalfew.accounts.models import Account
from vitalfew.complaints.models import Complaint
from vitalfew.contacts.models import Post
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.surveys.rights import SurveyRight
from vitalfew.surveys.standard import Question
from vitalfew.surveys.words import Reached, WaveState, Whom
from vitalfew.terms import Term


def choices(words: type[Term]) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


def nonce() -> str:
    return get_random_string(32)


class Reach(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "Reach":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "Reach":
        return self if user.is_active and user.may(SurveyRight.SEE) else self.none()


class Questionnaire(Record):
    """Questions that are being worked on; a survey fixes them as they are when it begins."""

    name = models.CharField(max_length=120)
    questions = models.JSONField(default=list, editable=False)

    objects = Reach.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("questionnaire", args=[self.pk])


class Unchangeable(RuntimeError):
    """What people have answered stays as they read it."""


class Wording(models.Model):
    """A questionnaire in the version that surveys began with."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    questions = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["questionnaire", "number"], name="wording_version")]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Unchangeable
        super().save(*args, **kwargs)


class Waves(Reach):
    def within_reach_of(self, user: User) -> "Waves":
        """Surveys of colleagues are seen by those alone who may run them."""
        seen: Waves = super().within_reach_of(user)  # type: ignore[assignment]  # of its own kind
        return seen if user.may(SurveyRight.PULSE) else seen.filter(whom=Whom.ACCOUNTS)


class Wave(Record):
    """A questionnaire sent round: to whom, from when until when, with which letter."""

    name = models.CharField(max_length=120)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="waves")
    wording = models.ForeignKey(Wording, null=True, editable=False, on_delete=models.PROTECT, related_name="waves")
    whom = models.CharField(max_length=10, choices=choices(Whom), default=Whom.ACCOUNTS)
    anonymous = models.BooleanField(default=False)
    opens = models.DateField()
    closes = models.DateField()
    keep_until = models.DateField()
    sender = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300)
    rivals = models.JSONField(default=list, blank=True)
    """Competitors that are asked about beside us."""
    period = models.CharField(max_length=7, blank=True)
    """Of which year or month the wallet is asked."""
    remind_after = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(1), MaxValueValidator(60)])
    remind_most = models.PositiveSmallIntegerField(default=2, validators=[MaxValueValidator(5)])
    low_below = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    """Somebody below is worth a word with his manager."""
    letters = models.JSONField(default=dict, editable=False)
    """Subject and text by language, where they are not the usual ones."""
    state = models.CharField(max_length=10, choices=choices(WaveState), default=WaveState.PLANNED, editable=False)
    accounts = models.ManyToManyField(Account, through="Sampled", related_name="survey_waves", editable=False)

    objects = Waves.as_manager()

    class Meta:
        ordering: ClassVar = ["-opens", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "closes"], name="wave_state")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("survey-wave", args=[self.pk])

    @property
    def asked(self) -> list[Question]:
        """The version it began with; before, the questions as they are now."""
        found: list[Question] = self.wording.questions if self.wording else self.questionnaire.questions
        return found

    @property
    def by_name(self) -> bool:
        return not self.anonymous


class Sampled(models.Model):
    """An account that a survey asks, whether or not anybody there can be reached."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="sampled")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sampled")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return str(self.account)


class Respondents(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "Respondents":
        return self.within_reach_of(user).filter(put_away_at=None, wave__put_away_at=None)

    def within_reach_of(self, user: User) -> "Respondents":
        """Of accounts that the user sees. Who of ours is asked stands in no list."""
        rows = self.filter(wave__whom=Whom.ACCOUNTS)
        if not user.is_active or not user.may(SurveyRight.SEE):
            return rows.none()
        if user.sees_all_accounts:
            return rows.filter(account__merged_into=None)
        return rows.filter(account__in=Account.objects.visible_to(user))

    def read_by(self, user: User) -> "Respondents":
        """Those whose answers the user reads: who answers is told that the people who look after the firm do."""
        return self.filter(account__in=Account.objects.looked_after_by(user))

    def telling(self, user: User) -> "Respondents":
        """Each with whether the user reads its answers."""
        near = Account.objects.looked_after_by(user).filter(pk=OuterRef("account"))
        found: Respondents = self.annotate(readable=Exists(near))
        return found


class Respondent(Record):
    """Somebody who is asked, and how far that is; in an anonymous survey nothing here says when."""

    OF_A_PERSON = True

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="respondents", editable=False)
    account = models.ForeignKey(
        Account, null=True, editable=False, on_delete=models.CASCADE, related_name="survey_respondents"
    )
    post = models.ForeignKey(
        Post, null=True, editable=False, on_delete=models.SET_NULL, related_name="survey_respondents"
    )
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.CASCADE, related_name="survey_respondents"
    )
    name = models.CharField(max_length=100)
    email = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    reached = models.CharField(max_length=10, choices=choices(Reached), default=Reached.UNSENT, editable=False)
    revoked = models.BooleanField(default=False, editable=False)
    sent_on = models.DateField(null=True, editable=False)
    reminded = models.PositiveSmallIntegerField(default=0, editable=False)
    reminded_on = models.DateField(null=True, editable=False)
    answered_on = models.DateField(null=True, editable=False)
    answers = models.JSONField(default=dict, editable=False)
    """By item, a competitor's after an @; never in an anonymous survey."""
    low = models.BooleanField(default=False, editable=False)
    seen_by = models.CharField(max_length=150, blank=True, editable=False)
    """Who of ours has seen to a low score."""
    seen_on = models.DateField(null=True, editable=False)
    complaint = models.ForeignKey(
        Complaint, null=True, editable=False, on_delete=models.SET_NULL, related_name="survey_respondents"
    )
    """What a low score became."""
    told = models.BooleanField(default=True, editable=False)
    """Whether the facts know the scores as they are here."""
    taken_back = models.JSONField(default=list, editable=False)
    """Number and question of what was scored once, and is not any more."""
    wallet_told = models.BooleanField(default=True, editable=False)
    wallet_given = models.BooleanField(default=False, editable=False)
    """Whether the facts have a wallet by what was said here."""
    nonce = models.CharField(max_length=32, default=nonce, editable=False)
    knocks = models.PositiveSmallIntegerField(default=0, editable=False)
    minute = models.PositiveIntegerField(default=0, editable=False)

    objects = Respondents.as_manager()

    class Meta:
        ordering: ClassVar = ["account__name", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wave", "post"], condition=Q(put_away_at=None, post__isnull=False), name="post_once_in_a_wave"
            ),
            models.UniqueConstraint(
                fields=["wave", "colleague"], condition=Q(put_away_at=None, colleague__isnull=False),
                name="colleague_once_in_a_wave",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["account", "reached"], name="respondent_account"),
            models.Index(fields=["colleague", "reached"], name="respondent_colleague"),
            models.Index(fields=["account"], condition=Q(low=True, seen_by=""), name="respondent_low"),
            models.Index(fields=["id"], condition=Q(told=False) | Q(wallet_told=False), name="respondent_untold"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("survey-respondent", args=[self.pk])

    @property
    def state(self) -> str:
        return Reached.REVOKED.value if self.revoked else self.reached


class Unnamed(models.Model):
    """What somebody said in an anonymous survey: no name, no account, no time, a number by chance."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="unnamed")
    group = models.CharField(max_length=20, blank=True)
    """A colleague's role; empty of people at accounts."""
    answers = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.wave)
