"""Collects every word of the screens into the translation files, and compiles them.

    python tools/messages.py           collect, merge, compile
    python tools/messages.py --check   fail where a word is missing, unfinished, or a compiled file is stale

Words are marked with ``_("…")`` in Python, ``{% translate %}`` and ``{% blocktranslate %}`` in templates. Traditional
Chinese starts as the conversion of Simplified Chinese (Taiwan's words) and may be corrected by hand: a sentence that stands in
``zh_Hant`` and isn't marked fuzzy is kept. Words that are right in Taiwan and Hong Kong alike, and that the conversion doesn't
know, stand in ``CORRECTED``; they hold for every sentence.
"""

import io
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "vitalfew"
KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"))
LANGUAGES = {"zh_Hans": "zh_Hans", "zh_Hant": "zh_Hant"}
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""The same words give the same files, whenever they are compiled."""
VARIABLES = re.compile(r"%\((\w+)\)s|\{(\w+)[^}]*\}")

CORRECTED = {
    "“": "「",
    "”": "」",
    "‘": "『",
    "’": "』",
    "沒有采": "沒有採",
    "有采購": "有採購",
    "多采購": "多採購",
    "賬冊": "帳簿",
    "賬": "帳",
    "占": "佔",
    "合同": "合約",
    "同比": "較去年同期",
    "質量": "品質",
    "水平": "水準",
    "響應": "回應",
    "物件": "對象",
    "許可權": "權限",
    "字首": "前綴",
    "數據": "資料",
    "後臺程序": "背景程式",
    "後臺": "背景",
    "引數": "參數",
    "令牌": "權杖",
    "吊銷": "撤銷",
    "正態": "常態",
    "方差": "變異數",
    "釋出通知": "發布通知",
    "回款": "收款",
    "客戶份額": "荷包佔有率",
    "彙報": "匯報",
    "支援：": "支持：",
    "支援我方": "支持我方",
    "回車鍵": "Enter 鍵",
    "各周": "各週",
    "該周": "該週",
    "按周": "按週",
    "的周也": "的週也",
    "為周，": "為週，",
    "}周": "}週",
}
"""Words that Taiwan and Hong Kong share and the conversion misses, in the order in which they are put right."""
NARROW = re.compile(
    r"(?<=[\u4e00-\u9fff」”）}])[,;:!?](?=[\u4e00-\u9fff「“（{%])|(?<=[\u4e00-\u9fff])[,;]|(?<=\))[,;](?=[\u4e00-\u9fff])"
)
"""A narrow mark between Chinese characters; addresses such as ``user:password@`` keep theirs."""

LATIN_COMMA = re.compile(r"(?<=[^\W\u3400-\u9fff]|[.)\[\]²])([，；：])(?: (?=[^\W\u3400-\u9fff]|[.(\[&])|(?=\n[A-Z]))")
"""A wide mark that ends a piece of Latin text, such as a reference's, and goes on with its space."""
WIDE_SPACE = re.compile(r"(?<=[，；：）]) (?=[^ ])")
WORD = re.compile("[A-Za-z0-9]")
HAN = re.compile(r"[\u3400-\u9fff]")
NARROWED = {"，": ",", "；": ";", "：": ":"}
OPENING, CLOSING = "(（", ")）"

HANZI = r"[\u3400-\u9fff]"
PATHS = "file|files|folder|port|command|form|columns|example|fields"
FIGURE = rf"(?:\{{(?!(?:{PATHS})\}})[^{{}}]*\}}|%\((?!(?:{PATHS})\))[a-z_]+\)s|\d)"
APART = re.compile(rf"{HANZI} {FIGURE}|{FIGURE} {HANZI}|\d %")
"""A space between Chinese characters and a figure or a name: they stand close, in every sentence alike."""

LOST = re.compile(r"""\{% translate (?:[a-z][^'"\s]*|"[^"]*%[^"]*"|'[^']*%[^']*') %\}""")


def collected() -> Catalog:
    """Every marked word of the package."""
    catalog = Catalog(project="vitalfew", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*.py")):
        _add(catalog, path, path.read_bytes())
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        _add(catalog, path, _as_python(path).encode())
    for name, method in _methods().items():
        catalog.add(method, locations=[(f"src/vitalfew/analyses/{name}.py", 0)])
    for text in sorted(_helps()):
        catalog.add(text, locations=[("src/vitalfew/outlets/cli/app.py", 0)])
    return catalog


def _helps() -> set[str]:
    """What the commands say on ``--help``."""
    import typer

    from vitalfew.outlets.cli.app import app
    from vitalfew.outlets.cli.helping import texts

    return texts(typer.main.get_command(app))


@cache
def _methods() -> dict[str, str]:
    """The method of each analysis, as its page shows it."""
    from vitalfew.catalogue import catalogue

    return {each.name.replace("-", "_"): each.description for each in catalogue().values()}


def _as_python(path: Path) -> str:
    """A template's words as calls that a Python extractor finds (Django's own conversion)."""
    import django
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}], USE_I18N=True)
        django.setup()
    lines = str(templatize(path.read_text(encoding="utf-8"), origin=str(path))).splitlines()
    return "\n".join(line.lstrip() for line in lines)


def _add(catalog: Catalog, path: Path, source: bytes) -> None:
    place = path.relative_to(ROOT).as_posix()
    for _line, _function, message, _comments in extract_python(io.BytesIO(source), KEYWORDS, [], {"encoding": "utf-8"}):
        single = message[0] if isinstance(message, tuple) else message
        if single:
            catalog.add(single, locations=[(place, 0)])


