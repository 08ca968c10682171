"""How well an analysis would have known, on the company's own past.

register.py       what a backtest is, and the list of them, found by walking this package
origins.py        the days on which it would have been asked
early_warning.py  warnings against what came: Brier, reliability, AUC, precision at k, lead time, false alarms
churn.py          one backtest a file, named as its analysis
"""
