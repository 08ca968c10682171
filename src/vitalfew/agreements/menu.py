from vitalfew.agreements.rights import AgreementRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(
        _("Agreements"),
        "agreements",
        "file",
        AgreementRight.SEE,
        313,
        under="accounts",
        also=_("Contract, renewal, notice, price rules"),
    ),
    Entry(_("Breaches of agreements"), "agreement-breaches", "warning", AgreementRight.SEE, 314, under="agreements"),
)
