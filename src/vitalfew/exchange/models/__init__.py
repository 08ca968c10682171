from vitalfew.exchange.models.agreed import DataExchange

__all__ = ["DataExchange"]
