from typing import Any, Final

from django.db.models import Count, QuerySet
from django.utils import timezone

from vitalfew.complaints.grouping import LEAST_TEXTS
from vitalfew.complaints.models import TextGroup, TextLook
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import GroupState
from vitalfew.language import Count as Counted
from vitalfew.language import Day, Figure, Message
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.people.models import User
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number


def groups(user: User) -> QuerySet[Any]:
    """With how many complaints each has."""
    rows = TextGroup.objects.visible_to(user).select_related("cause", "cause__branch")
    return rows.annotate(size=Count("complaints"))


def told() -> list[Message]:
    """What was looked at, and why nothing is proposed where it is too little."""
    look = TextLook.objects.filter(at__isnull=False).first()
    if look is None or look.at is None:
        return [Message(_("Texts have not been looked at yet: that is done every night, or now by the button."))]
    at = Day(day_number(timezone.localdate(look.at)))
    figures: dict[str, Figure] = {"n": Counted(look.texts), "days": Counted(look.days), "day": at}
    if look.texts < LEAST_TEXTS:
        few = _(
            "Looked at on {day}: {n} {n:text|texts} of the last {days} days. From fewer than {least} no groups can be told."
        )
        return [Message(few, {**figures, "least": Counted(LEAST_TEXTS)})]
    seen = _(
        "Looked at on {day}: {n} {n:text|texts} of the last {days} days, {grouped} of them in groups that are proposed."
    )
    return [Message(seen, {**figures, "grouped": Counted(look.grouped)})]


GROUPS: Final = Listing(
    name="text-groups",
    title=_("Said nearly the same"),
    right=ComplaintRight.GROUP,
    records=lambda user: groups(user).order_by(),
    columns=(
        ListColumn("words", _("Most telling words"), told=str, link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("state", _("State"), Unit.WORD, "state", words=GroupState),
        ListColumn("complaints", _("Complaints"), Unit.COUNT, "size", lambda row: row.size, narrow=True),
        ListColumn("likeness", _("How alike"), Unit.SHARE, "likeness"),
        ListColumn("cause", _("Cause"), told=lambda row: row.cause.path if row.cause else ""),
    ),
    order="-complaints",
    filters=(ListFilter("state", _("State"), list(GroupState), by("state")),),
    empty=_("No complaints are alike enough for a group. A group is at least three complaints whose words are much the same."),
    make="text-groups-look",
    make_label=_("Look again"),
    make_right=ComplaintRight.GROUP,
)  # fmt: skip
