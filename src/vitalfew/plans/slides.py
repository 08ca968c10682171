"""A plan as a few slides: where the account stands, the four fields, goals, actions, promotions and white space.

Texts are real text boxes and tables of the presentation, in the user's language, so that they can be edited.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.text import Truncator

from vitalfew.accounts.models import Account
from vitalfew.language import Day, Language, Message, Money, Percent, say_kept, translate
from vitalfew.people.language import language
from vitalfew.plans.models import Plan
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

WIDE, HIGH, EDGE = 13.333, 7.5, 0.6
"""Of a slide, in inches."""
TEAL, GREY = "0F5C5C", "566066"
FONTS: Final[Mapping[Language, str]] = {
    "zh-hans": "Microsoft YaHei",
    "zh-hant": "Microsoft JhengHei",
    "en": "Calibri",
}
ROWS: Final = 8
"""So many rows of a table stand on one slide."""
LONGEST: Final = 420
"""So many hanzi of a text stand on a slide; of letters, twice as many."""
IN_A_CELL, IN_A_LINE, IN_A_FIELD = 50, 110, 160
Cells = Sequence[str]


class Deck:
    """Slides in one language."""

    def __init__(self, spoken: Language) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self.language, self.inches = spoken, Inches
        self.book = Presentation()
        self.book.slide_width, self.book.slide_height = Inches(WIDE), Inches(HIGH)

    def cut(self, text: str, most: int) -> str:
        return Truncator(text).chars(most * (2 if self.language == "en" else 1))

    def tr(self, text: object) -> str:
        return translate(str(text), self.language)

    def slide(self, title: str, under: str = "") -> Any:
        made = self.book.slides.add_slide(self.book.slide_layouts[5])
        self._write(made.shapes.title, title, 28, TEAL, bold=True)
        self._edged(made)
        self._place(made.shapes.title, EDGE, 0.35, WIDE - 2 * EDGE, 0.8)
        if under:
            self.text(made, under, (EDGE, 1.1, WIDE - 2 * EDGE, 0.4), 14, GREY)
        return made

    def _edged(self, slide: Any) -> None:
        """A line in the house's colour down the left edge."""
        from pptx.enum.shapes import MSO_SHAPE

        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, self.inches(0.18), self.inches(HIGH))
        bar.fill.solid()
        bar.fill.fore_color.rgb = self._colour(TEAL)
        bar.line.fill.background()

    def text(
        self, slide: Any, said: str, box: tuple[float, float, float, float], size: int, colour: str = "1B2326"
    ) -> None:
        self._write(slide.shapes.add_textbox(*(self.inches(each) for each in box)), said, size, colour)

    def table(self, title: str, head: Cells, rows: Sequence[Cells], widths: Sequence[float]) -> None:
        """On as many slides as it needs."""
        for start in range(0, len(rows), ROWS):
            self._one_table(self.slide(title), head, rows[start : start + ROWS], widths)

    def _one_table(self, slide: Any, head: Cells, rows: Sequence[Cells], widths: Sequence[float]) -> None:
        box = (EDGE, 1.5, WIDE - 2 * EDGE, 0.5 * (len(rows) + 1))
        table = slide.shapes.add_table(len(rows) + 1, len(head), *(self.inches(each) for each in box)).table
        for place, part in enumerate(widths):
            table.columns[place].width = self.inches((WIDE - 2 * EDGE) * part)
        for number, cells in enumerate([head, *rows]):
            for place, said in enumerate(cells):
                self._cell(table.cell(number, place), self.cut(said, IN_A_CELL), head=number == 0)

    def _cell(self, cell: Any, said: str, *, head: bool) -> None:
        cell.fill.solid()
        cell.fill.fore_color.rgb = self._colour(TEAL if head else "FFFFFF")
        self._fill(cell.text_frame, said, 15, "FFFFFF" if head else "1B2326", bold=head)

    def _write(self, shape: Any, said: str, size: int, colour: str, *, bold: bool = False) -> None:
        shape.text_frame.word_wrap = True
        self._fill(shape.text_frame, said, size, colour, bold=bold)

    def _fill(self, frame: Any, said: str, size: int, colour: str, *, bold: bool = False) -> None:
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        frame.text = said
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
            for run in paragraph.runs:
                run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, self._colour(colour)
                self._face(run)

    def _face(self, run: Any) -> None:
        """Hanzi in the font of the language, whichever font the rest has."""
        from pptx.oxml.ns import qn

        run.font.name = FONTS[self.language]
        properties = run.font._element  # noqa: SLF001  (the library knows no font of hanzi)
        far_east = properties.makeelement(qn("a:ea"), {"typeface": FONTS[self.language]})
        properties.find(qn("a:latin")).addnext(far_east)

    def _place(self, shape: Any, left: float, top: float, width: float, height: float) -> None:
        shape.left, shape.top, shape.width, shape.height = (self.inches(each) for each in (left, top, width, height))

    def _colour(self, code: str) -> Any:
        from pptx.dml.color import RGBColor

        known: Any = RGBColor
        return known.from_string(code)

    def written(self) -> bytes:
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


