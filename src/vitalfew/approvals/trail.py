from vitalfew.terms import gettext_noop as _

STEPS = {
    "approval-ask": _("Approval asked for"), "approval-ask-again": _("Approval asked for again"),
    "approval-approve": _("Approved"), "approval-send-back": _("Sent back"), "approval-withdraw": _("Request withdrawn"),
    "limit-add": _("Limit of approval set"), "limit-change": _("Limit of approval changed"),
    "limit-put-away": _("Limit of approval dropped"), "limit-fetch-back": _("Limit of approval fetched back"),
    "delegation-add": _("Deciding handed to a deputy"), "delegation-change": _("Deciding in another's place changed"),
    "delegation-put-away": _("Deciding in another's place ended"),
    "delegation-fetch-back": _("Deciding in another's place fetched back"),
}  # fmt: skip
FIELDS = {
    "amount": _("Amount"), "instead_of": _("In whose place"), "alone": _("Decided by who asked: nobody else could"),
    "deputy": _("Decides in the place"), "deputy_id": _("Decides in the place"), "until": _("Until"),
}  # fmt: skip
