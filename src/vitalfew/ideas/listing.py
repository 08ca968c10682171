from typing import Any, Final

from django.db.models import QuerySet

from vitalfew.ideas import questions
from vitalfew.ideas.models import Idea
from vitalfew.ideas.queues import IDEAS as QUEUE
from vitalfew.ideas.rights import IdeaRight
from vitalfew.ideas.words import IdeaState, Sort, Told, Where
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.lists.turn_column import turn_column
from vitalfew.people.permissions import Right
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _told(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    if word == Told.YES:
        return found.exclude(told_on=None)
    return found.filter(pk__in=Idea.objects.untold().values("pk"))


IDEAS: Final = Listing(
    name="ideas",
    title=_("Ideas"),
    right=IdeaRight.SEE,
    records=questions.listed,
    columns=(
        ListColumn("number", _("Number of the idea"), Unit.CODE, "number", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("brief", _("What they would have us make or do"), link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("state", _("State"), Unit.WORD, words=IdeaState, narrow=True),
        ListColumn(
            "account", _("Account"), order="account__name", told=lambda row: str(row.account or ""),
            link=lambda row: f"{row.account.get_absolute_url()}?tab=ideas" if row.account else "",
        ),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code if row.account else "",
                   shown=False),
        ListColumn("weight", _("Worth of who asked"), Unit.MONEY, "weight", right=Right.MONEY),
        ListColumn("wanted", _("Votes"), Unit.COUNT, "wanted"),
        ListColumn("also", _("Asked as well"), Unit.COUNT, "also", shown=False),
        turn_column(QUEUE),
        ListColumn("owner", _("Who sees to it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("said_on", _("Said on"), Unit.DAY, "said_on"),
        ListColumn("told_on", _("Told on"), Unit.DAY, "told_on", shown=False),
        ListColumn("sort", _("What it is"), Unit.WORD, words=Sort, shown=False),
        ListColumn("origin", _("Where it was said"), Unit.WORD, words=Where, shown=False),
        ListColumn("product", _("Product or category"), order="product", shown=False),
        ListColumn("work", _("Number in product work"), shown=False),
        ListColumn("target", _("Planned for"), Unit.DAY, "target", shown=False),
        ListColumn("text", _("Whole text"), shown=False),
    ),
    order="-said_on",
    find=questions.found,
    hint=_("Number, words, product; pinyin too"),
    empty=_("Write down the first idea: what a customer would have us make or do better, or a need that nobody meets."),
    make="idea-new",
    make_label=_("Write down an idea"),
    make_right=IdeaRight.WRITE,
    queue=QUEUE,
    filters=(
        ListFilter("state", _("State"), list(IdeaState), by("state")),
        ListFilter("told", _("Who asked"), list(Told), _told),
        ListFilter("sort", _("What it is"), list(Sort), by("sort")),
        ListFilter("origin", _("Where it was said"), list(Where), by("origin")),
    ),
)  # fmt: skip
