"""docs/map.md is compared with the tree: a newcomer believes it."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "vitalfew"
MAP = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
LEFT_OUT = {"migrations", "locale", "static", "__pycache__"}
PATH = re.compile(r"[\w./-]+")


def named() -> list[tuple[str, str]]:
    """What stands in backticks and looks like a path, with the heading it stands under."""
    found, heading = [], ""
    for line in re.sub(r"```.*?```", "", MAP, flags=re.DOTALL).splitlines():
        heading = line.removeprefix("## ") if line.startswith("## ") else heading
        found += [(heading, text) for text in re.findall(r"`([^`]+)`", line) if PATH.fullmatch(text)]
    return [(heading, text) for heading, text in found if "/" in text or text.endswith(".py") or exists(heading, text)]


def places(heading: str, text: str) -> list[Path]:
    return [ROOT / text, PACKAGE / text, PACKAGE / heading / text, PACKAGE / "templates" / text]


def exists(heading: str, text: str) -> bool:
    return any(place.exists() for place in places(heading, text))


def floors() -> list[str]:
    """The lines of the picture, each without what is said of it."""
    picture = re.search(r"## Floors.*?```\n(.*?)```", MAP, flags=re.DOTALL)
    assert picture
    return [line.split("  ")[0] for line in picture[1].splitlines()]


def packages() -> list[str]:
    found = (path.parent.relative_to(PACKAGE) for path in PACKAGE.rglob("__init__.py"))
    return sorted(str(path) for path in found if path.parts and not LEFT_OUT & set(path.parts))


def modules() -> list[str]:
    return sorted(path.name for path in PACKAGE.glob("*.py") if path.name != "__init__.py")


def test_floors_are_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["name"] == "Floors")

    assert floors() == layers


@pytest.mark.parametrize("package", packages())
def test_package_is_on_the_map(package: str) -> None:
    reached = {place.resolve() for heading, text in named() for place in places(heading, text)}
    floor_names = {name for floor in floors() for name in re.split(r" [:|] ", floor)}

    inside = any(path.is_relative_to(PACKAGE / package) and path.exists() for path in reached)
    assert package in floor_names or inside


@pytest.mark.parametrize("module", modules())
def test_module_is_on_the_map(module: str) -> None:
    assert f"`{module}`" in MAP


@pytest.mark.parametrize(("heading", "text"), sorted(set(named())), ids=lambda part: part)
def test_path_on_the_map_exists(heading: str, text: str) -> None:
    assert exists(heading, text)
