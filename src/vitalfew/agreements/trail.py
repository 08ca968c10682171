from vitalfew.terms import gettext_noop as _

STEPS = {
    "agreement-add": _("Agreement begun"), "agreement-change": _("Agreement changed or moved on"),
    "agreement-put-away": _("Agreement put away"), "agreement-fetch-back": _("Agreement fetched back"),
    "agreement-attach": _("Document added to an agreement"), "agreement-detach": _("Document taken off an agreement"),
    "obligation-add": _("Obligation written down"), "obligation-change": _("Obligation changed or fulfilled"),
    "obligation-put-away": _("Obligation taken out"), "obligation-fetch-back": _("Obligation brought back"),
    "pricerule-add": _("Price rule written down"), "pricerule-change": _("Price rule changed"),
    "pricerule-put-away": _("Price rule taken out"), "pricerule-fetch-back": _("Price rule brought back"),
    "breach-add": _("Breach recorded"), "breach-change": _("Breach changed, decided or settled"),
    "breach-put-away": _("Breach put away"), "breach-fetch-back": _("Breach fetched back"),
}  # fmt: skip
FIELDS = {
    "renewal": _("Renewal"), "notice_days": _("Notice period in days"), "lead_days": _("Remind so many days ahead"),
    "notice_on": _("Notice by"), "ask_on": _("To be asked from"), "ours": _("Who signs for us"),
    "theirs": _("Who signs for the customer"), "signed_on": _("Signed on"), "asked_version": _("Version asked for"),
    "in_force_on": _("In force since"), "notice_given_on": _("Notice given on"), "notice_by": _("Who gave notice"),
    "ended_on": _("Ended on"), "renewed_on": _("Renewed on"), "obligation": _("Obligation"),
    "pricerule": _("Price rule"), "rhythm": _("How often"), "broken_on": _("Broken on"),
    "settlement": _("How it was settled"), "from_quantity": _("From this quantity on a line"), "contract": _("Contract"),
    "kept_on": _("Fulfilled on"), "approval": _("Approval"), "promise": _("Promise"), "value": _("Value"),
}  # fmt: skip
