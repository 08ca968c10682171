from vitalfew.exchange.models.agreed import DataExchange
from vitalfew.exchange.models.codes import OwnCode
from vitalfew.exchange.models.doubts import DataDoubt
from vitalfew.exchange.models.effects import DataEffect
from vitalfew.exchange.models.files import DataContent, DataFile, DataRefusal
from vitalfew.exchange.models.given import DataGiven
from vitalfew.exchange.models.told import DataRow

__all__ = [
    "DataContent", "DataDoubt", "DataEffect", "DataExchange", "DataFile", "DataGiven", "DataRefusal", "DataRow", "OwnCode",
]  # fmt: skip
