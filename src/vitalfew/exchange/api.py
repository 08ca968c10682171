from typing import Final

from vitalfew.exchange.agreed_api import agreed
from vitalfew.exchange.codes_api import codes
from vitalfew.exchange.doubts_api import doubts
from vitalfew.exchange.effects_api import effects
from vitalfew.exchange.told_api import files, sell_out, stock

ROUTERS: Final = (
    ("/exchange/agreements", agreed), ("/exchange/files", files), ("/exchange/sell-out", sell_out),
    ("/exchange/stock", stock), ("/exchange/codes", codes), ("/exchange/questions", doubts), ("/exchange/effects", effects),
)  # fmt: skip
