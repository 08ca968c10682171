from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account, AccountFile
from vitalfew.contacts.models import Person, Post
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.portal.rights import PortalRight
from vitalfew.portal.words import Standing


def nothing() -> list[str]:
    return []


class AccessQuerySet(models.QuerySet["Access"]):
    def visible_to(self, user: User) -> "AccessQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "AccessQuerySet":
        if not user.is_active or not user.may(PortalRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))

    def told(self) -> "AccessQuerySet":
        """With what is needed to say how each stands."""
        return self.select_related("account", "person", "user").annotate(posted=Exists(_held()), came=_came())

    def standing(self, word: str, day: date) -> "AccessQuerySet":
        """Those that stand so on a day; where several words fit, the first of them."""
        conditions = {
            Standing.ENDED: ~Q(ended_on=None), Standing.MERGED: ~Q(account__code=models.F("code")),
            Standing.LEFT: ~Exists(_held()), Standing.RUN_OUT: Q(until__lt=day), Standing.SUSPENDED: Q(suspended=True),
            Standing.INVITED: ~_came(), Standing.OPEN: Q(_came()),
        }  # fmt: skip
        found = self
        for each, condition in conditions.items():
            if each == word:
                return found.filter(condition)
            found = found.exclude(condition)
        return self.none()

    def opening(self, day: date) -> "AccessQuerySet":
        """Those that open the portal on a day."""
        lasts = Q(until=None) | Q(until__gte=day)
        kept = self.filter(lasts, ended_on=None, suspended=False, put_away_at=None, account__code=models.F("code"))
        return kept.filter(Exists(_held()), account__merged_into=None)


def _held() -> models.QuerySet[Post]:
    """The post on which an access rests, as long as it is held."""
    return Post.objects.held().filter(person=OuterRef("person"), account=OuterRef("account"))


def _came() -> Exists:
    """Whether its visitor has chosen a password, or came by single sign-on."""
    return Exists(
        User.objects.filter(Q(invitations__used_at__isnull=False) | Q(last_login__isnull=False), pk=OuterRef("user"))
    )


class Access(Record):
    """That somebody of a customer's may visit the portal, for which account and what of it, until when."""

    OF_A_PERSON = True

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="accesses"
    )
    person = models.ForeignKey(Person, editable=False, on_delete=models.CASCADE, related_name="accesses")
    account = models.ForeignKey(Account, editable=False, on_delete=models.CASCADE, related_name="accesses")
    code = models.CharField(max_length=100, editable=False)
    """The account's code as access was given: merged into another, that one is not opened by it."""
    subsidiaries = models.BooleanField(default=False)
    parts = models.JSONField(default=nothing)
    """What of the portal is shown, by the names of its parts."""
    until = models.DateField(null=True, blank=True)
    suspended = models.BooleanField(default=False, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)

    objects = AccessQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["account", "ended_on"], name="access_account")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "account"], condition=Q(ended_on=None, put_away_at=None), name="one_access_a_post"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.account}"

    def get_absolute_url(self) -> str:
        return reverse("portal-access-one", args=[self.pk])

    @property
    def standing(self) -> Standing:
        """As :meth:`AccessQuerySet.told` read it."""
        if self.ended_on:
            return Standing.ENDED
        if self.account.code != self.code:
            return Standing.MERGED
        if not self.posted:  # type: ignore[attr-defined]  # read along
            return Standing.LEFT
        if self.until and self.until < timezone.localdate():
            return Standing.RUN_OUT
        if self.suspended:
            return Standing.SUSPENDED
        return Standing.OPEN if self.came else Standing.INVITED  # type: ignore[attr-defined]  # read along


class Invitation(models.Model):
    """A link by which a visitor chooses a password, once, until a moment; see ``invitations``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    nonce = models.CharField(max_length=40)
    until = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    minute = models.BigIntegerField(default=0)
    knocks = models.PositiveIntegerField(default=0)
    """So many forms were sent by it within that minute."""

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_valid(self) -> bool:
        return self.used_at is None and self.revoked_at is None and self.until > timezone.now()


class SharedFile(models.Model):
    """That a file of an account is shown to its people in the portal."""

    file = models.OneToOneField(AccountFile, on_delete=models.CASCADE, related_name="shared")
    shared_by = models.CharField(max_length=150)
    shared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-shared_at", "-pk"]

    def __str__(self) -> str:
        return str(self.file)
