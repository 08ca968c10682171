"""A sentence for every account, said in three languages."""

import numpy as np
import pyarrow as pa
import pytest

from vitalfew.language import Count, Message, Money, Names, Percent, Word, say_kept, translate
from vitalfew.sentences import amounts, counts, days, kept, labels, numbers, opened, percents, texts, told
from vitalfew.terms import NextAction
from vitalfew.warehouse.readers import Refused


def test_what_is_kept_is_what_a_message_stores():
    column = kept(told("{n} {p} {m} {w}", n=counts([3]), p=percents([0.5], signed=True), m=amounts([12.5], "CNY"),
                       w=labels(NextAction, pa.array(["ask"]))))  # fmt: skip
    message = Message(
        "{n} {p} {m} {w}",
        {"n": Count(3), "p": Percent(0.5, 0, signed=True), "m": Money(12.5, "CNY"), "w": Word("Ask the customer")},
    )

    for language in ("en", "zh-hans", "zh-hant"):
        assert say_kept(column[0].as_py(), language) == message.say(language)


def test_a_sentence_whose_figure_is_unknown_is_not_said():
    column = kept(
        told("Silent {d}.", d=counts([np.nan, 3])),
        told("Late.", where=np.array([False, True])),
        told("{n}.", n=numbers([np.inf, 1.25], 2)),
    )

    assert column[0].as_py() is None
    assert say_kept(column[1].as_py(), "en") == "Silent 3. Late. 1.25."


@pytest.mark.parametrize("name", ['Zhang "Tools" & Co', "back\\slash", "two\nlines", "五金"])
def test_names_are_said_as_they_are(name):
    column = kept(told("{name}: {day}", name=texts(pa.array([name])), day=days([20_000])))

    assert say_kept(column[0].as_py(), "en") == f"{name.replace(chr(10), ' ')}: 4 October 2024"


def test_sentences_are_kept_again_beside_others():
    first = kept(told("One.", where=np.array([True, False])))
    both = kept(opened(first), told("Two.", where=np.array([True, True])))

    assert [say_kept(each, "en") for each in both.to_pylist()] == ["One. Two.", "Two."]


def test_names_in_a_row_are_parted_as_the_language_does():
    said = Message("{names}", {"names": Names(["CNY", "USD"])})

    assert [Message.restored(said.stored()).say(each) for each in ("en", "zh-hans")] == ["CNY, USD", "CNY、USD"]


def test_headings_in_a_row_are_parted_as_the_language_does():
    refused = Refused("missing_column", columns=("Order number", "Customer"), headings=("甲", "乙"))

    assert "甲、乙" in refused.say(lambda text: translate(text, "zh-hans"))
    assert "甲, 乙" in refused.say()


def test_a_sentence_kept_in_former_words_is_said_in_present_ones():
    kept_then = '[{"text": "Silent for {n} days; won back, it is worth {value}.", "figures": {"n": ["Count", 1], "value": "¥5"}}]'

    assert say_kept(kept_then, "en") == "Silent for 1 day; won back, it is worth ¥5."
    assert "Silent" not in say_kept(kept_then, "zh-hans")
    assert translate("Turn the loss", "zh-hans") == "扭转亏损"


@pytest.mark.parametrize(
    ("n", "said"), [(1, "1 complaint is open"), (2, "2 complaints are open"), (0, "0 complaints are open")]
)
def test_one_is_said_in_the_singular(n, said):
    text = "{n} {n:complaint is|complaints are} open, the oldest since {day}."
    column = kept(told(text, n=counts([n]), day=days([20_000])))

    assert Message(text, {"n": Count(n), "day": "2024"}).say("en") == f"{said}, the oldest since 2024."
    assert say_kept(column[0].as_py(), "en").startswith(said)
    assert "{" not in Message(text, {"n": Count(n), "day": "2024"}).say("zh-hans")
