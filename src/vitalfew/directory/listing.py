from typing import Any, Final

from django.utils.translation import gettext

from vitalfew.directory import questions
from vitalfew.directory.kinds import Basis, Direction, Kind
from vitalfew.directory.rights import DirectoryRight
from vitalfew.lists.listing import ListColumn, ListFilter, Listing
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _kinds(row: Any) -> str:
    return "、".join(gettext(kind.label) for kind in row.kinds)


def _figure(name: str) -> Any:
    return lambda row: getattr(row.figures, name) if hasattr(row, "figures") else None


def _of_kind(found: Any, word: str) -> Any:
    return found.filter(**{word: True})


def _on(found: Any, word: str) -> Any:
    return found.filter(figures__basis=word)


def _turning(found: Any, word: str) -> Any:
    return found.filter(figures__direction=word)


FIGURES: Final = DirectoryRight.FIGURES
ORGANISATIONS: Final = Listing(
    name="directory",
    title=_("Distributors, agents, suppliers and carriers"),
    right=DirectoryRight.SEE,
    records=questions.organisations,
    columns=(
        ListColumn("name", _("Company name"), order="name"),
        ListColumn("kinds", _("Kind"), told=_kinds, narrow=True),
        ListColumn("code", _("Code"), Unit.CODE, "code"),
        ListColumn("region", _("Region"), order="region"),
        ListColumn("serves", _("Accounts served"), Unit.COUNT, "serves", narrow=True),
        ListColumn("sales", _("Net sales, 12 months"), Unit.MONEY, "figures__sales", _figure("sales"), right=FIGURES),
        ListColumn("growth", _("Against the year before"), Unit.SHARE, "figures__growth", _figure("growth"), right=FIGURES),
        ListColumn("late_share", _("Late or short"), Unit.SHARE, "figures__late_share", _figure("late_share"), right=FIGURES),
        ListColumn("due", _("Lines due"), Unit.COUNT, "figures__due", _figure("due"), right=FIGURES, shown=False),
        ListColumn("direction", _("Lateness"), Unit.WORD, told=_figure("direction"), words=Direction, right=FIGURES),
        ListColumn("complaints", _("Complaints about delivery"), Unit.COUNT, "figures__complaints", _figure("complaints"),
                   right=FIGURES, shown=False),
        ListColumn("basis", _("Counted from"), Unit.WORD, told=_figure("basis"), words=Basis, right=FIGURES, shown=False),
        ListColumn("phone", _("Telephone"), shown=False),
        ListColumn("email", _("E-mail"), shown=False),
        ListColumn("web", _("Website"), shown=False),
        ListColumn("country", _("Country"), order="country", shown=False),
        ListColumn("uscc", _("Unified social credit code"), Unit.CODE, shown=False),
        ListColumn("channel", _("Its name in the order lines"), shown=False),
        ListColumn("note", _("Note"), shown=False),
    ),
    order="name",
    find=questions.found,
    hint=_("Name, pinyin, initials, code"),
    empty=_("Add the first one, import a list, or add those that the facts name."),
    make="organisation-new",
    make_label=_("New organisation"),
    make_right=DirectoryRight.EDIT,
    filters=(
        ListFilter("kind", _("Kind"), list(Kind), _of_kind),
        ListFilter("basis", _("Counted from"), list(Basis), _on, FIGURES),
        ListFilter("direction", _("Lateness"), list(Direction), _turning, FIGURES),
    ),
)  # fmt: skip
