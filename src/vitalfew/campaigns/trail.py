from vitalfew.terms import gettext_noop as _

STEPS = {
    "campaign-add": _("Campaign drafted"), "campaign-change": _("Campaign changed"),
    "campaign-put-away": _("Campaign put away"), "campaign-fetch-back": _("Campaign fetched back"),
    "campaign-send": _("Letters of a campaign sent"), "campaign-talk": _("Spoke with an account about a campaign"),
    "campaign-not-talked": _("Talk about a campaign taken back"),
}  # fmt: skip
FIELDS = {
    "aim": _("Aim of the campaign"), "outcome": _("Judged by"), "worth": _("Lift that would be worth it, in per cent"),
    "one_in": _("Of so many alike, one is held out"), "budget": _("Budget"), "spent": _("What was spent"),
    "seed": _("Seed of the lots"), "foreseen": _("What it could show"), "found": _("What it changed"),
    "lessons": _("Lessons"), "offers": _("What stands in the portal"), "by_letter": _("People there are written to"),
    "by_talk": _("Managers speak with their accounts"), "rest_days": _("Days of rest looked back on"),
    "most_letters": _("Letters in these days that are too many"),
}  # fmt: skip
