# %% [markdown]
# # A first look at an order book, in Python
#
# `import vitalfew` needs no server and no home: tables go in, tables come out. This page is written by running
# `docs/examples/first_look.py`; run it yourself, or open it as a notebook (its cells start with `# %%`).
#
# It takes pandas and Polars, which vitalfew itself does without: `pip install pandas polars` where you work; in a checkout
# `make test` brings both.
#
# The order book is the built-in one, so that everybody sees the same figures; take your own instead. Any table that speaks
# Arrow will do: pandas, Polars, DuckDB, PyArrow.

# %%
import vitalfew
from vitalfew.demobook import generate
from vitalfew.warehouse.tables import TABLES

book = {name: TABLES[name].dated(rows) for name, rows in generate(accounts=60, months=30).tables.items()}
orders = book["order_lines"].to_pandas()
print(orders[["order_id", "customer", "ordered_on", "product", "quantity", "amount"]].head(3).to_string(index=False))

# %% [markdown]
# ## Who are the vital few?
#
# Every result has its finding in a sentence, its headline figures, a table with declared columns and the source of the method.

# %%
pareto = vitalfew.analyse("pareto", order_lines=orders)
print(pareto.meta["headline"])
print(
    {name: round(value, 3) for name, value in pareto.meta["figures"].items() if name in {"top20_share", "gini", "hhi"}}
)
print(pareto.to_pandas().head(3).round(3).to_string(index=False))

# %% [markdown]
# ## The same from Polars, with headings of your own
#
# Headings are understood in Chinese and English; each row is checked, and what can't be read is left out with a warning that
# counts it.

# %%
import polars as pl

chinese = pl.from_pandas(orders).rename(
    {"order_id": "订单号", "customer": "客户编码", "ordered_on": "订单日期", "quantity": "数量", "amount": "金额"}
)
same = vitalfew.analyse("pareto", order_lines=chinese)
print(same.table.equals(pareto.table))

# %% [markdown]
# ## A part of it from DuckDB, as of an earlier day
#
# `as_of` looks no further than that day, whatever the table holds.

# %%
import duckdb

appliances = duckdb.sql("SELECT * FROM orders WHERE quantity > 0")
earlier = vitalfew.analyse("trend", order_lines=appliances, as_of="2026-03-31")
print(earlier.meta["as_of"], earlier.meta["headline"])

# %% [markdown]
# ## What is an account still worth?
#
# Options are those of `vitalfew analyses`; `meta["fit"]` holds the fitted model. Read the warnings: they say what the figures
# rest on.

# %%
lifetime = vitalfew.analyse("lifetime", order_lines=orders, options={"model": "bg-nbd", "horizon": "2y"})
print(lifetime.meta["headline"])
print({name: round(lifetime.meta["fit"][name], 2) for name in ("r", "alpha", "a", "b")})
print(lifetime.to_pandas()[["customer", "p_alive", "value", "low", "high"]].head(3).round(2).to_string(index=False))

# %% [markdown]
# ## More tables, more to say
#
# An analysis tells what else it would read. With contacts, complaints, costs and payments the risk of leaving gets causes, and
# the account gets next actions.

# %%
everything = {name: table for name, table in book.items() if name != "customers"}
actions = vitalfew.analyse("next-actions", **everything)
print(actions.meta["headline"])
print(actions.to_pandas()[["customer", "action", "effect", "basis"]].head(5).round(0).to_string(index=False))

# %% [markdown]
# ## When it can't be told
#
# An analysis that lacks its facts says so, and what would help. It never guesses.

# %%
from vitalfew.catalogue import Refusal

try:
    vitalfew.analyse("relationship-quality", order_lines=orders)
except Refusal as refusal:
    print(refusal)

# %% [markdown]
# ## Pictures
#
# `chart()` gives PNG and SVG; the title is the finding.

# %%
picture = pareto.chart().svg()
print(b"<svg" in picture)
