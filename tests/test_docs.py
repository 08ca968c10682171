"""What the documents say is compared with the code."""

import re
import runpy
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from vitalfew.catalogue import catalogue
from vitalfew.outlets.cli.app import app
from vitalfew.warehouse.tables import KINDS, TABLES

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
REFERENCE = runpy.run_path(str(ROOT / "tools" / "docs.py"))
MAKE = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
CODE = re.compile(r"^(?: {4}|\t)(.+)$|`([^`\n]+)`", flags=re.MULTILINE)
WORDS = ("analyse", "import", "--input")
BY_US = {"VITALFEW_COLLECTED", "VITALFEW_SHARED"}
"""Set by ``vitalfew serve`` for its own processes, and where benchmarks find real books."""
PLACEHOLDERS = {"NAME", "KIND"}
LINK = re.compile(r"\]\(([^)\s]+)\)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def commands_in(page: Path, program: str) -> list[list[str]]:
    """The calls of a program in a page's code, as words after its name."""
    code = (first or second for first, second in CODE.findall(page.read_text(encoding="utf-8")))
    calls = (re.match(rf"(?:[A-Z_]+=\S+ )*(?:\S*/)?{program} (.+)", text.strip()) for text in code)
    return [call[1].split() for call in calls if call]


def known_options(command: Any) -> set[str]:
    return {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}


def unknown_in(words: list[str]) -> Iterator[str]:
    """The words of a call that the command line would not know."""
    command: Any = get_command(app)
    options, path = known_options(command), []
    for word in words:
        if word.startswith("--"):
            if word.split("=")[0] not in options:
                yield " ".join([*path, word])
        elif hasattr(command, "commands") and word in command.commands:
            command = command.commands[word]
            options |= known_options(command)
            path.append(word)
        elif hasattr(command, "commands") and not path and word not in {"zh-hans", "zh-hant", "en"}:
            yield word


def test_every_setting_is_told_to_who_runs_a_server() -> None:
    named = re.compile(r"VITALFEW_[A-Z_]*[A-Z]|DATABASE_URL")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "vitalfew").rglob("*.py"))
    told = "".join(
        (ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("how-to/run-a-server.md", "growing.md")
    )

    assert set(named.findall(code)) - BY_US <= set(named.findall(told))


def test_the_example_prints_what_its_page_shows() -> None:
    example = runpy.run_path(str(ROOT / "tools" / "example.py"))

    assert example["PAGE"].read_text(encoding="utf-8") == example["rendered"](), "run `make docs`"


def test_reference_is_what_the_code_says() -> None:
    assert [name_of(path) for path in REFERENCE["stale"]()] == [], "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    links = [link.split("#") for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]

    assert [link for link, *_anchor in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_a_heading(page: Path) -> None:
    links = [link.split("#") for link in LINK.findall(page.read_text(encoding="utf-8")) if "#" in link]

    for link, anchor in (pair for pair in links if "://" not in pair[0]):
        target = (page.parent / link if link else page).read_text(encoding="utf-8")
        assert f"## {anchor}\n" in target, anchor


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_exist(page: Path) -> None:
    assert [wrong for words in commands_in(page, "vitalfew") for wrong in unknown_in(words)] == []
    assert {words[0] for words in commands_in(page, "make")} <= MAKE


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_analyses_and_tables_of_commands_exist(page: Path) -> None:
    calls = commands_in(page, "vitalfew")
    after = {word: {b for words in calls for a, b in pairwise(words) if a == word} for word in WORDS}

    assert after["analyse"] - set(catalogue()) - PLACEHOLDERS == set()
    assert after["import"] - set(KINDS) - PLACEHOLDERS == set()
    assert {given.split("=")[0] for given in after["--input"]} <= set(TABLES)


def plain(words: list[str]) -> str:
    """A call without what differs by language: the names of files and columns, the language itself."""
    text = re.sub(r" ?--lang \S+", "", " ".join(words))
    return re.sub(r"(customer)=\S+", r"\1=…", re.sub(r"\w+\.csv", "….csv", text)).strip()


def test_both_readmes_name_the_same_commands() -> None:
    english, chinese = (ROOT / "README.md", ROOT / "README.zh-Hans.md")

    for program in ("make", "vitalfew"):
        assert commands_in(english, program) != []
        assert [plain(w) for w in commands_in(english, program)] == [plain(w) for w in commands_in(chinese, program)]


def test_commands_are_read_as_a_person_reads_them() -> None:
    assert list(unknown_in(["analyse", "pareto", "--input", "order_lines=orders.csv"])) == []
    assert list(unknown_in(["--lang", "en", "user", "add", "--role", "director"])) == []
    assert list(unknown_in(["analyze", "pareto"])) == ["analyze", "pareto"]
    assert list(unknown_in(["serve", "--ports", "80"])) == ["serve --ports"]
