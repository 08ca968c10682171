"""How we serve an account."""

import numpy as np
import pyarrow.compute as pc

from vitalfew.panels import Panel
from vitalfew.phrases import Sentences, column
from vitalfew.sentences import labels, percents, told
from vitalfew.terms import Neglect
from vitalfew.terms import gettext_noop as _


def on_time(panel: Panel) -> Sentences:
    """What of its lines came as promised, from `fairness`."""
    share = panel.floats("on_time")
    return told(_("Of its order lines {share} came in full and on time."), np.isfinite(share), share=percents(share))


def neglected(panel: Panel) -> Sentences:
    """In what it is served worse than large accounts, from `fairness`."""
    worse = pc.fill_null(column(panel, "neglected"), False).to_numpy(zero_copy_only=False)
    served = labels(Neglect, column(panel, "sign"))
    return told(_("It is served worse than large accounts: {sign}."), worse, sign=served)
