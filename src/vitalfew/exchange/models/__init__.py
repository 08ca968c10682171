from vitalfew.exchange.models.agreed import DataExchange
from vitalfew.exchange.models.files import DataContent, DataFile, DataRefusal
from vitalfew.exchange.models.told import DataRow

__all__ = ["DataContent", "DataExchange", "DataFile", "DataRefusal", "DataRow"]
