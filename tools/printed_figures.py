"""Figures that papers and textbooks print, or that were worked out independently, and how this house's code computes them."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from samples import CARS, DRINKS, FIGHTERS, a, cdnow, correlations
from scipy.special import ndtri

import vitalfew
from vitalfew.maths import (
    accuracy,
    bdw,
    bg_bb,
    bg_cnbd_k,
    bg_nbd,
    concentration,
    discounting,
    gamma_gamma,
    mbg_nbd,
    nbd,
    pareto_nbd,
    plssem,
    reliability,
    sbg,
    stock,
)
from vitalfew.maths.activity_costing import costing
from vitalfew.maths.agreement import kappa
from vitalfew.maths.ahp import priorities
from vitalfew.maths.brier import brier
from vitalfew.maths.circular import month_angles, rayleigh
from vitalfew.maths.croston import croston
from vitalfew.maths.customer_equity import return_on_marketing
from vitalfew.maths.entropy_weights import entropies, entropy_weights
from vitalfew.maths.experiments import accounts_for_shares, lift
from vitalfew.maths.intervals import wilson
from vitalfew.maths.maxmin import maxmin
from vitalfew.maths.networks import centrality
from vitalfew.maths.odds import log_odds
from vitalfew.maths.recommendation import net_promoters
from vitalfew.maths.regularity import wheat_morrison
from vitalfew.maths.response import Response, response
from vitalfew.maths.survival import kaplan_meier
from vitalfew.maths.switching import lifetime_values
from vitalfew.maths.topsis import topsis
from vitalfew.maths.uplift import gains, qini
from vitalfew.maths.wallet_allocation import allocation
from vitalfew.maths.welch import Mean, difference

HALF, CUT_OFF, ROUNDED = 0.5, 1.0, 6.0
"""How far ours may be from the printed figure, in units of its last digit: rounded; cut off; from rounded parameters."""


class Figure(NamedTuple):
    """Some figures of one computation: their names, what is printed, and who computes them here."""

    section: str
    source: str
    by: str
    names: str
    printed: str
    ours: Callable[[], Any]
    within: float = HALF


COLUMNS = np.column_stack([a(1, 2, 3), a(10, 10, 40)])
REGULAR = a(1000, 631, 468, 382, 326, 289, 262, 241)
BEER, CAME = a(427, 383, 394, 473), a(420, 390, 410, 488, 415, 398, 419, 488, 414, 374)
MBG = {"r": 0.5, "alpha": 4.0, "a": 1.2, "b": 2.0}
PARETO = {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}
BG_BB = {"alpha": 1.0, "beta": 1.0, "gamma": 0.5, "delta": 3.0}
SBG = {"alpha": 0.704, "beta": 1.182}
CNBD = {"r": 1.0, "alpha": 3.0, "a": 0.5, "b": 1.0, "k": 2.0}
SPEND = {"p": 6.25, "q": 3.74, "v": 15.44}
BOUGHT, TREATED = np.array([1, 0, 1, 0, 0, 1], bool), np.array([1, 0, 1, 0, 1, 0], bool)
NONE = (2262, 21306)
KITE = ([1, 2, 3, 5], [3, 4, 6], [3, 5], [4, 5, 6], [6], [6, 7], [7], [8], [9])
SWITCHING = np.array([[[0.8, 0.2], [0.3, 0.7]]])
BLOCKS = [range(5), range(5, 8), range(8, 10), range(10, 13)]
PAIRS = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


@cache
def fitted(model: Any) -> Any:
    return model.fit(*cdnow()[:3])


@cache
def spending() -> Any:
    return gamma_gamma.fit(cdnow()[0], cdnow()[3])


@cache
def mobi(scheme: plssem.Scheme = "path") -> plssem.Paths:
    return plssem.fit(correlations(), plssem.Model(BLOCKS, {3: [0, 1, 2]}), scheme)


@cache
def asked(name: str, amounts: tuple[float, ...], costs: tuple[float, ...] | None = None) -> dict[str, Any]:
    """The figures of an analysis of one order an account."""
    rows: dict[str, Any] = {
        "order_id": [str(n) for n in range(len(amounts))],
        "customer": [f"C{n}" for n in range(len(amounts))],
        "ordered_on": [date(2025, 1, 15)] * len(amounts),
        "quantity": [1] * len(amounts),
        "amount": list(amounts),
    }
    if costs:
        rows["cost"] = list(costs)
    return dict(vitalfew.analyse(name, order_lines=pa.table(rows)).meta["figures"])


def values_of(found: dict[str, Any], *names: str) -> list[float]:
    return [float(found[name]) for name in names]


CONTRIBUTIONS = (400, 120, 60, 50, 15, 5, 0, -20, -80, -150)
WHALE = ((1000,) * 10, tuple(1000 - each for each in CONTRIBUTIONS))


def _kanthal() -> list[float]:
    found = asked("whale-curve", *WHALE)
    return [*values_of(found, "peak", "peak_accounts", "total", "destroyed"), 100 * found["peak"] / found["total"]]


def _lorenz(*values: float) -> list[float | None]:
    return [concentration.gini(a(*values)), concentration.gini_small_sample(a(*values))]


def _time_driven() -> list[float]:
    found = costing(560_000, 700_000, a(8, 44, 50), a(49_000, 1_400, 2_500))
    return [found.rate, *found.unit_costs, found.used, found.assigned.sum(), found.unused, found.unused_cost]


def _promoters() -> list[float]:
    found = net_promoters(52, 18, 100)
    return [100 * each for each in (found.score, *found.wald, found.adjusted_centre, *found.adjusted)]


def _beer() -> list[float]:
    told = accuracy.seasonal_naive(BEER, 10, season=4)
    mae = accuracy.mae(CAME, told)[0]
    return [accuracy.rmse(CAME, told)[0], mae, 100 * accuracy.mape(CAME, told)[0], mae / 14.30]


def _fill() -> list[float]:
    deviation = 500 * 2**0.5
    kept = stock.chance_enough(7_000, deviation, 8_000), stock.expected_shortage(1_000, deviation)
    return [float(each) for each in (*kept, stock.fill_rate(1_000, deviation, 10_000))]


def _card_krueger() -> list[float]:
    one, other = Mean(21.03 - 20.44, 0.54**2, 309), Mean(21.17 - 23.33, 1.25**2, 75)
    found = difference(one, other)
    return [found.mean if found else np.nan, float(np.sqrt(one.variance + other.variance))]


def _hillstrom() -> list[float]:
    mens, womens = lift(3894, 21307, *NONE), lift(3238, 21387, *NONE)
    none = NONE[0] / NONE[1]
    return [100 * each for each in (none + mens.difference, none + womens.difference, none)]


def _ahp(judgements: Any) -> list[float]:
    found = priorities(judgements)
    return [*found.weights, found.lambda_max, found.consistency_ratio]


def _topsis() -> list[float]:
    found = topsis(FIGHTERS, a(0.2, 0.1, 0.1, 0.1, 0.2, 0.3), np.array([True, True, True, False, True, True]))
    return [*found.from_best, *found.from_worst, *found.closeness]


def _rayleigh() -> list[float]:
    found = rayleigh(month_angles(a(5, 6, 7, 5, 6, 7, 8, 6)))
    return [float(found.length), float(found.p)]


def _scales() -> list[float | None]:
    parts = [correlations()[np.ix_(block, block)] for block in BLOCKS]
    freed = [reliability.htmt(correlations(), BLOCKS[one], BLOCKS[other]) for one, other in PAIRS]
    return [*(reliability.alpha_standardised(part) for part in parts), *mobi().reliability, *mobi().extracted, *freed]


def _paths(scheme: plssem.Scheme) -> list[float]:
    return [*(mobi(scheme).paths[each, 3] for each in range(3)), mobi(scheme).explained[3]]


def _bg_nbd() -> list[float]:
    told = bg_nbd.expected_purchases({"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, 39, 2, 30.43, 38.86)
    return [fitted(bg_nbd).log_likelihood, float(told)]


def _pareto_nbd() -> list[float]:
    seen = (2, 30.43, 38.86)
    told = pareto_nbd.p_alive(PARETO, *seen), pareto_nbd.expected_purchases(PARETO, 39, *seen)
    return [*map(float, told), float(pareto_nbd.discounted_expected_purchases(PARETO, 7, 35, 39, rate=0.0027))]


def _mbg_nbd() -> list[float]:
    told = mbg_nbd.expected_purchases(MBG, 10, 2, 20, 30), mbg_nbd.log_likelihood_each(MBG, 2, 20, 30)
    return [*mbg_nbd.p_alive(MBG, [0, 2], [0, 20], 30), *map(float, told), float(mbg_nbd.expected_new(MBG, 10))]


def _bg_bb() -> list[float]:
    seen = (2, 3, 4)
    likelihood, alive = np.exp(bg_bb.log_likelihood_each(BG_BB, *seen)), bg_bb.p_alive(BG_BB, *seen)
    told = bg_bb.expected_purchases(BG_BB, 3, *seen), bg_bb.discounted_expected_purchases(BG_BB, *seen, 0.1)
    return [*map(float, (likelihood, alive, *told)), bg_bb.expected_new(BG_BB, 5)]


def _sbg_values() -> list[float]:
    return [sbg.discounted_lifetime(SBG, 0.1), *sbg.discounted_residual_lifetime(SBG, [1, 2, 3, 5], 0.1)]


def _five_points() -> float:
    return 100 * (discounting.margin_multiple(0.95, 0.1) / discounting.margin_multiple(0.9, 0.1) - 1)


def _safety_stock() -> float:
    """The textbook takes demand as normal, however much it varies."""
    _mean, deviation = stock.over_lead_time(2500, 500, 7, 7)
    return float(ndtri(0.9) * deviation)


def _sbg(years: int) -> list[float]:
    fit = sbg.fit(REGULAR[:years])
    return [*fit.parameters.values(), fit.log_likelihood]


def _kite() -> list[float]:
    linked = np.zeros((1, 10, 10), dtype=bool)
    for one, others in enumerate(KITE):
        linked[0, one, others] = linked[0, others, one] = True
    found = centrality(linked)
    return [found.degree[0, 3], *found.closeness[0, 5:7], *found.betweenness[0, [7, 5]]]


def _diagnoses() -> list[float]:
    counts = np.array([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    first, second = (np.repeat(each.ravel(), counts.ravel()).astype(np.int64) for each in np.indices((3, 3)))
    told = kappa(first, second, 3)
    return [told.kappa, told.error] if told else []


def _bdw() -> list[float]:
    left = a(100, 86.9, 74.3, 65.3, 59.3)
    fit = bdw.fit(-np.diff(left), left[:-1])
    return [*fit.parameters.values(), -fit.log_likelihood, *(100 * bdw.survival(fit, [5, 6]))]


SECTIONS = ("Concentration", "Who comes first", "Cost and contribution", "Lifetime value", "Buying again", "Contracts",
     "Surveys and shares", "Satisfaction model", "Staying and leaving", "Supply", "Campaigns and visits")  # fmt: skip
CD = "CDNOW sample of 2,357 customers, weeks; "
FIGURES = (
    Figure(SECTIONS[0], "worked out", "analyses/pareto.py",
           "share of the top fifth of 500, 260, 100, 80, 60; accounts to 80 %",
           "0.5 3", lambda: values_of(asked("pareto", (500, 260, 100, 80, 60)), "top20_share", "accounts_to_80")),
    Figure(SECTIONS[0], "US Department of Justice & FTC, merger guidelines", "maths/concentration.py",
           "Herfindahl of 30, 30, 20, 20 %",
           "2600", lambda: 1e4 * float(concentration.hhi(a(30, 30, 20, 20)) or 0)),
    Figure(SECTIONS[0], "Gini (1912)", "maths/concentration.py",
           "Gini of 1, 2, 3, 4; of a small sample",
           "0.25 0.3333", lambda: _lorenz(1, 2, 3, 4)),
    Figure(SECTIONS[0], "Gini (1912)", "maths/concentration.py",
           "Gini if one of four has all; of a small sample",
           "0.75 1", lambda: _lorenz(0, 0, 0, 9)),
    Figure(SECTIONS[1], "Saaty (2008), drinks", "maths/ahp.py",
           "weight of coffee; wine; tea; beer; sodas; milk; water; lambda max; consistency ratio",
           "0.177 0.019 0.042 0.116 0.190 0.129 0.327 7.17663 0.0223", lambda: _ahp(DRINKS)),
    Figure(SECTIONS[1], "Saaty (1980)", "maths/ahp.py",
           "weight of cost; safety; style; capacity",
           "0.510 0.234 0.041 0.215", lambda: _ahp(CARS)[:4]),
    Figure(SECTIONS[1], "Saaty (1980)", "maths/ahp.py",
           "consistency ratio of the same",
           "0.0738", lambda: _ahp(CARS)[-1]),
    Figure(SECTIONS[1], "Harker (1987), one of three judgements missing", "maths/ahp.py",
           "first weight of 1 : 2 = 2, 2 : 3 = 2; second; third; lambda max",
           "0.571 0.286 0.143 3", lambda: _ahp(np.array([[1, 2, np.nan], [0.5, 1, 2], [np.nan, 0.5, 1]]))[:4]),
    Figure(SECTIONS[1], "Shannon (1948), worked out", "maths/entropy_weights.py",
           "entropy of 1, 2, 3; of 10, 10, 40; their weights; second",
           "0.92062 0.78969 0.27402 0.72598", lambda: [*entropies(COLUMNS), *entropy_weights(COLUMNS)]),
    Figure(SECTIONS[1], "Hwang & Yoon (1981), fighters", "maths/topsis.py",
           "from the ideal, first; second; third; fourth; from the anti-ideal, first; second; third; fourth; closeness, "
           "first; second; third; fourth",
           "0.0545 0.1197 0.0580 0.1009 0.0983 0.0439 0.0920 0.0458 0.643 0.268 0.613 0.312", _topsis, CUT_OFF),
    Figure(SECTIONS[2], "Kaplan & Anderson (2004)", "maths/activity_costing.py",
           "cost a minute; of an order; of an inquiry; of a credit check; minutes used; cost assigned; minutes unused; "
           "their cost",
           "0.80 6.40 35.20 40.00 578600 462880 121400 97120", _time_driven),
    Figure(SECTIONS[2], "Kaplan & Narayanan (2001), worked out", "analyses/whale_curve.py",
           "whale curve: peak; accounts at the peak; total; destroyed; peak in %",
           "650 6 400 250 162.5", _kanthal),
    Figure(SECTIONS[3], "Gupta & Lehmann (2003, 2005)", "maths/discounting.py",
           "margin multiple, r .8, i .12; with growth 5 %",
           "2.50 2.857", lambda: [discounting.margin_multiple(0.8, 0.12), discounting.margin_multiple(0.8, 0.12, 0.05)]),
    Figure(SECTIONS[3], "worked out", "maths/discounting.py",
           "value gained, %, by retention .95 for .90, i .10",
           "40.7", _five_points),
    Figure(SECTIONS[3], "Berger & Nasr (1998), case 1", "maths/discounting.py",
           "lifetime value",
           "568.78", lambda: discounting.berger_nasr(260, 50, 0.75, 0.2, 10)),
    Figure(SECTIONS[3], "Rust, Lemon & Zeithaml (2004), airline", "maths/customer_equity.py",
           "return in % on 70 million spent for 101.3 million of customer equity",
           "44.7", lambda: 100 * (return_on_marketing(101.3, 70.0) or 0.0)),
    Figure(SECTIONS[3], "Rust, Lemon & Zeithaml (2004), worked out", "maths/switching.py",
           "value of a customer by switching, A .8 .2 / .3 .7, 5 a purchase, 2 a year, i .1, 2 years",
           "15.53136", lambda: lifetime_values(SWITCHING, SWITCHING[:, 0], a(5), a(2), 2.0, 0.1)[:, 0]),
    Figure(SECTIONS[4], "Ehrenberg (1959); grocery fit, from rounded parameters", "maths/nbd.py",
           "NBD purchases to come in 52 weeks after 1 in 52; 2; 3; 4; 5",
           "1.290 2.199 3.107 4.015 4.924", lambda: nbd.expected_purchases({"r": 0.42, "alpha": 5.245}, 52, [1, 2, 3, 4, 5], 52),
           CUT_OFF),
    Figure(SECTIONS[4], CD + "Fader, Hardie & Lee (2005)", "maths/bg_nbd.py",
           "BG/NBD r; alpha; a; b",
           "0.2426 4.4137 0.7930 2.4262", lambda: [*fitted(bg_nbd).parameters.values()], ROUNDED),
    Figure(SECTIONS[4], CD + "Fader, Hardie & Lee (2005)", "maths/bg_nbd.py",
           "BG/NBD log-likelihood; purchases to come in 39 weeks after 2, last 30.43, age 38.86",
           "-9582.43 1.226", _bg_nbd),
    Figure(SECTIONS[4], CD + "Schmittlein, Morrison & Colombo (1987); Fader & Hardie", "maths/pareto_nbd.py",
           "Pareto/NBD r; alpha; s; beta",
           "0.553 10.58 0.606 11.66", lambda: [*fitted(pareto_nbd).parameters.values()], CUT_OFF),
    Figure(SECTIONS[4], CD + "Schmittlein, Morrison & Colombo (1987); Fader & Hardie", "maths/pareto_nbd.py",
           "Pareto/NBD log-likelihood; new customer's purchases in a year",
           "-9594.976 1.4734",
           lambda: [fitted(pareto_nbd).log_likelihood, float(pareto_nbd.expected_new(fitted(pareto_nbd), 52))], 5.0),
    Figure(SECTIONS[4], "Fader, Hardie & Lee (2005), worked out", "maths/pareto_nbd.py",
           "P(alive) after 2 purchases, last 30.43, age 38.86; to come in 39; DERT after 7, last 35, age 39",
           "0.869 1.455 20.56", _pareto_nbd),
    Figure(SECTIONS[4], "Batislam, Denizel & Filiztekin (2007), worked out", "maths/mbg_nbd.py",
           "MBG/NBD P(alive) of none, age 30; of 2, last 20; to come in 10; log-likelihood; new in 10",
           "0.36373 0.58254 0.39064 -8.93892 0.54461", _mbg_nbd),
    Figure(SECTIONS[4], "Reutterer, Platzer & Schroeder (2021), worked out", "maths/bg_cnbd_k.py",
           "MBG/CNBD-2 log-likelihood; P(alive)",
           "-11.95369 0.66609",
           lambda: [bg_cnbd_k.log_likelihood_each(CNBD, 3, 20, 30, 4.2), bg_cnbd_k.p_alive(CNBD, 3, 20, 30)]),
    Figure(SECTIONS[4], "Wheat & Morrison (1990), worked out", "maths/regularity.py",
           "regularity of four pairs of intervals",
           "5.63", lambda: wheat_morrison(a(10, 8, 20, 14), a(12, 15, 9, 14))),
    Figure(SECTIONS[4], CD + "Fader & Hardie (2013)", "maths/gamma_gamma.py",
           "gamma-gamma p; q; scale; of 946 buyers",
           "6.25 3.74 15.44 946", lambda: [*spending().parameters.values(), spending().n], CUT_OFF),
    Figure(SECTIONS[4], "Fader & Hardie (2013)", "maths/gamma_gamma.py",
           "expected spend of nobody known; after 2 of 40; after 3 of 25",
           "35.22 39.14 26.30", lambda: gamma_gamma.expected_spend(SPEND, [0, 2, 3], [0, 40, 25])),
    Figure(SECTIONS[5], "Fader & Hardie (2007), regular segment", "maths/sbg.py",
           "sBG alpha; beta; log-likelihood",
           "0.704 1.182 -1680.27", lambda: _sbg(8)),
    Figure(SECTIONS[5], "Fader & Hardie (2007), regular segment", "maths/sbg.py",
           "still there after 8; 9; 10; 11; 12 renewals",
           "0.2201 0.2044 0.1912 0.1799 0.1701", lambda: sbg.survival(sbg.fit(REGULAR), [8, 9, 10, 11, 12]), CUT_OFF),
    Figure(SECTIONS[5], "Fader & Hardie (2007), worked out", "maths/sbg.py",
           "of the first four renewals alpha; beta; log-likelihood",
           "0.764 1.296 -1401.56", lambda: _sbg(5)),
    Figure(SECTIONS[5], "Fader & Hardie (2010), worked out", "maths/sbg.py",
           "expected lifetime of a new one at 10 %; residual in period 1; 2; 3; 5",
           "3.6951 2.9647 4.1035 4.8701 5.8944", _sbg_values),
    Figure(SECTIONS[5], "Fader et al. (2018), high-end segment, as the package retenmod prints it", "maths/bdw.py",
           "BdW alpha; beta; c; -log-likelihood; still there, %, after 5; 6 renewals",
           "0.259 1.723 1.584 122.275 54.66 51.04", _bdw),
    Figure(SECTIONS[5], "Fader, Hardie & Shang (2010), worked out", "maths/bg_bb.py",
           "BG/BB likelihood; P(alive); to come in 3; DERT at 10 %; new in 5",
           "0.0257520 0.772414 1.094054 2.813957 1.773893", _bg_bb),
    Figure(SECTIONS[6], "Rocks (2016), worked out", "maths/recommendation.py",
           "recommendation, 52 promoters and 18 detractors of 100; Wald from; to; adjusted centre; from; to",
           "34 19.0 49.0 33.0 18.2 47.8", _promoters),
    Figure(SECTIONS[6], "Wilson (1927), worked out", "maths/intervals.py",
           "30 of 40 satisfied, from; to",
           "0.598 0.858", lambda: wilson(30, 40)),
    Figure(SECTIONS[6], "Keiningham et al. (2011)", "maths/wallet_allocation.py",
           "share of the first of 2; second; first of 3; second; third; alone",
           "0.667 0.333 0.5 0.333 0.167 1", lambda: allocation(a(1, 2, 1, 2, 3, 1), a(2, 2, 3, 3, 3, 1))),
    Figure(SECTIONS[6], "McDonald (1999); Fornell & Larcker (1981), worked out", "maths/reliability.py",
           "omega of loadings .8, .7, .6; AVE",
           "0.7449 0.4967", lambda: [reliability.composite(a(0.8, 0.7, 0.6)), reliability.extracted(a(0.8, 0.7, 0.6))]),
    Figure(SECTIONS[7], "Tenenhaus et al. (2005), mobile phones", "maths/plssem.py",
           "path of image, path scheme; of expectation; of value; R²",
           "0.44700 0.17183 0.31642 0.59060", lambda: _paths("path"), CUT_OFF),
    Figure(SECTIONS[7], "Tenenhaus et al. (2005), mobile phones", "maths/plssem.py",
           "path of image, factorial scheme; of expectation; of value; R²",
           "0.44687 0.17294 0.31522 0.59010", lambda: _paths("factorial"), CUT_OFF),
    Figure(SECTIONS[7], "Tenenhaus et al. (2005), mobile phones", "maths/plssem.py",
           "adjusted R²",
           "0.5856", lambda: plssem.adjusted(mobi().explained[3], 250, 3)),
    Figure(SECTIONS[7], "Tenenhaus et al. (2005); Henseler, Ringle & Sarstedt (2015)", "maths/reliability.py",
           "standardised alpha of image; expectation; value; satisfaction; composite reliability of image; expectation; "
           "value; satisfaction; AVE of image; expectation; value; satisfaction; HTMT of image and expectation; image "
           "and value; image and satisfaction; expectation and value; expectation and satisfaction; value and "
           "satisfaction",
           "0.72283 0.45190 0.82363 0.77920 0.81833 0.73318 0.91790 0.87146 0.47798 0.48051 0.84831 0.69336 0.88803 "
           "0.65166 0.91010 0.58863 0.86511 0.74081",
           _scales, CUT_OFF),
    Figure(SECTIONS[8], "Kaplan & Meier (1958)", "maths/survival.py",
           "S of times 1, 2, 2+, 3, 5+ at 1; 2; 3",
           "0.8 0.6 0.3", lambda: kaplan_meier(a(1, 2, 2, 3, 5), np.array([True, True, False, True, False])).survival),
    Figure(SECTIONS[8], "Brier (1950)", "maths/brier.py",
           "Brier score of .8, .3, .6, .1 for 1, 0, 1, 0",
           "0.075", lambda: brier(a(0.8, 0.3, 0.6, 0.1), a(1, 0, 1, 0))),
    Figure(SECTIONS[8], "Haldane (1956), worked out", "maths/odds.py",
           "log odds of 9 of 40 against 4 of 100; standard error",
           "1.8668 0.6079", lambda: log_odds(9, 40, 4, 100)[:2]),
    Figure(SECTIONS[8], "Zar (1999), worked out", "maths/circular.py",
           "Rayleigh's length of months 5, 6, 7, 5, 6, 7, 8, 6; p",
           "0.87722 0.00061", _rayleigh),
    Figure(SECTIONS[8], "Fleiss, Levin & Paik (2003), table 18.1", "maths/agreement.py",
           "kappa of two psychiatrists' diagnoses; standard error",
           "0.68 0.087", _diagnoses, CUT_OFF),
    Figure(SECTIONS[9], "Hyndman & Athanasopoulos (2018), beer", "maths/accuracy.py",
           "seasonal naive RMSE; MAE; MAPE in %; MASE at the printed scale 14.30",
           "14.31 13.40 3.17 0.94", _beer),
    Figure(SECTIONS[9], "Croston (1972); Syntetos & Boylan (2005); Teunter et al. (2011), worked out", "maths/croston.py",
           "Croston of 0, 2, 0, 0, 3, 0, 1; SBA; TSB",
           "0.952153 0.904545 0.947728", lambda: [float(each[0]) for each in croston(np.array([[0.0, 2, 0, 0, 3, 0, 1]]))[:3]]),
    Figure(SECTIONS[9], "Chopra & Meindl", "maths/stock.py",
           "service level if 55 is lost on a piece too few, 5 on one too many",
           "0.917", lambda: [stock.critical_ratio(55, 5)]),
    Figure(SECTIONS[9], "Chopra & Meindl", "maths/stock.py",
           "safety stock with a lead time that varies",
           "22491", _safety_stock),
    Figure(SECTIONS[9], "Chopra & Meindl", "maths/stock.py",
           "chance that 1,000 are enough; expected shortage; fill rate",
           "0.921 25.13 0.9975", _fill),
    Figure(SECTIONS[9], "Keshav (1997)", "maths/maxmin.py",
           "10 among demands of 2; 2.6; 4; 5",
           "2 2.6 2.7 2.7", lambda: maxmin([2, 2.6, 4, 5], 10)),
    Figure(SECTIONS[9], "Keshav (1997), worked out", "maths/maxmin.py",
           "15 among three by weight 3; 2; 1",
           "7.5 5 2.5", lambda: maxmin([10, 10, 10], 15, [3, 2, 1])),
    Figure(SECTIONS[10], "Fleiss (1981)", "maths/experiments.py",
           "accounts in each arm, 10 % against 12 %",
           "3841", lambda: accounts_for_shares(0.12, 0.1)),
    Figure(SECTIONS[10], "Hillstrom (2008), 64,000 customers", "maths/experiments.py",
           "visits after the men's e-mail, %; the women's; none",
           "18.28 15.14 10.62", _hillstrom),
    Figure(SECTIONS[10], "Card & Krueger (1994), table 3", "maths/welch.py",
           "difference in differences of jobs, from rounded means; its standard error",
           "2.76 1.36", _card_krueger, CUT_OFF),
    Figure(SECTIONS[10], "Radcliffe (2007), worked out", "maths/uplift.py",
           "gains after 1; 2; 3; 4; 5; 6; area above the line",
           "1 1 2 2 2 1 0.916667", lambda: [*gains(BOUGHT, TREATED), qini(BOUGHT, TREATED)]),
    Figure(SECTIONS[10], "Krackhardt (1990), kite", "maths/networks.py",
           "degree of Diane; closeness of Fernando; of Garth; betweenness of Heather; of Fernando",
           "0.667 0.643 0.643 0.389 0.231", _kite),
    Figure(SECTIONS[10], "Little (1970), worked out", "maths/response.py",
           "response to 4 visits",
           "0.55", lambda: float(response(4, Response(0.1, 1.0, 1.5, 8.0)))),
)  # fmt: skip
