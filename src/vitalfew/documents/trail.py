from vitalfew.terms import gettext_noop as _

STEPS = {"file-keep": _("Document kept that names an erased person")}
FIELDS: dict[str, str] = {}
