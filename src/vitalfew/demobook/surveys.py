"""Surveys twice a year: trust, commitment, satisfaction, recommendation, delivered value, and the same value at rivals.

Behind the answers stands one latent quality per account, with satisfaction → trust → commitment as in the
literature, so a path model has something to find and the scales are reliable. It falls while a cause of loss is at
work; where the cause is a stronger rival, the rival's marks rise. A respondent's view of a rival is a response of
its own (``…-R``).

Scales: trust, commitment, satisfaction 1 to 7; nps 0 to 10; overall and the eight items of delivered value 1 to 10 (for
the costs, high means costly).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.demobook.arrays import Chance, Flags, Ints, Reals
from vitalfew.demobook.columns import day, numbered, picked, table
from vitalfew.demobook.contacts import Contact, contact_ids
from vitalfew.demobook.losses import RIVAL, STRATEGY, Losses
from vitalfew.demobook.service import Served

RIVALS: Final = ("沃岭电器", "泰岚家电", "凯屿电器", "禾颂科技")
_CONSTRUCTS: Final = ("satisfaction", "trust", "commitment")
_RELATION: Final = tuple(f"{name}_{number}" for name in _CONSTRUCTS for number in (1, 2, 3))
_VALUE: Final = (
    "overall", "value_product", "value_service", "value_people", "value_image",
    "cost_money", "cost_time", "cost_energy", "cost_mind",
)  # fmt: skip
ITEMS: Final = (*_RELATION, "nps", *_VALUE)
_LOW: Final = np.array([1] * 9 + [0] + [1] * 9)
_HIGH: Final = np.array([7] * 9 + [10] + [10] * 9)
_FIRST, _EVERY = 75, 182
_ANSWERS: Final = 0.62
_SPEAKING: Final = frozenset({"president", "director", "manager", "specialist"})
_RATES_RIVAL: Final = 0.7


@dataclass(frozen=True, eq=False)
class Answers:
    """Who answered when; ``quality`` is the latent satisfaction, ``rival_edge`` how far the rival is ahead."""

    account: Ints
    contact: Ints
    day: Ints
    quality: Reals
    rival_edge: Reals
    rival: Ints


def survey_table(rng: Chance, served: Served, known: list[Contact]) -> pa.Table:
    answers = _asked(rng, served, known)
    number = numbered("SV-", np.arange(1, len(answers.day) + 1), 5)
    ours = _rows(number, answers, _our_scores(rng, answers), np.full(len(answers.day), -1))
    rates = rng.random(len(answers.day)) < _RATES_RIVAL
    theirs = _rows(pc.binary_join_element_wise(number, "R", "-"), answers, _rival_scores(rng, answers), answers.rival)
    parts = [
        _flat(served, ours, np.ones(len(rates), dtype=bool), 0),
        _flat(served, theirs, rates, ITEMS.index("overall")),
    ]
    return pa.concat_tables(parts).combine_chunks()


def of_those_there(answers: pa.Table, contacts: pa.Table) -> pa.Table:
    """Only what people answered while they were at the account."""
    place = pc.index_in(answers["respondent"], value_set=contacts["contact_id"].combine_chunks())
    on, since, left_on = answers["answered_on"], contacts["since"].take(place), contacts["left_on"].take(place)
    return answers.filter(
        pc.and_(pc.less_equal(since, on), pc.fill_null(pc.less_equal(on, left_on), True))
    ).combine_chunks()


def _asked(rng: Chance, served: Served, known: list[Contact]) -> Answers:
    account = np.array([contact.account for contact in known])
    speaking = np.array([contact.role.level in _SPEAKING for contact in known])
    waves = np.arange(served.period.start + _FIRST, served.period.end, _EVERY)
    contact, wave = np.nonzero((rng.random((len(known), len(waves))) < _ANSWERS * 0.6) & speaking[:, None])
    on = waves[wave] + rng.integers(0, 25, len(wave))
    first, last = served.lasts
    held = (on >= first[account[contact]] + 30) & (on <= last[account[contact]])
    contact, on = contact[held], on[held]
    return _felt(rng, served, account[contact], contact, on)


def _felt(rng: Chance, served: Served, account: Ints, contact: Ints, on: Ints) -> Answers:
    losses, count = served.losses, len(served.accounts)
    lasting = rng.normal(0, 0.8, count)
    progress = _progress(losses, account, on)
    rival = losses.cause[account] == RIVAL
    hurt = np.where(losses.cause[account] == STRATEGY, 0.2, 1.6)
    quality = lasting[account] - hurt * progress + rng.normal(0, 0.45, len(on))
    edge = rng.normal(-0.5, 0.6, count)[account] + np.where(rival, 2.2 * progress, 0)
    return Answers(account, contact, on, quality, edge, rng.integers(0, len(RIVALS), count)[account])


def _progress(losses: Losses, account: Ints, on: Ints) -> Reals:
    """From 0 before the cause shows, a jump to one half, then to 1 on the day of leaving."""
    since, left_on = losses.since[account], losses.left_on[account]
    share = np.clip((on - since) / np.maximum(left_on - since, 1), 0, 1)
    return np.where(on >= since, 0.5 + share / 2, 0.0)


def _our_scores(rng: Chance, answers: Answers) -> Reals:
    satisfaction = answers.quality
    trust = 0.65 * satisfaction + rng.normal(0, 0.5, len(satisfaction))
    commitment = 0.35 * satisfaction + 0.45 * trust + rng.normal(0, 0.5, len(satisfaction))
    relation = np.repeat(np.column_stack([satisfaction, trust, commitment]), 3, axis=1)
    recommends = 0.6 * satisfaction + 0.5 * commitment
    marks = np.column_stack([4.9 + 1.15 * relation, 7.2 + 1.9 * recommends, _value_marks(satisfaction)])
    return marks + rng.normal(0, 0.6, marks.shape)


def _rival_scores(rng: Chance, answers: Answers) -> Reals:
    """Only overall and delivered value are asked about rivals."""
    felt = answers.quality * 0.2 + answers.rival_edge
    blank = np.zeros((len(felt), ITEMS.index("overall")))
    return np.column_stack([blank, _value_marks(felt) + rng.normal(0, 0.6, (len(felt), len(_VALUE)))])


def _value_marks(felt: Reals) -> Reals:
    """Overall and four values rise with what is felt, four costs fall."""
    marks: Reals = 6.6 + felt[:, None] * np.array([1.4, 1.1, 1.4, 1.2, 0.9, -0.7, -0.9, -0.8, -1.0])
    return marks


@dataclass(frozen=True, eq=False)
class _Rows:
    number: pa.Array
    answers: Answers
    scores: Reals
    rival: Ints


def _rows(number: pa.Array, answers: Answers, scores: Reals, rival: Ints) -> _Rows:
    return _Rows(number, answers, np.clip(np.round(scores), _LOW, _HIGH), rival)


def _flat(served: Served, rows: _Rows, kept: Flags, first_item: int) -> pa.Table:
    """One row an answer, for the kept responses and the items from ``first_item``."""
    items = np.arange(first_item, len(ITEMS))
    response = np.repeat(np.flatnonzero(kept), len(items))
    item = np.tile(items, int(kept.sum()))
    answers = rows.answers
    columns: dict[str, Any] = {
        "response_id": rows.number.take(pa.array(response)),
        "item": picked(ITEMS, item),
        "customer": picked(served.accounts.code, answers.account[response]),
        "answered_on": day(answers.day[response]),
        "respondent": contact_ids(int(answers.contact.max()) + 1).take(pa.array(answers.contact[response])),
        "scale_min": pa.array(_LOW[item].astype(np.float64)),
        "scale_max": pa.array(_HIGH[item].astype(np.float64)),
        "score": pa.array(rows.scores[response, item]),
        "competitor": picked(RIVALS, rows.rival[response]),
    }
    return table("surveys", columns)
