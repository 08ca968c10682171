"""The demo book: draws everything in order, from the accounts to the truth."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import pyarrow as pa

from vitalfew.demobook.accounts import Accounts, accounts
from vitalfew.demobook.arrays import Chance, Ints, Reals, chance
from vitalfew.demobook.calibration import Market, Scale, calibrate
from vitalfew.demobook.campaign import ARMS, Campaign, campaign, campaign_table
from vitalfew.demobook.complaints import Complaint, complaint_table, complaints
from vitalfew.demobook.contacts import Contact, contact_table, known_people
from vitalfew.demobook.contracts import Signed, contract_table, contract_truth, signed
from vitalfew.demobook.days import Period, month_of_year
from vitalfew.demobook.delivery import Shipping
from vitalfew.demobook.events import event_table
from vitalfew.demobook.goodwill import Shared, fact_table, knowledge_table, knowledge_truth, shared
from vitalfew.demobook.habits import DEVELOPING, ONE_OFF, Habits, habits
from vitalfew.demobook.losses import Losses, losses
from vitalfew.demobook.master import customer_table, payment_terms
from vitalfew.demobook.orders import Sales, bad_batch, order_table, sales
from vitalfew.demobook.payments import payment_table
from vitalfew.demobook.products import Products, product_table, products
from vitalfew.demobook.referrals import referral_table
from vitalfew.demobook.rhythm import Rhythm, order_days, rhythm
from vitalfew.demobook.sell_out import sell_out_table
from vitalfew.demobook.service import Served, Spent, service, service_table
from vitalfew.demobook.staff import Staff, staff
from vitalfew.demobook.stock import stock_table
from vitalfew.demobook.surveys import of_those_there, survey_table
from vitalfew.demobook.truth import Outlook, Planted, outlook, truth_table
from vitalfew.demobook.wallet import wallet_table
from vitalfew.maths.years import YEAR

MAKER: Final = "澜曦电器"
_FEWEST_ACCOUNTS, _FEWEST_MONTHS = 60, 24


@dataclass(frozen=True)
class Book:
    """The facts by canonical table name, and what was planted in them.

    ``truth_contracts`` (contract, hazard, by_leaving) and ``truth_knowledge`` (event, chance) stand beside their tables.
    """

    tables: dict[str, pa.Table]
    truth: pa.Table
    truth_events: pa.Table
    truth_contracts: pa.Table
    truth_knowledge: pa.Table


def generate(seed: int = 1951, accounts: int = 300, months: int = 36, end: date = date(2026, 10, 31)) -> Book:
    """Draw the book of so many accounts over the months that end on ``end``; the same seed, the same book."""
    if accounts < _FEWEST_ACCOUNTS or months < _FEWEST_MONTHS:
        raise ValueError(f"A demo book needs {_FEWEST_ACCOUNTS} accounts and {_FEWEST_MONTHS} months at least")
    return _Draft(seed, accounts, Period.before(end, months)).book()


@dataclass(frozen=True)
class _Draft:
    """Each part is drawn when first asked for, from its own stream."""

    seed: int
    count: int
    period: Period

    @cached_property
    def products(self) -> Products:
        return products(chance(self.seed, "products"))

    @cached_property
    def _founded(self) -> Accounts:
        return accounts(chance(self.seed, "accounts"), self.period, self.count)

    @cached_property
    def habits(self) -> Habits:
        return habits(chance(self.seed, "habits"), self.period, self._founded, self.products)

    @cached_property
    def accounts(self) -> Accounts:
        """Those that came during the book were opened a little before their first order could fall."""
        rng, new = chance(self.seed, "opened"), np.isin(self.habits.kind, [ONE_OFF, DEVELOPING])
        opened = self.habits.starts_on - rng.integers(0, 21, self.count)
        return replace(self._founded, opened_on=np.where(new, opened, self._founded.opened_on))

    @cached_property
    def staff(self) -> Staff:
        return staff(chance(self.seed, "staff"), self.period, self.accounts.region)

    @cached_property
    def losses(self) -> Losses:
        return losses(chance(self.seed, "losses"), self.period, self.accounts, self.habits, self.staff)

    @cached_property
    def campaign(self) -> Campaign:
        return campaign(chance(self.seed, "campaign"), self.period, self.accounts, self.habits, self.losses)

    @cached_property
    def rhythm(self) -> Rhythm:
        return rhythm(chance(self.seed, "rhythm"), self.period, self.habits)

    @cached_property
    def pace(self) -> Reals:
        """Accounts × days of the book: the usual rhythm, less what the losses take, plus what the campaign gives."""
        days = self.period.days
        usual = self.rhythm.usual[:, : self.period.length]
        return usual * self.losses.remaining(days) * self.campaign.push(days, self.count)

    @cached_property
    def scale(self) -> Scale:
        edges = self.period.month_edges
        market = Market(
            habits=self.habits,
            products=self.products,
            size=self.accounts.size,
            pace=np.add.reduceat(self.pace, edges, axis=1),
            month=month_of_year(self.period.days[edges]),
            one_off_month=self.period.month[np.clip(self.habits.starts_on - self.period.start, 0, None)],
        )
        return calibrate(market)

    @cached_property
    def shipping(self) -> Shipping:
        return Shipping.of(self.period, self.accounts, self.losses, self.products)

    @cached_property
    def sold(self) -> Sales:
        rng = chance(self.seed, "orders")
        return sales(
            rng, self.period, self._arrivals(rng), self.scale, demanding=self.habits.demanding, shipping=self.shipping
        )

    def _arrivals(self, rng: Chance) -> tuple[Ints, Ints]:
        season = self.scale.season[:, month_of_year(self.period.days)]
        account, place = order_days(rng, self.scale.rate[:, None] * season * self.pace, self.habits.shape)
        once = np.flatnonzero(self.habits.kind == ONE_OFF)
        days = np.concatenate([self.period.days[place], self.habits.starts_on[once]])
        return np.concatenate([account, once]), days

    @cached_property
    def complained(self) -> list[Complaint]:
        batch = bad_batch(self.period, self.scale.shelf)
        return complaints(
            chance(self.seed, "complaints"), self.period, self.accounts, self.sold, batch=batch, losses=self.losses
        )

    @cached_property
    def served(self) -> Served:
        return Served(self.period, self.accounts, self.habits, self.losses, self.sold)

    @cached_property
    def spent(self) -> Spent:
        return service(chance(self.seed, "service"), self.served, self.complained)

    @cached_property
    def planted(self) -> Planted:
        arm: list[str | None] = [None] * self.count
        for place, members in ((1, self.campaign.treated), (0, self.campaign.held_out)):
            for account in members:
                arm[account] = ARMS[place]
        return Planted(self.period, self.accounts, self.habits, self.losses, self.products, tuple(arm))

    @cached_property
    def outlook(self) -> Outlook:
        return outlook(self.period, self.habits, self.rhythm, self.scale)

    def truth(self) -> pa.Table:
        """Service for a year is taken from what was spent while the account was served."""
        first, last = self.served.lasts
        service_year = self.spent.by_account(self.count) / 100 * YEAR / np.maximum(last - first + 1, 90)
        return truth_table(self.planted, self.outlook, np.where(self.habits.kind == ONE_OFF, 0, service_year))

    def events(self) -> pa.Table:
        return event_table(self.planted, self.staff, self.campaign, bad_batch(self.period, self.scale.shelf))

    def book(self) -> Book:
        beside = contract_truth(self.contracts), knowledge_truth(self.shared)
        return Book(self.tables(), self.truth(), self.events(), *beside)

    def tables(self) -> dict[str, pa.Table]:
        return {
            "customers": self.customers(),
            "products": product_table(self.products),
            "order_lines": self.order_lines(),
            "payments": self.payments(),
            "service_costs": service_table(self.spent, self.accounts.code),
            "stock": self.stock(),
            "sell_out": sell_out_table(chance(self.seed, "sell-out"), self.served, self.products),
            "surveys": of_those_there(
                survey_table(chance(self.seed, "surveys"), self.served, self.known), self.contacts()
            ),
            "complaints": self.complaints(),
            "contacts": self.contacts(),
            "referrals": self.referrals(),
            "wallet": wallet_table(chance(self.seed, "wallet"), self.served, self.rhythm, self.scale),
            "contracts": contract_table(self.contracts, self.accounts),
            "campaign": campaign_table(self.campaign, self.accounts),
            "knowledge_events": knowledge_table(self.shared, self.accounts),
            "transaction_facts": fact_table(chance(self.seed, "facts"), self.period, self.accounts, self.habits),
        }

    @cached_property
    def contracts(self) -> Signed:
        return signed(chance(self.seed, "contracts"), self.period, self.accounts, self.habits, self.losses)

    @cached_property
    def shared(self) -> Shared:
        return shared(chance(self.seed, "knowledge"), self.period, self.accounts, self.habits, self.losses)

    @cached_property
    def terms(self) -> Ints:
        return payment_terms(chance(self.seed, "terms"), self.accounts)

    def customers(self) -> pa.Table:
        rng = chance(self.seed, "master")
        return customer_table(rng, self.accounts, self.staff, self.terms, self.outlook.revenue)

    def order_lines(self) -> pa.Table:
        person = self.staff.at(self.sold.orders.account, self.sold.orders.day)
        return order_table(self.sold, self.period, self.accounts.code, self.products, (self.staff.names, person))

    def payments(self) -> pa.Table:
        rng = chance(self.seed, "payments")
        return payment_table(rng, self.period, self.accounts, self.sold, terms=self.terms, losses=self.losses)

    def stock(self) -> pa.Table:
        return stock_table(chance(self.seed, "stock"), self.period, self.sold, self.products, self.shipping.scarce)

    def complaints(self) -> pa.Table:
        rng = chance(self.seed, "texts")
        return complaint_table(rng, self.period, self.complained, self.accounts.code, self.products)

    @cached_property
    def known(self) -> list[Contact]:
        return known_people(chance(self.seed, "known"), self.accounts, self.habits)

    def contacts(self) -> pa.Table:
        return contact_table(chance(self.seed, "contacts"), self.period, self.accounts, self.known, self.losses)

    def referrals(self) -> pa.Table:
        return referral_table(chance(self.seed, "referrals"), self.period, self.accounts, self.losses)
