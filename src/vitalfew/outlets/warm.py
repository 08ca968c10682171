"""What pages need is loaded while the server starts, before the first one is asked for."""

import atexit
import gc
from pathlib import Path
from typing import Final

from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation

from vitalfew.catalogue import catalogue
from vitalfew.language import LANGUAGES, translate
from vitalfew.rooms import PARTS, declared
from vitalfew.warehouse.engines.duck import rows_of

PACKAGE: Final = Path(__file__).parents[1]
SELDOM: Final = (20_000, 20, 20)
"""After so many new objects the collector looks at them: a page makes thousands, and nearly all go by themselves."""


def warm_up() -> None:
    """Analyses, addresses, what rooms declare, words, templates, DuckDB; the collector need not look at them again."""
    catalogue()
    get_resolver().resolve("/healthz")
    for part in PARTS.keys() - {"examples"}:
        list(declared(part))
    for code in LANGUAGES:
        with translation.override(code):
            translation.gettext("Accounts")
        translate("Accounts", code)
    for place in (PACKAGE / "templates", *PACKAGE.glob("*/templates")):
        for path in sorted(place.rglob("*.html")):
            get_template(path.relative_to(place).as_posix())
    rows_of("SELECT 1", {})
    _settled()


def _settled() -> None:
    """Until the process ends; what is still frozen then would be reported as leaked."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    atexit.register(gc.unfreeze)
