from vitalfew.complaints.rights import ComplaintRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Complaints"), "complaints", "complaints", ComplaintRight.SEE, 305, also=_("Claims, compensation, opinion cards")),
    Entry(_("Complaints on the wall"), "complaint-wall", "table", ComplaintRight.SEE, 306, under="complaints"),
    Entry(_("Claims on third parties"), "claims", "supply", ComplaintRight.SEE, 307, under="complaints"),
    Entry(_("How complaints are settled"), "complaint-figures", "chart", ComplaintRight.SEE, 308, under="complaints"),
    Entry(_("Monthly statistics"), "complaint-months", "calendar", ComplaintRight.MONTHS, 347, under="complaints"),
    Entry(_("Tree of causes"), "causes", "chart", ComplaintRight.SEE, 329, under="complaints"),
    Entry(_("Said nearly the same"), "text-groups", "chart", ComplaintRight.GROUP, 351, under="complaints"),
    Entry(_("8D records"), "eight-ds", "note", ComplaintRight.SEE, 336, under="complaints"),
    Entry(_("Asked before it is a complaint"), "inquiries", "question", ComplaintRight.SEE, 349, under="complaints"),
    Entry(_("Countermeasures checked"), "effect-checks", "check", ComplaintRight.SEE, 348, under="complaints"),
    Entry(_("Times of complaints"), "complaint-times", "clock", ComplaintRight.RULE, 309, under="complaints"),
)  # fmt: skip
