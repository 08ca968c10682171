"""What a base of customers returned over a period, and what an improvement returned.

    equity 100, then 95, profit 20   →   return on customer (20 − 5)/100 = .15, preservation .95

Peppers, D. & Rogers, M. (2005). Return on Customer. Currency/Doubleday.
Rust, R. T., Lemon, K. N. & Zeithaml, V. A. (2004). Return on marketing. J. Marketing 68(1).
"""


def return_on_customer(profit: float, opening: float, closing: float) -> float | None:
    """The period's profit and the growth of customer equity by the equity at its start; ``None`` unless that is above 0.

    ``(profit + closing - opening) / opening``. Peppers & Rogers 2005.

    >>> return_on_customer(20.0, 100.0, 95.0), return_on_customer(20.0, -1.0, 95.0)
    (0.15, None)
    """
    return (profit + closing - opening) / opening if opening > 0 else None


def preservation(opening: float, closing: float) -> float | None:
    """What became of the customer equity over a period: ``closing / opening``; ``None`` unless the opening is above 0.

    >>> preservation(100.0, 95.0), preservation(0.0, 95.0)
    (0.95, None)
    """
    return closing / opening if opening > 0 else None


def return_on_marketing(change: float, cost: float) -> float | None:
    """What an improvement returned: ``(change of customer equity - cost) / cost``; ``None`` without a cost.

    >>> round(return_on_marketing(101.3, 70.0), 3)
    0.447
    """
    return (change - cost) / cost if cost > 0 else None
