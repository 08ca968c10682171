"""Everything the account page shows of one account, each part read when the page asks for it."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Max, QuerySet
from django.utils import timezone

from vitalfew.accounts import facts_of, questions
from vitalfew.accounts.columns import MONEY_FIGURES
from vitalfew.accounts.findings_of import Found, findings_of, speaking
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.accounts.parts import answer_at, done_since, refused
from vitalfew.catalogue import catalogue
from vitalfew.home import Home
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import OURS, Tab
from vitalfew.terms import Aspect, ChurnSign
from vitalfew.warehouse import account_months, scorecards
from vitalfew.warehouse.cards import FIGURES
from vitalfew.warehouse.models import Refresh, RefreshState, Scorecard
from vitalfew.warehouse.run import day_number

HISTORY: Final = 24
RISK: Final = ("churn", "churn_low", "churn_high")
"""Figures that mean nothing out of an account's season."""


TAB_OF: Final = {Aspect.CAUSE: "risk", Aspect.RELATIONSHIP: "contacts", Aspect.SERVICE: "supply"}
"""Where an aspect's figures stand, if not on the tab of its name."""
GUARDED: Final = frozenset({Aspect.VALUE, Aspect.CONTRIBUTION, Aspect.CAUSE})
"""Aspects only for who may see margins."""

APART: Final = frozenset(
    {"trend", "lifetime", "tiers", "rfm", "cooperation", "anomalies", "contribution", "one-to-one", "next-actions"}
)
"""Analyses that a tab arranges by hand."""


