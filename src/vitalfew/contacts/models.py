from collections.abc import Iterable
from typing import ClassVar, Final

from django.db import models
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.contacts.words import LEVELS, Attitude, Basis, Channel, Influence, Part, PhoneKind, part_of
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import Term

LANGUAGES: Final = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]


def choices(words: Iterable[Term]) -> list[tuple[str, str]]:
    return [(word.value, word.label) for word in words]


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> "PersonQuerySet":
        """Those with a post at an account that the user may see."""
        mine = Post.objects.visible_to(user).filter(person=models.OuterRef("pk"))
        return self.filter(models.Exists(mine))


class Person(Record):
    """Somebody at a customer. The name is kept whole: family names come first in Chinese."""

    OF_A_PERSON = True

    name = models.CharField(max_length=100)
    called = models.CharField(max_length=50, blank=True)
    """How one addresses the person: 王总, 李工."""
    email = models.CharField(max_length=200, blank=True)
    wechat = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=20, blank=True, choices=choices(Channel))
    language = models.CharField(max_length=10, blank=True, choices=LANGUAGES)
    birthday = models.DateField(null=True, blank=True)
    """Kept where the person wishes it."""
    note = models.TextField(max_length=2000, blank=True)
    basis = models.CharField(max_length=20, blank=True, choices=choices(Basis))
    """Why we may keep all this."""
    agreed_on = models.DateField(null=True, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    keep_until = models.DateField(null=True, blank=True)
    by_hand = models.JSONField(default=list, editable=False)
    """The fields that people have set: facts that come later leave them alone."""
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.SET_NULL, related_name="merged")
    """The record that stands for this one."""

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("contact", args=[self.pk])

    @classmethod
    def kept_of(cls) -> list[str]:
        """What rooms keep of a person, by the names queries use."""
        return [each.name for each in cls._meta.related_objects if each.name not in {"posts", "phones"}]


class Forgotten(models.Model):
    """A number in the facts whose person was erased: not the number itself, but what it comes to with this home's secret."""

    mark = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.mark


class Phone(models.Model):
    """One of a person's numbers."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="phones")
    kind = models.CharField(max_length=20, choices=choices(PhoneKind), default=PhoneKind.MOBILE)
    number = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.number


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User) -> "PostQuerySet":
        kept = self.filter(put_away_at=None)
        if user.sees_all_accounts:
            return kept if user.is_active else kept.none()
        return kept.filter(account__in=Account.objects.visible_to(user))

    def held(self) -> "PostQuerySet":
        """Those not left."""
        return self.filter(left_on=None, put_away_at=None)


class Post(Record):
    """What a person is at one account, since and until."""

    OF_A_PERSON = True

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts", editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts", editable=False)
    contact_id = models.CharField(max_length=100, unique=True, editable=False)
    """Its number in the facts."""
    title = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=100, blank=True)
    level = models.CharField(max_length=100, blank=True, choices=choices(LEVELS))
    part = models.CharField(max_length=20, blank=True, choices=choices(Part))
    influence = models.CharField(max_length=100, blank=True, choices=choices(Influence))
    attitude = models.CharField(max_length=100, blank=True, choices=choices(Attitude))
    reports_to = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="subordinates"
    )
    """To whom at the same account; who left stays here as a gap, until somebody says who follows."""
    since = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    by_hand = models.JSONField(default=list, editable=False)
    told = models.BooleanField(default=False, editable=False)
    """Whether the facts know it as it is here."""

    objects = PostQuerySet.as_manager()
    COMES_AGAIN: ClassVar = models.Q(changed_by="import", person__changed_by="import")

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["account", "left_on"], name="post_account"),
            models.Index(fields=["id"], condition=models.Q(told=False), name="post_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.title}".strip()

    @property
    def guessed_part(self) -> Part | None:
        """What its influence tells of its part in buying, where that is not said."""
        return None if self.part else part_of("", self.influence)

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()
