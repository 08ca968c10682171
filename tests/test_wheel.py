"""The wheel holds all that runs, and runs in an environment of its own."""

import json
import os
import shutil
import subprocess
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from vitalfew.catalogue import catalogue

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "vitalfew"
GROWN = {"__pycache__"}


@pytest.fixture(scope="module")
def uv() -> str:
    found = shutil.which("uv", path=f"{ROOT / '.boot' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        pytest.skip("uv is neither in .boot (`make setup` puts it there) nor on the path")
    return found


@pytest.fixture(scope="module")
def wheel(uv: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [uv, "build", "--wheel", "--offline", "--quiet", "--out-dir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own command)
    if built.returncode and "hatchling" in built.stderr:
        pytest.skip("the build needs hatchling, which uv does not have at hand and may not fetch in a test")
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(uv: str, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and behind it the libraries of this one."""
    folder = tmp_path_factory.mktemp("house")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    command = [uv, "pip", "install", "--offline", "--quiet", "--no-deps", "--python", str(python), str(wheel)]
    subprocess.run(command, check=True)  # noqa: S603  (our own command)
    libraries = next((folder / "lib").glob("python*")) / "site-packages" / "libraries.pth"
    libraries.write_text(sysconfig.get_path("purelib"))
    return folder


def run(house: Path, *words: str) -> str:
    """What a command of the installed vitalfew prints."""
    env = {"PATH": os.environ["PATH"], "VITALFEW_HOME": str(house / "home"), "LANG": "C.UTF-8"}
    return subprocess.run(  # noqa: S603  (our own command)
        [house / "bin" / words[0], *words[1:]], check=True, capture_output=True, text=True, env=env, cwd=house
    ).stdout


def test_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    inside = {name for name in ZipFile(wheel).namelist() if not name.split("/")[0].endswith(".dist-info")}
    files = (path for path in PACKAGE.rglob("*") if path.is_file() and not GROWN & set(path.parts))

    assert inside == {f"vitalfew/{path.relative_to(PACKAGE).as_posix()}" for path in files}


@pytest.mark.parametrize(
    "name",
    [
        "templates/base.html",
        "api/templates/api/docs.html",
        "static/app.css",
        "static/vendored/echarts.js",
        "locale/zh_Hans/LC_MESSAGES/django.mo",
        "locale/zh_Hant/LC_MESSAGES/django.mo",
        "accounts/migrations/0001_initial.py",
        "site/formats/en/formats.py",
    ],
)
def test_wheel_holds(wheel: Path, name: str) -> None:
    assert f"vitalfew/{name}" in ZipFile(wheel).namelist()


def test_licence_travels_along(wheel: Path) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in ZipFile(wheel).namelist())


def test_installed_command_runs(installed: Path) -> None:
    place = run(installed, "python", "-c", "import vitalfew; print(vitalfew.__file__)")

    assert Path(place.strip()).is_relative_to(installed)
    assert "analyse" in run(installed, "vitalfew", "--help")
    assert [each["name"] for each in json.loads(run(installed, "vitalfew", "analyses", "--json"))] == list(catalogue())


def test_installed_command_makes_a_home(installed: Path) -> None:
    said = run(installed, "vitalfew", "--lang", "en", "init")

    assert "Administrator: admin" in said
    assert (installed / "home").is_dir()
