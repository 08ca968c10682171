from vitalfew.terms import gettext_noop as _

STEPS = {
    "outgoingmail-add": _("Letter to a customer written"), "outgoingmail-change": _("Letter to a customer stopped or sent again"),
    "outgoingmail-put-away": _("Letter to a customer put away"),
    "outgoingmail-fetch-back": _("Letter to a customer fetched back"),
    "letterwords-add": _("Words of letters written"), "letterwords-change": _("Words of letters changed"),
    "letterwords-put-away": _("Letters in the house's own words again"),
    "letterwords-fetch-back": _("Words of letters fetched back"),
    "refusal-change": _("A reader said which mail is not wanted"),
}  # fmt: skip
FIELDS = {"unwanted": _("Not wanted"), "about": _("About"), "opening": _("How it begins"), "closing": _("How it ends")}
