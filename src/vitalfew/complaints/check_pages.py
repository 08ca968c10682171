"""/complaints/checks/: countermeasures to be looked at, and one with what was complained of before and since."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from vitalfew.complaints import checking
from vitalfew.complaints.beside import BESIDE
from vitalfew.complaints.check_forms import FoundForm, MoveForm
from vitalfew.complaints.check_listing import CHECKS, effect_checks, stands
from vitalfew.complaints.comparing import compared
from vitalfew.complaints.models import EffectCheck
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Worked
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User

listed = list_page(CHECKS, BESIDE)


def _around(user: User, row: EffectCheck) -> dict[str, Any]:
    may = checking.may_answer(user, row)
    return {
        "check": row, "complaint": row.complaint, "may_answer": may, "stands": stands(row), "compared": compared(user, row),
        "answer": FoundForm(initial={"version": row.version, "found": Worked.UNKNOWN}),
        "move": MoveForm(user, row) if may and not row.found else None,
    }  # fmt: skip


PAGES: Final = Pages(
    effect_checks, "complaints/check.html", _around, see=ComplaintRight.SEE, write=ComplaintRight.HANDLE
)
shown = PAGES.shows()
answer = PAGES.takes("answer", FoundForm, checking.answer, undo="effect-check-back")
take_back = PAGES.does(checking.take_back)


@needs(ComplaintRight.HANDLE)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    row = PAGES.found(request, pk)
    return PAGES.sent(request, row, "move", MoveForm(signed_in(request), row, request.POST), checking.move)
