from vitalfew.terms import gettext_noop as _

STEPS = {
    "treatment-add": _("Treatment of a loss-maker proposed"), "treatment-change": _("Treatment of a loss-maker changed"),
    "treatment-put-away": _("Treatment of a loss-maker put away"),
    "treatment-fetch-back": _("Treatment of a loss-maker fetched back"),
}  # fmt: skip
FIELDS = {"last_day": _("When parting: the last day"), "letter": _("When parting: the letter")}
