"""A list as an answer of the API: the same records, search, filters and order as its page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from vitalfew.api.problems import not_accepted, only_known
from vitalfew.language import Message
from vitalfew.lists import listing
from vitalfew.lists.listing import IN_TURN, Listing, Wanted
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _


class ListPage(Schema):
    """Some records of a list; ``next`` is the cursor that ``after`` takes."""

    items: list[dict[str, Any]]
    next: str | None


def parameters(what: Listing) -> dict[str, Any]:
    """What the list can be asked for, for the API's description."""
    asked = [_parameter("q", "Search")] if what.find else []
    asked += [_parameter(each.name, each.label, [word.value for word in each.words]) for each in what.filters]
    names = [column.name for column in what.columns if column.order]
    sortable = ", ".join([IN_TURN, *names] if what.queue else names)
    asked += [_parameter("order", f"One of {sortable}, with - before it for largest first")]
    return {"parameters": [*asked, _parameter("after", "The cursor of the page before")]}


def _parameter(name: str, about: str, words: list[str] | None = None) -> dict[str, Any]:
    schema = {"type": "string", "enum": words} if words else {"type": "string"}
    return {"in": "query", "name": name, "required": False, "schema": schema, "description": about}


def answered(request: HttpRequest, user: User, what: Listing, response: HttpResponse, limit: int) -> dict[str, Any]:
    """A page of the list, each record by the columns the user may see, with its id and, where people change it, its version."""
    only_known(
        request.GET.dict(), {each.name: [word.value for word in each.words] for each in what.filters if each.words}
    )
    wanted = Wanted.of(what, user, request.GET.dict())
    if wanted.after and listing.cursor(wanted.after) is None:
        raise not_accepted("after", Message(_("This is no cursor of a page before")))
    page = listing.page(what, user, wanted, limit)
    columns = what.columns_for(user)
    if page.after:
        following = request.GET.copy()
        following["after"] = page.after
        response.headers["Link"] = f'<{request.path}?{following.urlencode()}>; rel="next"'
    return {"items": [_item(record, columns) for record in page.records], "next": page.after or None}


def _item(record: Any, columns: list[listing.ListColumn]) -> dict[str, Any]:
    values = {column.name: column.value(record) for column in columns}
    plain = {name: None if value == "" else value for name, value in values.items()}
    version = {"version": record.version} if hasattr(record, "version") else {}
    return {"id": record.pk, **plain, **version}
