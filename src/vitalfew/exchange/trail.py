from vitalfew.terms import gettext_noop as _

STEPS = {
    "dataexchange-add": _("Exchange of data agreed on"), "dataexchange-change": _("Exchange of data changed"),
    "dataexchange-offers": _("What an account is told was changed"),
    "owncode-add": _("Product code of an account matched"), "owncode-change": _("Product code of an account matched anew"),
    "owncode-put-away": _("Product code of an account put away"),
    "owncode-fetch-back": _("Product code of an account fetched back"),
    "data-give": _("Data given to an account"), "data-take": _("Data of an account taken in"),
    "data-refuse": _("File of an account's data refused"), "data-read": _("File of an account's data downloaded"),
    "datadoubt-add": _("Question about data raised"), "datadoubt-put-away": _("Question about data put away"),
    "datadoubt-fetch-back": _("Question about data fetched back"),
    "datadoubt-change": _("Question about data answered"),
    "dataexchange-put-away": _("Exchange of data put away"),
    "dataexchange-fetch-back": _("Exchange of data fetched back"),
}  # fmt: skip
FIELDS = {
    "sell_out": _("It tells what it sold on"), "stock": _("It tells what it has left"), "due_days": _("There within days"),
    "way": _("Which way its data comes"), "offers": _("What we tell it"), "tolerance": _("Tolerance, per cent"),
}  # fmt: skip
