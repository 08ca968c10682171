"""Accounts that nobody looks after."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.department.rights import DepartmentRight
from vitalfew.language import Message
from vitalfew.people.roles import Role
from vitalfew.rooms import Alarming, Matter
from vitalfew.terms import gettext_noop as _


def nobodys(_threshold: float, _back: date | None) -> Iterator[Matter]:
    """Those without a manager; of somebody who works here no more, too."""
    rows = Account.objects.exclude(manager__is_active=True).order_by("code")
    for code, name in rows.values_list("code", "name").iterator():
        said = Message(_("Nobody looks after {account}"), {"account": name})
        yield Matter(f"account:{code}", said, None, code, reverse("manager-proposals"))


ALARMING: Final = (
    Alarming(
        "no-manager", _("Account without a manager"), _("Give it a manager: proposals are ready"), DepartmentRight.SEE, nobodys,
        (f"role:{Role.DIRECTOR}",), by_people=True, of_figures=True,
    ),
)  # fmt: skip
