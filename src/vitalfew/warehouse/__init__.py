"""The warehouse: what happened, and what follows from it.

readers   a file → checked rows, rejects kept
tables    what a fact is: the canonical tables, column by column
store     one ledger a table: commits, provenance, restatements, undo, as known at
engines   DuckDB by default, Spark Connect by choice
run       an analysis and what it needs
scorecards  every account's current figures and their history
"""
