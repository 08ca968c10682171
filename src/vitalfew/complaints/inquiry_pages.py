"""/complaints/questions/: what is unusual, asked before it becomes a complaint; answered on a phone in one step."""

from typing import Any, Final

from vitalfew.complaints import answering, inquiring
from vitalfew.complaints.beside import BESIDE
from vitalfew.complaints.inquiry_forms import ExplainForm, LaterForm, ProblemForm
from vitalfew.complaints.inquiry_listing import INQUIRIES, inquiries, stands, told
from vitalfew.complaints.models import Inquiry
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Effect
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.language import language
from vitalfew.people.models import User

listed = list_page(INQUIRIES, BESIDE)


def _around(user: User, row: Inquiry) -> dict[str, Any]:
    begun = {"version": row.version}
    return {
        "inquiry": row, "told": told(row), "stands": stands(row), "most": inquiring.MOST,
        "may_answer": answering.may_answer(user, row), "explain": ExplainForm(initial=begun),
        "problem": ProblemForm(initial={**begun, "text": told(row).say(language()), "effect": Effect.MINOR}),
        "later": LaterForm(initial=begun),
    }  # fmt: skip


PAGES: Final = Pages(inquiries, "complaints/inquiry.html", _around, see=ComplaintRight.SEE, write=ComplaintRight.HANDLE)
shown = PAGES.shows()
explain = PAGES.takes("explain", ExplainForm, answering.explain, undo="inquiry-reopen")
problem = PAGES.takes("problem", ProblemForm, answering.is_problem, undo="inquiry-reopen")
later = PAGES.takes("later", LaterForm, answering.later, undo="inquiry-reopen")
reopen = PAGES.does(answering.reopen)
