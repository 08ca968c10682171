"""The reports that walk all rooms and analyses: of an account, of the portfolio, and the summary for the board."""

from vitalfew.outlets.reports import account, board, portfolio
from vitalfew.people.permissions import Right
from vitalfew.rooms import Report
from vitalfew.terms import gettext_noop as _

REPORTS = (
    Report("account", _("Account report"), Right.ACCOUNTS, account.written, of_account=True),
    Report("portfolio", _("Portfolio report"), Right.PORTFOLIO, portfolio.written),
    Report("board", _("Board summary"), Right.PORTFOLIO, board.written),
)
