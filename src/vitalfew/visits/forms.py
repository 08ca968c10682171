from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField, colleagues
from vitalfew.accounts.forms import AccountField
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person, Post
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.visits import questions
from vitalfew.visits.actions import FIELDS, OF_NEW, Going
from vitalfew.visits.holding import Next, Promised, Result
from vitalfew.visits.models import Visit, VisitAccount
from vitalfew.visits.words import Mood, Purpose

HOUR = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
LENGTHS: Final = (30, 60, 90, 120, 240, 480)
LONGEST: Final = 12 * 60
MOST: Final = 30
"""So many accounts sit at one round table at most."""
ROWS: Final = 3
FIRST: Final = 6
"""So many people stand on the first screen of a phone."""


def ticked(form: forms.BaseForm) -> None:
    """Boxes to tick look like boxes."""
    for field in form.fields.values():
        if isinstance(field.widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
            field.widget.attrs["class"] = "form-check-input"


class AccountsField(forms.CharField):
    """Accounts that the user may see, one a line, each by its code or its whole name."""

    def __init__(self, user: User, **kwargs: Any) -> None:
        super().__init__(max_length=10_000, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)
        self.one = AccountField(user)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
        if len(lines) > MOST:
            raise forms.ValidationError(now("At most %(n)s accounts") % {"n": MOST})
        return [self._account(line) for line in lines]

    def _account(self, line: str) -> Account:
        try:
            account: Account = self.one.clean(line)
        except forms.ValidationError:
            raise forms.ValidationError(
                now("No account of yours has this code or name: %(line)s") % {"line": line}
            ) from None
        return account


class VisitForm(forms.Form):
    """A visit to come: to ``accounts`` where they are known. The day of one that stands is moved with its reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = forms.DateField(label=_("Date"), widget=DAY)
    at = forms.TimeField(label=_("Time"), widget=HOUR, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=LONGEST, required=False)
    purpose = chosen(_("Purpose"), [(each.value, each.label) for each in Purpose], must=True)
    topic = forms.CharField(
        label=_("What is to be spoken about"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    ORDER: Final = (
        "account",
        "day",
        "at",
        "minutes",
        "purpose",
        "topic",
        "place",
        "leader",
        "companions",
        "wanted",
        "more",
    )

    def __init__(
        self, user: User, accounts: Sequence[Account], data: Any = None, *, visit: Visit | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.known, self.visit = list(accounts), visit
        self.fields["minutes"].widget.attrs |= {"step": 5, "list": "lengths"}
        self._who(user)
        if visit is not None:
            del self.fields["day"], self.fields["at"]
            self.fields["accounts"] = AccountsField(user, label=_("Accounts, one a line"))
        else:
            self.fields["more"] = AccountsField(
                user, required=False, label=_("Further accounts of a round table"),
                help_text=_("One a line, by code or whole name"),
            )  # fmt: skip
            if not accounts:
                self.fields["account"] = AccountField(user)
        self.order_fields(self.ORDER)
        dressed(self)
        ticked(self)

    def _who(self, user: User) -> None:
        ours = colleagues()
        account = self.known[0] if self.known else None
        self.fields["leader"] = ColleagueField(user, account, label=_("Who goes"), initial=user.username)
        self.fields["companions"] = forms.ModelMultipleChoiceField(
            ours, label=_("Who goes along"), to_field_name="username", required=False,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        if self.known:
            there = questions.people_at(self.known)
            people = Person.objects.filter(pk__in={post.person_id for post in there})
            self.fields["wanted"] = forms.ModelMultipleChoiceField(
                people, label=_("Whom we want to meet"), required=False, widget=forms.CheckboxSelectMultiple
            )

    @property
    def going(self) -> Going:
        said = self.cleaned_data
        accounts = said["accounts"] if self.visit else self._accounts
        return Going(accounts, said["companions"], said.get("wanted"))

    @property
    def _accounts(self) -> list[Account]:
        first = [self.cleaned_data["account"]] if "account" in self.cleaned_data else self.known
        return list(dict.fromkeys([*first, *self.cleaned_data["more"]]))

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (FIELDS if self.visit else OF_NEW)}


class MoveForm(SettleForm):
    """Another day or hour."""

    day = forms.DateField(label=_("New day"), widget=DAY)
    at = forms.TimeField(label=_("Time"), widget=HOUR, required=False)
    why = forms.CharField(label=_("Reason"), max_length=500)
    confirmed = forms.BooleanField(label=_("The customer has agreed to it"), required=False)


class CancelForm(SettleForm):
    """It does not take place."""

    why = forms.CharField(label=_("Why it does not take place"), max_length=500)


class ResultForm(forms.Form):
    """What came of a visit: for each of its accounts that the user may see, on one screen of a phone."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    day = forms.DateField(label=_("Held on"), widget=DAY)
    text = forms.CharField(
        label=_("What was said or agreed"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, user: User, visit: Visit, data: Any = None, *, rows: int = ROWS, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.numbers = range(rows)
        self.user, self.visit, self.parts = user, visit, list(visit.parts.all())
        accounts = [part.account for part in self.parts]
        met = Q(pk__in=[each.person_id for each in visit.people.all()])
        there = Q(pk__in={post.person_id for post in questions.people_at(accounts)})
        self.fields["met"] = forms.ModelMultipleChoiceField(
            Person.objects.filter(met | there), required=False, label=_("Whom we met"),
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        for part in self.parts:
            self._outcome(part)
        for number in self.numbers:
            self._rows(number, accounts)
        dressed(self)
        ticked(self)

    def _outcome(self, part: VisitAccount) -> None:
        moods = [(each.value, now(each.label)) for each in Mood]
        self.fields[f"mood_{part.account_id}"] = forms.ChoiceField(
            choices=moods, label=part.account.name, initial=part.mood, widget=forms.RadioSelect
        )
        if len(self.parts) > 1:
            self.fields[f"outcome_{part.account_id}"] = forms.CharField(
                label=part.account.name, initial=part.outcome, max_length=1000, required=False
            )

    def _rows(self, number: int, accounts: Sequence[Account]) -> None:
        """A line for a promise and one for what is to be done next; they count by their words."""
        self.fields[f"promise_{number}"] = forms.CharField(label=_("Promise"), max_length=1000, required=False)
        self.fields[f"promise_due_{number}"] = forms.DateField(label=_("To be kept by"), widget=DAY, required=False)
        if len(accounts) > 1:
            at = Account.objects.filter(pk__in=[each.pk for each in accounts])
            self.fields[f"promise_at_{number}"] = forms.ModelChoiceField(
                at, label=_("Account"), to_field_name="code", required=False, empty_label="–"
            )
        self.fields[f"next_{number}"] = forms.CharField(label=_("What is to be done"), max_length=500, required=False)
        self.fields[f"next_due_{number}"] = forms.DateField(label=_("By when"), widget=DAY, required=False)
        self.fields[f"next_by_{number}"] = ColleagueField(
            self.user, label=_("Who sees to it"), required=False, empty_label="–",
            initial=self.user.username,
        )  # fmt: skip

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This lies ahead: log it when it is done"))
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for number in self.numbers:
            for name in ("promise", "next"):
                if said.get(f"{name}_{number}") and not said.get(f"{name}_due_{number}"):
                    self.add_error(f"{name}_due_{number}", _("By which day?"))
            due, day = said.get(f"promise_due_{number}"), said.get("day")
            if said.get(f"promise_{number}") and due and day and due < day:
                self.add_error(f"promise_due_{number}", _("It was to be kept before it was promised"))
            if said.get(f"promise_{number}") and len(self.parts) > 1 and not said.get(f"promise_at_{number}"):
                self.add_error(f"promise_at_{number}", _("To which account?"))
        return said

    @property
    def result(self) -> Result:
        said = self.cleaned_data
        outcomes = {
            part.account_id: (said[f"mood_{part.account_id}"], said.get(f"outcome_{part.account_id}", ""))
            for part in self.parts
        }
        return Result(said["day"], said["text"], list(said["met"]), outcomes, self._promises, self._next)

    @property
    def _promises(self) -> list[Promised]:
        rows = [(self.cleaned_data[f"promise_{n}"], n) for n in self.numbers]
        only = self.parts[0].account
        return [
            Promised(text, self.cleaned_data[f"promise_due_{n}"], self.cleaned_data.get(f"promise_at_{n}") or only)
            for text, n in rows
            if text
        ]

    @property
    def _next(self) -> list[Next]:
        said = self.cleaned_data
        rows = [(said[f"next_{n}"], n) for n in self.numbers]
        return [Next(what, said[f"next_due_{n}"], said[f"next_by_{n}"] or self.user) for what, n in rows if what]

    @cached_property
    def people(self) -> list[tuple[Any, Post | None]]:
        """The boxes of whom we met, each with the post held there: those ticked first, then those with most say."""
        posts = questions.people_at([part.account for part in self.parts])
        places = {post.person_id: (place, post) for place, post in enumerate(posts)}
        boxes = [(box, places.get(int(str(box.data["value"])), (len(posts), None))) for box in self["met"]]
        boxes.sort(key=lambda pair: (not pair[0].data["selected"], pair[1][0]))
        return [(box, post) for box, (_place, post) in boxes]

    @property
    def first_people(self) -> list[tuple[Any, Post | None]]:
        return self.people[:FIRST]

    @property
    def other_people(self) -> list[tuple[Any, Post | None]]:
        return self.people[FIRST:]

    @property
    def moods(self) -> Iterator[tuple[Any, Any]]:
        """Of each account how it went, and what was particular to it."""
        for part in self.parts:
            outcome = f"outcome_{part.account_id}"
            yield self[f"mood_{part.account_id}"], self[outcome] if outcome in self.fields else None

    @property
    def rows(self) -> Iterator[Mapping[str, Any]]:
        """The lines for promises and next steps."""
        for n in self.numbers:
            at = f"promise_at_{n}"
            yield {
                "promise": self[f"promise_{n}"], "due": self[f"promise_due_{n}"], "at": self[at] if at in self.fields else None,
                "next": self[f"next_{n}"], "next_due": self[f"next_due_{n}"], "by": self[f"next_by_{n}"],
            }  # fmt: skip


class FeedForm(forms.Form):
    """A new address for a calendar, by the name of the device that reads it."""

    name = forms.CharField(label=_("Where it is read"), max_length=100, help_text=_("Phone, computer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
