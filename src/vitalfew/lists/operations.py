"""The operations of a kind of record over the API: its list, one of them, add, change, whatever else is done, put away.

A room says what is its own: which records the caller sees, what is told of one, what each operation does. The frame keeps
what is common: the right is asked before anything is read, what the caller does not see is not there (404), a change names
its version (If-Match), what is sent twice under one Idempotency-Key is done once, refusals are said in words.

    PROMISES = Operations(router, "promise", PROMISES, questions.promises, PromiseOut, told, see=SEE, write=MAKE)

    @PROMISES.does("keep")
    def keep_promise(user: User, row: Promise, sent: PromiseKept) -> None:  # POST /promises/{pk}/keep
        ...

The function's name is the operation's, its docstring what the API's description says of it, its ``sent`` the body; further
parameters stand in the path.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from inspect import Parameter, Signature, signature
from operator import attrgetter
from typing import Annotated, Any, Final, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Query, Router, Schema

from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import CONFLICT, FORBIDDEN, Problem, forbidden, form_refused, not_found
from vitalfew.api.versions import MATCH, changed, etag, require_match
from vitalfew.language import Message
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.lists.listing import Listing
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Permission

R = TypeVar("R", bound=Any)
"""A kind of record: it has a number and a version."""
Act = Callable[..., Any]
KEY: Final[Mapping[str, Any]] = {"parameters": [PARAMETER]}
ONE: Final = "/{int:pk}"


@dataclass(frozen=True)
class Operations(Generic[R]):
    """What is common to the operations of one kind of record."""

    router: Router
    name: str
    """Of one record, as in ``get_promise``."""
    listing: Listing
    rows: Callable[[User], QuerySet[R]]
    """Those the caller sees."""
    shape: type[Schema]
    told: Callable[[User, R], Mapping[str, Any]]
    """What is told of one, beside its number, and its version where the shape tells it."""
    see: Permission
    write: Permission
    denied: Message | None = None
    """What is said to who has the right, but not with this record."""
    version: Callable[[R], object] = attrgetter("version")
    many: str = ""
    """Of several, as in ``/promises``, where it is not the name with an s."""

    @property
    def path(self) -> str:
        return self.many or f"{self.name}s"

    def reads(self, about: str, one: str, named: str = "") -> None:
        """Offer the list, whose operation is ``named`` so or by its path, and the single record, each with its text."""

        def listed(
            request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
        ) -> dict[str, Any]:
            return answered(request, request.auth, self.listing, response, limit)

        def got(request: Asked, pk: int) -> HttpResponse:
            return self.shown(request.auth, self.found(request.auth, pk))

        listed.__name__ = named or f"list_{self.path.replace('/', '_').replace('-', '_')}"
        listed.__doc__ = about
        got.__name__, got.__doc__ = f"get_{self.name}", one
        self.router.get(
            "", auth=needs(self.see), response=responses(ListPage), operation_id=listed.__name__,
            openapi_extra=parameters(self.listing),
        )(listed)  # fmt: skip
        self.router.get(ONE, auth=needs(self.see), response=responses(self.shape, 404), operation_id=got.__name__)(got)

    def adds(self, act: Act, *, also: tuple[int, ...] = ()) -> Act:
        """POST: ``act(user, sent)`` gives the new record; ``also`` are answers beyond the usual ones."""

        def added(request: Asked, **given: Any) -> HttpResponse:
            made = self._tried(lambda: act(request.auth, **given))
            return self.shown(request.auth, self.found(request.auth, made.pk), 201)

        kinds = responses(self.shape, 404, 409, *also, status=201)
        self._at(self.router.post, "", kinds, KEY)(operation_id=act.__name__)(once(_as_asked(added, act)))
        return act

    def changes(self, act: Act) -> Act:
        """PATCH: ``act(user, row, sent)`` in the version that the caller names."""
        return self.changes_part()(act)

    def changes_part(self, path: str = "") -> Callable[[Act], Act]:
        """PATCH of a part that stands under the record: it changes in the record's version."""
        route = self._at(self.router.patch, f"{ONE}/{path}".rstrip("/"), self._kinds(409), MATCH)

        def offered(act: Act) -> Act:
            route(operation_id=act.__name__)(_as_asked(self._acting(act, matched=True), act))
            return act

        return offered

    def puts_away(self, act: Act) -> Act:
        """DELETE: ``act(user, row)`` in the version that the caller names."""
        operation = _as_asked(self._acting(act, matched=True), act)
        self._at(self.router.delete, ONE, self._kinds(409), MATCH)(operation_id=act.__name__)(operation)
        return act

    def does(self, path: str, right: Permission | None = None, *, matched: bool = False) -> Callable[[Act], Act]:
        """POST to the record's ``path``: ``act(user, row, sent)``; with ``matched`` in the version that is named."""
        kinds = self._kinds(409) if matched else responses(self.shape, 403, 404, 409)
        extra = {"parameters": [PARAMETER, *MATCH["parameters"]]} if matched else KEY
        route = self._at(self.router.post, f"{ONE}/{path}", kinds, extra, right)

        def offered(act: Act) -> Act:
            route(operation_id=act.__name__)(once(_as_asked(self._acting(act, matched=matched), act)))
            return act

        return offered

    def found(self, user: User, pk: int) -> R:
        row = self.rows(user).filter(pk=pk).first()
        if row is None:
            raise not_found()
        return row

    def tag(self, row: R) -> str:
        return etag(self.version(row))

    def shown(self, user: User, row: R, status: int = 200) -> HttpResponse:
        document = {"id": row.pk, **self.told(user, row)}
        if "version" in self.shape.model_fields:
            document["version"] = row.version
        place = f"/api/v1/{self.path}/{row.pk}"
        return answer(document, status, {"ETag": self.tag(row), "Location": place})

    def _acting(self, act: Act, *, matched: bool) -> Act:
        def done(request: Asked, pk: int, **given: Any) -> HttpResponse:
            row = self.found(request.auth, pk)
            if matched:
                require_match(request, self.tag(row))
            self._tried(lambda: act(request.auth, row, **given))
            return self.shown(request.auth, self._now(request.auth, pk, row))

        return done

    def _now(self, user: User, pk: int, before: R) -> R:
        """The record after it: who gave it away, or put it away, is told of it once more."""
        now: R = self.rows(user).filter(pk=pk).first() or type(before)._base_manager.get(pk=pk)  # noqa: SLF001  (as Django calls it)
        return now

    def _tried(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Stale as stale:
            raise changed(etag(stale.current.version)) from None
        except NotPossible as why:
            raise Problem(CONFLICT, Message(str(why))) from None
        except Forbidden:
            raise (Problem(FORBIDDEN, self.denied) if self.denied else forbidden()) from None

    def _kinds(self, *more: int) -> dict[int, Any]:
        return responses(self.shape, 403, 404, *more, 412, 428)

    def _at(self, method: Act, path: str, kinds: Any, extra: Mapping[str, Any], right: Permission | None = None) -> Act:
        """The route, wanting the name of its operation."""
        return partial(method, path, auth=needs(right or self.write), response=kinds, openapi_extra=dict(extra))


def _as_asked(operation: Act, act: Act) -> Act:
    """The operation with the parameters by which it is asked: the record's number, what ``act`` takes beyond the record."""
    taken = list(signature(act, eval_str=True).parameters.values())
    number = (
        [Parameter("pk", Parameter.POSITIONAL_OR_KEYWORD, annotation=int)] if "row" in (p.name for p in taken) else []
    )
    request = Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=Asked)
    own = [each for each in taken if each.name not in {"user", "row"}]
    operation.__signature__ = Signature([request, *number, *own])  # type: ignore[attr-defined]  # inspect reads it
    operation.__name__, operation.__doc__ = act.__name__, act.__doc__
    return operation


def checked(form: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Those fields of the form, or a refusal that says field by field what is not taken."""
    if not form.is_valid():
        raise form_refused(form.errors)
    return {name: form.cleaned_data[name] for name in names}
