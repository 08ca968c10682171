"""Writes the reference: a page for each analysis of the catalogue, their index, the canonical tables, the table of rights.

python tools/docs.py           write docs/analyses, docs/tables.md and docs/rights.md
python tools/docs.py --check   fail where a file is not what the code says
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from vitalfew.catalogue import VARIANTS, Analysis, Option, catalogue
from vitalfew.people.permissions import Right, table
from vitalfew.people.roles import GIVEN
from vitalfew.rooms import Permission
from vitalfew.summaries import SUMMARIES
from vitalfew.terms import Group
from vitalfew.warehouse.tables import TABLES, Table

DOCS = Path(__file__).resolve().parent.parent / "docs"
DRAWN = {
    "curve": "a curve of {y} over the accounts, largest first",
    "bars": "bars: the number of accounts by {x}",
    "top": "the largest and smallest accounts by {y}",
    "points": "points: {y} over {x}, one an account",
    "line": "a line: {y} over {x}",
    "map": "a map of {x} for the accounts with most room: what is there, and the {y}",
    "band": "the whole book's {y} over {x}, past and expected, with a band",
}
TYPES = {
    "text": "text",
    "day": "date",
    "money": "amount, 4 decimals",
    "quantity": "quantity, 4 decimals",
    "number": "number",
    "whole": "whole number",
}


def pages() -> Mapping[Path, str]:
    """Every file of the reference and what it says."""
    each = {DOCS / "analyses" / f"{one.name}.md": _analysis(one) for one in catalogue().values()}
    return {
        **each,
        DOCS / "analyses" / "index.md": _index(),
        DOCS / "tables.md": _tables(),
        DOCS / "rights.md": _rights(),
    }


def _analysis(one: Analysis) -> str:
    question, _, method = one.description.partition("\n\n")
    return _joined(
        f"# {one.title}",
        f"**{one.question}**",
        f"`{one.name}` · group {one.group.label} · {_rows(one)} · version {one.version} · [all analyses](index.md)",
        "## Method",
        method if _same(question, one.question) else f"{question}\n\n{method}",
        f"Source: {one.source}",
        "## Reads",
        _inputs(one),
        "## Options",
        _options(one.options.values()),
        "## Gives",
        _grid(
            ("Column", "Unit", "Meaning"),
            [(f"`{column.name}`", column.unit.label, _meaning(column)) for column in one.columns],
        ),
        *_drawing(one),
        "## Run it",
        _calls(one),
    )


def _same(first: str, second: str) -> bool:
    """Whether two sentences differ in their ends only."""
    return first.rstrip(".?") == second.rstrip(".?")


def _rows(one: Analysis) -> str:
    return "a row for each account" if one.per_account else "rows for the whole book"


def _meaning(column: object) -> str:
    meaning, words = str(getattr(column, "meaning", "")), getattr(column, "words", None)
    if words is None:
        return meaning
    return f"{meaning}. " + ", ".join(f"`{word.value}` {word.label}" for word in words)


def _inputs(one: Analysis) -> str:
    return "\n".join(f"- {_input(name)}{_may_be_absent(one, name)}" for name in one.inputs)


def _may_be_absent(one: Analysis, name: str) -> str:
    return "; may be absent" if name in one.optional_inputs else ""


def _input(name: str) -> str:
    if name in TABLES:
        return f"the table [`{name}`](../tables.md#{name})"
    if name in SUMMARIES:
        return f"`{name}`: {(SUMMARIES[name].sums.__doc__ or '').splitlines()[0].rstrip('.')}"
    needed, options = VARIANTS.get(name, (name.replace("_", "-"), {}))
    if needed in catalogue():
        chosen = ", ".join(f"`{option}` {value}" for option, value in options.items())
        return f"the analysis [`{needed}`]({needed}.md)" + (f" with {chosen}" if chosen else "")
    if name == "customers_summary":
        return f"`{name}`: histories already summed up, handed over in place of orders"
    return f"`{name}`: a table of your own, as the method says; `--input {name}=FILE`"


def _options(options: Iterable[Option]) -> str:
    rows = [(f"`{one.name}`", one.choice.label, _accepted(one), f"`{one.default}`") for one in options]
    return _grid(("Option", "Meaning", "Accepted", "Default"), rows) if rows else "None."


def _accepted(option: Option) -> str:
    if not option.choices:
        return {"int": "whole number", "float": "number", "bool": "true, false", "str": "text"}.get(
            option.type.__name__, option.type.__name__.lower()
        )
    named = option.choice.names
    return "; ".join(f"`{each}` {named[each]}" if each in named else f"`{each}`" for each in option.choices)


def _drawing(one: Analysis) -> Iterator[str]:
    if one.drawing:
        yield f"Drawn as {DRAWN[one.drawing.kind].format(x=f'`{one.drawing.x}`', y=f'`{one.drawing.y}`')}."


def tables_of(one: Analysis, *, required: bool) -> list[str]:
    """The canonical tables an analysis rests on, through summaries and other analyses."""
    found: dict[str, None] = {}
    for name in one.inputs:
        if required and name in one.optional_inputs:
            continue
        needed = VARIANTS.get(name, (name.replace("_", "-"), {}))[0]
        if name in TABLES:
            found[name] = None
        elif name in SUMMARIES:
            found |= dict.fromkeys(SUMMARIES[name].inputs)
        elif needed in catalogue():
            found |= dict.fromkeys(tables_of(catalogue()[needed], required=required))
    return list(found)


def _calls(one: Analysis) -> str:
    every = tables_of(one, required=False)
    needed = tables_of(one, required=True) or every[:1]
    option = next(iter(one.options.values()), None)
    param = f" --param {option.name}={option.default}" if option else ""
    chosen = f", options={json.dumps({option.name: option.default})}" if option else ""
    inputs = " ".join(f"--input {name}={name}.csv" for name in needed)
    frames = ", ".join(f"{name}={name}" for name in needed)
    lines = [
        f"    vitalfew analyse {one.name} {inputs}{param}",
        "",
        "    import vitalfew",
        f'    result = vitalfew.analyse("{one.name}", {frames}{chosen})',
        "    result.table, result.meta",
    ]
    more = [name for name in every if name not in needed]
    if more:
        lines += ["", "It says more with " + ", ".join(f"[`{name}`](../tables.md#{name})" for name in more) + "."]
    lines += ["", f"On a home's facts: `vitalfew analyse {one.name}`. Over the API: `GET /api/v1/analyses/{one.name}`."]
    return "\n".join(lines)


def _index() -> str:
    parts = [
        "# Analyses",
        "Each is one question and one file in `src/vitalfew/analyses`; these pages are written from it by `make docs`.",
    ]
    for group in Group:
        of_group = [one for one in catalogue().values() if one.group is group]
        if of_group:
            rows = [(f"[{one.title}]({one.name}.md)", one.question, one.source) for one in of_group]
            parts += [f"## {group.label}", _grid(("Analysis", "Question", "Source"), rows)]
    return _joined(*parts)


def _tables() -> str:
    return _joined(
        "# Tables",
        "Sixteen kinds of facts; most analyses rest on the first twelve. A file's headings may be these names, their meaning "
        "in English or Chinese, or one of many synonyms; the import report says which was taken for what. A row without a "
        "required column is rejected with its reason. The same key with other content restates a row. The last four may also "
        "be handed to an analysis with `--input`, with any columns of their own. Written by `make docs` from "
        "`src/vitalfew/warehouse/tables.py`.",
        *(_table(table) for table in TABLES.values()),
    )


def _table(table: Table) -> str:
    rows = [
        (f"`{column.name}`", TYPES[column.type], "yes" if column.required else "", column.meaning)
        for column in table.columns
    ]
    return _joined(
        f"## {table.name}",
        f"{table.meaning}. Key: {', '.join(f'`{name}`' for name in table.key)}. `vitalfew import {table.kind} FILE`",
        _grid(("Column", "Type", "Required", "Meaning"), rows),
    ).rstrip()


def _rights() -> str:
    return _joined(
        "# Who may do what",
        "Pages, API, exports, search, calendars and background work all ask this one table; Admin shows it in three languages. "
        "A route without a line here answers nobody and fails the build. A key account manager sees the accounts he manages or "
        "whose team he belongs to, every other role all of them; a record beyond that is answered as if it did not exist. "
        "Some rights hold only within what the record says as well: nobody approves what he had a hand in. Written by "
        "`make docs` from `src/vitalfew/people/permissions.py` and the rooms' files `rights`.",
        _grid(("", *(role.label for role in GIVEN)), [_line(right) for right in table() if right is not Right.OPEN]),
    )


def _line(right: Permission) -> tuple[str, ...]:
    return (right.label, *("✓" if role in right.roles else "" for role in GIVEN))


def _grid(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [headings, ["---"] * len(headings), *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(row).strip() + " |" for row in cells)


def _joined(*parts: str) -> str:
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def stale() -> list[Path]:
    """Files that are not what the code says, and pages of analyses that are gone."""
    wanted = pages()
    gone = set((DOCS / "analyses").glob("*.md")) - wanted.keys()
    return sorted(
        {path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text} | gone
    )


def main() -> int:
    if "--check" in sys.argv:
        for path in stale():
            print(f"{path.name} is stale: run `make docs`", file=sys.stderr)
        return 1 if stale() else 0
    wanted = pages()
    (DOCS / "analyses").mkdir(exist_ok=True)
    for path in stale():
        if path in wanted:
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
        print(path.relative_to(DOCS.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