def _path(locale: str, suffix: str) -> Path:
    return PACKAGE / "locale" / locale / "LC_MESSAGES" / f"django.{suffix}"


def _known(locale: str) -> Catalog:
    path = _path(locale, "po")
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def merged(locale: str, words: Catalog) -> Catalog:
    """The words with what is translated already; words that are gone are dropped."""
    known, fresh = (
        _known(locale),
        Catalog(locale=locale, project="vitalfew", fuzzy=False, header_comment="# The words of vitalfew."),
    )
    for message in words:
        if message.id:
            old = known.get(message.id)
            fresh.add(message.id, old.string if old and not old.fuzzy else "", locations=message.locations)
    return fresh


def _convert(hans: Catalog, hant: Catalog) -> None:
    """Fill what Traditional Chinese lacks from Simplified Chinese, and put its words right."""
    from opencc import OpenCC

    convert = OpenCC("s2twp").convert
    for message in hant:
        source = hans.get(message.id) if message.id else None
        if source and source.string:
            message.string = corrected(str(message.string or convert(str(source.string))))


def set_as_latin(text: str) -> str:
    """A method in Chinese with its references and formulas in the punctuation of Latin text: ``Juran, J. M. (1951)``."""
    signs = list(text)
    for opened, closed in _pairs(text):
        inside, before = text[opened + 1 : closed], text[:opened].rstrip(" ")[-1:]
        narrow = not HAN.search(inside) and (_latin(before) or text[opened] == "(" or WORD.match(text, closed + 1))
        if narrow or text[opened] != "(" or text[closed] != ")":
            signs[opened], signs[closed] = "()" if narrow else "（）"
    narrowed = LATIN_COMMA.sub(lambda mark: mark[0].replace(mark[1], NARROWED[mark[1]]), "".join(signs))
    return WIDE_SPACE.sub("", narrowed)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Where brackets open and close, whichever width they have."""
    open_at: list[int] = []
    for place, sign in enumerate(text):
        if sign in OPENING:
            open_at.append(place)
        elif sign in CLOSING and open_at:
            yield open_at.pop(), place


def _latin(sign: str) -> bool:
    return bool(sign) and sign not in "`\n" and not HAN.match(sign) and sign not in "，。；：、（）“”「」"


def corrected(text: str) -> str:
    for missed, right in CORRECTED.items():
        text = text.replace(missed, right)
    return text


def _bytes(catalog: Catalog) -> tuple[bytes, bytes]:
    catalog.creation_date = catalog.revision_date = NO_DATE
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    write_mo(mo, catalog)
    text = re.sub(
        rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To):.*\n',
        b"",
        po.getvalue(),
    )
    return text, mo.getvalue()


def update() -> int:
    """Write the translation files anew and say what is missing."""
    words = collected()
    catalogs = {locale: merged(locale, words) for locale in LANGUAGES}
    _convert(catalogs["zh_Hans"], catalogs["zh_Hant"])
    for method in _methods().values():
        for catalog in catalogs.values():
            catalog[method].string = set_as_latin(str(catalog[method].string))
    for locale, catalog in catalogs.items():
        _path(locale, "po").parent.mkdir(parents=True, exist_ok=True)
        po, mo = _bytes(catalog)
        _path(locale, "po").write_bytes(po)
        _path(locale, "mo").write_bytes(mo)
    missing = list(problems(words))
    print(f"{len(words)} words; {len(missing)} to be translated")
    return 0


def problems(words: Catalog) -> Iterator[str]:
    """What a reader would stumble on: a word without translation, a lost placeholder, a mark of the wrong width."""
    methods = set(_methods().values())
    for locale in LANGUAGES:
        known = _known(locale)
        for message in words:
            if not message.id:
                continue
            found = known.get(message.id)
            if not found or not found.string or found.fuzzy:
                yield f"{locale}: not translated: {message.id!r}"
            elif variables(str(message.id)) != variables(str(found.string)):
                yield f"{locale}: placeholders differ: {message.id!r}"
            elif "://" not in message.id and NARROW.search(str(found.string)):
                yield f"{locale}: narrow punctuation between Chinese characters: {message.id!r}"
            elif "\n" not in message.id and APART.search(str(found.string)):
                yield f"{locale}: a space between Chinese characters and a figure: {message.id!r}"
            elif message.id in methods and set_as_latin(str(found.string)) != found.string:
                yield f"{locale}: wide punctuation inside Latin text: {message.id!r}"


def renamed_to_nothing(words: Catalog) -> Iterator[str]:
    """Kept sentences are said in their present words: these must be there, and the former ones gone."""
    for former, present in json.loads((PACKAGE / "locale" / "renamed.json").read_text("utf-8")).items():
        if present not in words or former in words:
            yield f"renamed.json: {former!r} is still used, or {present!r} isn't"


def lost_in_templates() -> Iterator[str]:
    """Django's tag doubles percent signs before it looks a word up, and finds nothing."""
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        for found in LOST.findall(path.read_text(encoding="utf-8")):
            yield f"{path.name}: write {{{{ …|tr }}}} instead of {found}"


def variables(text: str) -> set[str]:
    return {first or second for first, second in VARIABLES.findall(text)}


def check() -> int:
    """Fail on anything missing or stale."""
    words = collected()
    found = [*problems(words), *lost_in_templates(), *renamed_to_nothing(words)]
    for locale in LANGUAGES:
        path = _path(locale, "mo")
        if not path.exists() or path.read_bytes() != _bytes(_known(locale))[1]:
            found.append(f"{locale}: the compiled file is stale: run `make messages`")
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(check() if "--check" in sys.argv else update())
