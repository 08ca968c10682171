"""Texts weighed and gathered: by hand, and whatever the order of words."""

import numpy as np
import pytest

from vitalfew.maths.text_groups import gathered, likeness_to, weighed

LATE, NOISE = ["truck", "late", "gate"], ["noise", "fridge", "night"]


def test_a_rare_word_weighs_more_and_a_vector_has_length_one():
    words, vectors = weighed([["a", "b"], ["a", "b"], ["a", "c"], ["a", "c"]])

    assert words == ("a", "b", "c")
    of_a, of_b = 1.0, np.log(5 / 3) + 1
    assert vectors[0] == pytest.approx([of_a / np.hypot(of_a, of_b), of_b / np.hypot(of_a, of_b), 0])


def test_what_says_the_same_is_one_group_told_by_its_words():
    texts = [LATE, NOISE, LATE[::-1], NOISE, [*LATE, "rain"], ["alone"], NOISE, ["rain", "sun"], ["sun"]]
    known = weighed(texts)

    late, noise = gathered(known, range(len(texts)))
    assert (late.members, noise.members) == ((0, 2, 4), (1, 3, 6))
    assert set(late.words) == set(LATE)
    assert set(noise.words) == set(NOISE)
    assert noise.likeness == pytest.approx(1)
    assert likeness_to(known, noise.members, 1) == pytest.approx(1)
    assert likeness_to(known, noise.members, 0) == 0


def test_texts_that_are_left_out_or_too_few_make_no_group():
    texts = [LATE, LATE, NOISE, NOISE, NOISE]

    assert [each.members for each in gathered(weighed(texts), range(5))] == [(2, 3, 4)]
    assert gathered(weighed(texts), [0, 1, 2, 3]) == []
    assert gathered(weighed([]), []) == []