class Sheet:
    """One account, seen by one user."""

    def __init__(self, home: Home, user: User, account: Account) -> None:
        self.home, self.user, self.account = home, user, account

    @cached_property
    def refresh(self) -> Refresh | None:
        return scorecards.current()

    @property
    def currency(self) -> str:
        return self.refresh.currency if self.refresh else ""

    @property
    def sees_money(self) -> bool:
        return self.user.may(Right.MONEY)

    @cached_property
    def card(self) -> Scorecard | None:
        return questions.card_of(self.account, self.refresh)

    @cached_property
    def group(self) -> questions.Group:
        return questions.group_of(self.user, self.account, self.refresh)

    def rows(self, analysis: str) -> list[dict[str, Any]]:
        """The account's rows of an analysis in the current refresh."""
        return scorecards.of_account(self.home, self.refresh, analysis, self.account.code) if self.refresh else []

    def row(self, analysis: str) -> Mapping[str, Any]:
        """The account's row of an analysis; empty where there is none."""
        rows = self.rows(analysis)
        return rows[0] if rows else {}

    def found(self, tab: Tab) -> list[Found]:
        """What the tab's analyses found."""
        if self.refresh is None:
            return []
        asked = [each for each in speaking(tab.groups, confidential=self.sees_money) if each.name not in APART]
        return findings_of(self.home, self.refresh, self.account.code, asked)

    @cached_property
    def trend(self) -> Mapping[str, Any]:
        return self.row("trend")

    @cached_property
    def lifetime(self) -> Mapping[str, Any]:
        return self.row("lifetime")

    @cached_property
    def churn(self) -> Mapping[str, Any]:
        return self.row("churn")

    @property
    def horizon(self) -> int | None:
        """Within how many days it is told whether the account leaves: as every refresh asks it."""
        return int(catalogue()["churn"].options["horizon"].default) if self.refresh else None

    @cached_property
    def cause(self) -> Mapping[str, Any]:
        return self.row("churn-causes") if self.sees_money else {}

    @cached_property
    def rfm(self) -> Mapping[str, Any]:
        return self.row("rfm")

    @cached_property
    def cooperation(self) -> Mapping[str, Any]:
        return self.row("cooperation")

    @cached_property
    def contribution(self) -> Mapping[str, Any]:
        return self.row("contribution")

    @cached_property
    def tiers(self) -> Mapping[str, Any]:
        return self.row("tiers")

    @cached_property
    def anomaly(self) -> Mapping[str, Any]:
        return self.row("anomalies")

    @cached_property
    def months(self) -> list[dict[str, Any]]:
        """Net sales by month: as the refresh saw them, with what was imported since."""
        folder = scorecards.folder(self.home, self.refresh) if self.refresh else None
        return account_months.of_account(self.home, self.refresh, folder, self.account.codes)

    @cached_property
    def products(self) -> list[dict[str, Any]]:
        return facts_of.products(self.home, self.account.codes)

    @cached_property
    def contacts(self) -> list[dict[str, Any]]:
        return facts_of.contacts(self.home, self.account.codes)

    @cached_property
    def complaints(self) -> list[dict[str, Any]]:
        return facts_of.complaints(self.home, self.account.codes)

    @property
    def complaints_elsewhere(self) -> list[dict[str, Any]]:
        """Those that did not come from here: a room shows its own."""
        return [row for row in self.complaints if not row["complaint_id"].startswith(OURS)]

    @cached_property
    def answers(self) -> list[dict[str, Any]]:
        return facts_of.answers(self.home, self.account.codes)

    @cached_property
    def service(self) -> list[dict[str, Any]]:
        return facts_of.service(self.home, self.account.codes)

    @cached_property
    def overdue(self) -> Mapping[str, Any]:
        if not self.refresh:
            return {"n": 0, "amounts": []}
        return facts_of.overdue(self.home, self.account.codes, day_number(self.refresh.as_of))

    @property
    def removed_files(self) -> QuerySet[AccountFile]:
        """Those that can still be fetched back, the latest first."""
        removed = AccountFile.everything.filter(account=self.account).exclude(put_away_at=None)
        return removed.order_by("-put_away_at")

    @property
    def open_complaints(self) -> list[dict[str, Any]]:
        return [complaint for complaint in self.complaints if complaint["closed_on"] is None]

    @property
    def present_contacts(self) -> list[dict[str, Any]]:
        return [contact for contact in self.contacts if contact["left_on"] is None]

    @cached_property
    def words(self) -> Mapping[str, Any]:
        """What is going on, in sentences."""
        return self.row("one-to-one")

    @property
    def in_short(self) -> str | None:
        """The account in a sentence or three."""
        return self.words.get("summary" if self.sees_money else "for_all")

    @property
    def said(self) -> list[tuple[Aspect, str, str]]:
        """The aspects on which something is to be said, as far as the user may see them: its tab, its sentences."""
        open_to = [each for each in Aspect if self.sees_money or each not in GUARDED]
        return [(each, TAB_OF.get(each, each.value), self.words[each]) for each in open_to if self.words.get(each)]

    @cached_property
    def actions(self) -> list[dict[str, Any]]:
        """What to do next, as far as the user may see why."""
        place = "rank" if self.sees_money else "open_rank"
        rows = sorted((row for row in self.rows("next-actions") if row.get(place)), key=lambda row: int(row[place]))
        code, declined = self.account.code, refused([self.account.code], timezone.localdate())
        return [
            {
                **row,
                "taken_on": self.taken.get((code, row["action"])),
                "answer_at": answer_at(self.user, code, row["action"]),
            }
            for row in rows
            if (code, row["action"]) not in declined
        ]

    @cached_property
    def taken(self) -> dict[tuple[str, str], date]:
        """Which proposed actions were taken since the figures' day."""
        return done_since([self.account.code], self.refresh.as_of) if self.refresh else {}

    @cached_property
    def history(self) -> list[dict[str, Any]]:
        """What the analyses found at each past refresh, latest first; one a day."""
        return [{"as_of": row.as_of, "refresh": row.pk, **self._open_to_user(self._found_at(row))} for row in self.past]

    @cached_property
    def past(self) -> list[Refresh]:
        """Past refreshes, latest first; one a day."""
        done = Refresh.objects.filter(state=RefreshState.DONE)
        latest = done.order_by().values("as_of").annotate(last=Max("id")).order_by("-as_of").values("last")[:HISTORY]
        return list(
            done.filter(pk__in=[row["last"] for row in latest]).defer("summaries", "done_steps").order_by("-as_of")
        )

    def figures_at(self, row: Refresh) -> dict[str, Any]:
        """The account's figures as a refresh found them, as far as the user may see them."""
        return self._open_to_user(self._shown_at(row))

    def _open_to_user(self, figures: Mapping[str, Any]) -> dict[str, Any]:
        hidden = frozenset() if self.sees_money else MONEY_FIGURES
        return {name: value for name, value in figures.items() if name not in hidden}

    def _shown_at(self, row: Refresh) -> dict[str, Any]:
        """As lists show them: now with the tier in force, on earlier days as found."""
        if row == self.refresh and self.card:
            figures = self.card.as_figures()
            return {name: None if value == "" else value for name, value in figures.items() if name != "months"}
        return self._found_at(row)

    def _found_at(self, row: Refresh) -> dict[str, Any]:
        figures: dict[str, Any] = {}
        for analysis, columns in FIGURES.items():
            for found in scorecards.of_account(self.home, row, analysis, self.account.code)[:1]:
                figures |= {figure: found[column] for column, figure in columns.items()}
                if found.get("sign") == ChurnSign.QUIET_SEASON:
                    figures |= dict.fromkeys(RISK)
        return figures
