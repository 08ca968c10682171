"""The pages of what a record is made of: a part is added, corrected, taken out and brought back, each on its record's page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from vitalfew.lists.records import Page, Pages
from vitalfew.people.fields import said
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.parts import Part, Parts
from vitalfew.people.saving import added, changed, done


@dataclass(frozen=True)
class PartPages:
    """What is common to the pages of a record's parts; their addresses are ``route``, ``route-out`` and ``route-back``."""

    pages: Pages[Any]
    parts: Parts
    forms: Mapping[str, Callable[..., BaseForm]]
    """Of the user, the record and what was sent, by the word in addresses."""
    titles: Mapping[str, str]
    template: str
    route: str
    may_edit: Callable[[User, Any], bool]
    """Whether the user may change the record's parts now."""
    begun: Callable[[HttpRequest, Any], Mapping[str, Any]]
    """With what a new one begins."""

    def adds(self) -> Page:
        """One more."""

        def page(request: HttpRequest, pk: int, name: str) -> HttpResponse:
            user, row = signed_in(request), self.pages.found(request, pk)
            if name not in self.forms or not self.may_edit(user, row):
                raise Http404
            form = self.forms[name](user, row, request.POST or None, initial=self.begun(request, row))
            return added(
                request, form, lambda: self.parts.put_in(user, pk, name, said(form)), self.template,
                self._around(row, name), undo=lambda part: self._address(name, part, "out"),
            )  # fmt: skip

        return needs(self.pages.write)(page)

    def changes(self) -> Page:
        """Correct one."""

        def page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
            user, (part, row) = signed_in(request), self.found(request, name, pk)
            if not self.may_edit(user, row):
                raise Http404
            mine, begun = self.found(request, name, pk)[0], {"version": part.version}
            form = self.forms[name](user, row, request.POST or None, instance=mine, initial=begun)
            return changed(
                request, form, lambda version: self.parts.change(user, name, pk, version, said(form)), self.template,
                self._around(row, name, part),
            )  # fmt: skip

        return needs(self.pages.write)(page)

    def takes_out(self) -> Page:
        """POST: out of the record; a moment later it can still be brought back."""

        def page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
            user, (_part, row) = signed_in(request), self.found(request, name, pk)
            return done(
                request, lambda: self.parts.take_out(user, name, pk), row,
                undo=lambda part: self._address(name, part, "back"),
            )  # fmt: skip

        return needs(self.pages.write)(require_POST(page))

    def brings_back(self) -> Page:
        """POST: into the record again."""

        def page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
            user = signed_in(request)
            kept = get_object_or_404(self._kind(name).objects.within_reach_of(user), pk=pk)
            row = getattr(kept, self.parts.whole)
            return done(request, lambda: self.parts.bring_back(user, name, pk), row)

        return needs(self.pages.write)(require_POST(page))

    def found(self, request: HttpRequest, name: str, pk: int) -> tuple[Part, Any]:
        """A part and its record."""
        part = get_object_or_404(self._kind(name).objects.visible_to(signed_in(request)), pk=pk)
        return part, getattr(part, self.parts.whole)

    def _kind(self, name: str) -> Any:
        if name not in self.parts.kinds:
            raise Http404
        return self.parts.kinds[name]

    def _around(self, row: Any, name: str, part: Part | None = None) -> dict[str, Any]:
        draft = f"{name}-{part.pk}-{part.version}" if part else f"{name}-of-{row.pk}"
        title = gettext(self.titles[name])
        return {self.parts.whole: row, "title": title, "name": draft, "part": part, "kind": name}

    def _address(self, name: str, part: Part, way: str) -> str:
        return reverse(f"{self.route}-{way}", args=[name, part.pk])
