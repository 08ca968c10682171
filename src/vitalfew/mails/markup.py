r"""The words of an HTML text, and nothing that it would load or run.

>>> words_of("<p>A&amp;B<br>C</p><script>x</script><img src='http://spy.example/1'>")
'A&B\nC'
"""

import re
from html.parser import HTMLParser
from typing import Final

MOST: Final = 200_000
SILENT: Final = frozenset({"script", "style", "head", "title", "template"})
BREAKING: Final = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  (the parser's signature)
        self.silent += tag in SILENT
        if tag in BREAKING:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT and self.silent > 0
        if tag in BREAKING:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(re.sub(r"\s+", " ", data))


def words_of(html: str) -> str:
    parser = _Words()
    parser.feed(html[:MOST])
    lines = (line.strip() for line in "".join(parser.pieces).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