def pptx(told: Mapping[str, Any]) -> bytes:
    """The slides of what the plan's page shows."""
    deck, plan = Deck(language()), told["plan"]
    _cover(deck, plan, plan.account)
    _situation(deck, told["situation"])
    _fields(deck, told["swot"])
    for title, head, rows, widths in _tables(deck, plan, told):
        if rows:
            deck.table(deck.tr(title), [deck.tr(each) for each in head], rows, widths)
    _selling(deck, plan)
    return deck.written()


def _cover(deck: Deck, plan: Plan, account: Account) -> None:
    slide = deck.slide(account.name, f"{plan.title} · {_day(deck, plan.since)} – {_day(deck, plan.until)}")
    lines = [
        f"{deck.tr(_('Who sees to it'))}{deck.tr(_(': '))}{plan.owner or '–'}",
        f"{deck.tr(_('State'))}{deck.tr(_(': '))}{deck.tr(plan.get_state_display())}",
        deck.tr(_("Confidential: for our own people")),
    ]
    deck.text(slide, "\n".join(lines), (EDGE, 2.2, WIDE - 2 * EDGE, 2), 18)


def _situation(deck: Deck, found: Any) -> None:
    if found is None:
        return
    figures = "   ".join(f"{deck.tr(each.label)} {_figure(deck, each, found.currency)}" for each in found.figures)
    slide = deck.slide(deck.tr(_("How it stands")), figures)
    lines = [f"{deck.tr(label)}{deck.tr(_(': '))}{say_kept(words, deck.language)}" for label, words in found.said]
    deck.text(slide, "\n".join(deck.cut(line, IN_A_LINE) for line in lines), (EDGE, 1.6, WIDE - 2 * EDGE, 5.3), 14)


def _figure(deck: Deck, each: Any, currency: str) -> str:
    said = Money(each.value, currency) if each.unit is Unit.MONEY else Percent(each.value, 0)
    return said.say(deck.language)


def _fields(deck: Deck, swot: Sequence[tuple[Any, str]]) -> None:
    """Two by two."""
    slide = deck.slide(deck.tr(_("Strengths, weaknesses, opportunities, threats")))
    width, height = (WIDE - 2 * EDGE - 0.3) / 2, 2.6
    for place, (field, said) in enumerate(swot):
        left, top = EDGE + (place % 2) * (width + 0.3), 1.4 + (place // 2) * (height + 0.2)
        deck.text(slide, deck.tr(field.label), (left, top, width, 0.4), 16, TEAL)
        deck.text(slide, deck.cut(said or "–", IN_A_FIELD), (left, top + 0.4, width, height - 0.4), 15)


def _tables(
    deck: Deck, plan: Plan, told: Mapping[str, Any]
) -> Iterator[tuple[str, Cells, list[Cells], Sequence[float]]]:
    goals: list[Cells] = [
        (each.goal.text, deck.tr(each.goal.get_measure_display()) + f" {each.goal.category}", _say(deck, each.target),
         _say(deck, each.reached), deck.tr(each.course.label))
        for each in told["goals"]
    ]  # fmt: skip
    head: Cells = (
        _("What is to be reached"),
        _("Measured by"),
        _("Target"),
        _("Reached so far"),
        _("How it is going"),
    )
    yield _("Goals"), head, goals, (0.3, 0.26, 0.14, 0.18, 0.12)
    steps: list[Cells] = [
        (each.text, _day(deck, each.due), str(each.owner or "–"), _day(deck, each.done_on) if each.done_on else "–")
        for each, _mine in told["steps"]
    ]
    head = (_("What is to be done"), _("By when"), _("Who sees to it"), _("Done"))
    yield _("Planned actions"), head, steps, (0.5, 0.18, 0.16, 0.16)
    white: list[Cells] = [
        (each.target.category, _money(plan, deck, each.target.amount), _bought(plan, deck, each.reading))
        for each in told["targets"]
    ]
    yield _("White space"), (_("Category"), _("Target"), _("Bought so far")), white, (0.5, 0.25, 0.25)
    joint: list[Cells] = [
        (row.name, f"{_day(deck, row.since)} – {_day(deck, row.until)}", "、".join(row.promoted)
         if deck.language != "en" else ", ".join(row.promoted), _money(plan, deck, row.ours), _money(plan, deck, row.theirs))
        for row, _effect in told["promotions"]
    ]  # fmt: skip
    head = (_("Name of the promotion"), _("Time"), _("What is promoted"), _("ours"), _("theirs"))
    yield _("Joint promotions"), head, joint, (0.22, 0.28, 0.22, 0.14, 0.14)


def _selling(deck: Deck, plan: Plan) -> None:
    if not plan.sales_model and not plan.service:
        return
    slide = deck.slide(
        deck.tr(_("Sales model and service")), deck.tr(plan.get_sales_model_display()) if plan.sales_model else ""
    )
    said = "\n\n".join(each for each in (plan.sales_model_why, plan.service) if each)
    deck.text(slide, deck.cut(said, LONGEST), (EDGE, 1.7, WIDE - 2 * EDGE, 5), 16)


def _say(deck: Deck, message: Message) -> str:
    return message.say(deck.language)


def _day(deck: Deck, day: Any) -> str:
    return Day(day_number(day)).say(deck.language)


def _money(plan: Plan, deck: Deck, amount: Any) -> str:
    return Money(float(amount), plan.currency).say(deck.language)


def _bought(plan: Plan, deck: Deck, reading: Any) -> str:
    return _say(deck, reading.why) if reading.why else _money(plan, deck, reading.value)
