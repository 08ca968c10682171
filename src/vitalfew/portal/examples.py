"""Two visitors of the demo house: somebody of a group, who sees its subsidiaries too, and of a single customer."""

from collections.abc import Iterator
from typing import Final

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.people.models import User
from vitalfew.portal import actions
from vitalfew.portal.models import Access
from vitalfew.portal.parts import parts

EMAILS: Final = ("purchasing@customer.example", "shop@customer.example")


def plant() -> None:
    """Once; `vitalfew demo` gives them the password of the other roles' users."""
    if Access.objects.exists():
        return
    director = User.objects.get(username="director")
    for (account, subsidiaries), email in zip(_accounts(), EMAILS, strict=False):
        post = Post.objects.held().filter(account=account).select_related("person", "account").order_by("pk").first()
        if post is not None:
            fields = {"subsidiaries": subsidiaries, "parts": [each.name for each in parts()], "until": None}
            access = actions.give(director, post, fields, email=email)
            User.objects.filter(accesses=access).update(demo=True)


def _accounts() -> Iterator[tuple[Account, bool]]:
    """The largest that has subsidiaries, then the largest that has none."""
    accounts = [*largest(), *Account.objects.exclude(manager=None).order_by("code")]
    heads = set(Account.objects.exclude(parent_code="").values_list("parent_code", flat=True))
    for of_a_group in (True, False):
        found = next((each for each in accounts if (each.code in heads) == of_a_group), None)
        if found is not None:
            yield found, of_a_group
