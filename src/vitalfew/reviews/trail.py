from vitalfew.terms import gettext_noop as _

STEPS = {
    "review-open": _("Tier review started"), "review-decide": _("Tier decided"), "review-approve": _("Tier review approved"),
    "review-withdraw": _("Tier review withdrawn"), "review-submit": _("Tier review handed in"),
}  # fmt: skip
FIELDS = {"decided": _("Decided"), "reason": _("Reason"), "since": _("Since")}
