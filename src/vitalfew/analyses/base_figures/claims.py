"""The rules of thumb that are held against the own figures, and what comes of each."""

from typing import Final, Self

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _

PAPERS: Final = {
    "000": _("Cai, T. (2015)."),
    "001": _("On customer relationship management (2013)."),
    "002": _("On running a key account department (2001)."),
    "003": _("On methods of key account management."),
    "004": _("Jia, C. (2007)."),
}


class ClaimVerdict(Term):
    """What the company's own data say of a rule of thumb."""

    SUPPORTED = "supported", _("Holds here")
    NOT_SUPPORTED = "not_supported", _("Does not hold here")
    CANNOT_TELL = "cannot_tell", _("Cannot be told yet")


class Claim(Term):
    """A rule of thumb that a company's own data can test: who tells it, what research says, what would make it surer."""

    told_in: str
    research: str
    improve: str

    def __new__(cls, value: str, label: str, told_in: str, research: str, improve: str) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        member.told_in, member.research, member.improve = told_in, research, improve
        return member

    VITAL_FEW = (
        "vital_few",
        _("20 % of the customers make 80 % of sales and profit"),
        "000 002 003 004",
        _("Sales, margin and contribution give different shares: always say which is meant."),
        _("Import the cost of order lines and service costs, so that profit can be told beside sales."),
    )
    KEEPING = (
        "keeping",
        _("Winning a customer costs five to nine times what keeping one costs"),
        "001 003 004",
        _(
            "Surveys for TARP found five to one, and from two to one up to twenty to one by industry; without naming the "
            "costs that count, the ratio says little."
        ),
        _(
            "Give the cost of winning an account (sales, marketing, tenders, first discounts) as an option, and import "
            "service costs."
        ),
    )
    FIVE_POINTS = (
        "five_points",
        _("Five points less churn raise profit by 25 % to 85 %"),
        "003 004",
        _(
            "Reichheld & Sasser (1990) meant five percentage points fewer customers lost, not a churn within 5 %, and the "
            "worth of a customer, not a year's profit: +85 % for bank branches, +50 % for insurance brokerage, +30 % for car "
            "service."
        ),
        _("Two whole years of orders are needed; each further year makes the rate surer."),
    )
    SUCCESS = (
        "success",
        _("Selling succeeds with 50 % of existing customers, with 15 % of new ones"),
        "004",
        _("The two rates compare only if an opportunity means the same with new and with existing customers."),
        _("Record every opportunity, won or lost, and whether the customer was new."),
    )
    EIGHT_DEALS = (
        "eight_deals",
        _("A satisfied customer brings eight possible deals"),
        "001",
        _("No study is known to be behind the number eight; most recommendations are never recorded."),
        _("Ask every new customer who recommended us and import referrals; ask in surveys how satisfied they are."),
    )
    LENGTH = (
        "length",
        _("The longer a customer stays, the more profitable it is"),
        "004",
        _(
            "Reinartz & Kumar (2000) found that it does not hold in general where no contract binds; who looks only at "
            "customers that stayed sees a link that is not there."
        ),
        _("Import the whole history with costs, also of customers that left."),
    )
    THIRD_OF_TIME = (
        "third_of_time",
        _("Heads of sales spend a third of their time visiting customers"),
        "002",
        _("It is told of good companies, not proven: how many visits pay depends on how sales answer to them."),
        _("Record visits with the level of who visits."),
    )
    COMPLAINTS = (
        "complaints",
        _("Complaints are a small part of all dissatisfaction"),
        "002",
        _("The fewer complain, the less the number of complaints says of how satisfied customers are."),
        _("Ask all accounts how satisfied they are, and record every complaint, small ones too."),
    )
    OWN_FAULT = (
        "own_fault",
        _("Most customers are lost by our own fault"),
        "004",
        _("A cause found afterwards is seen in hindsight: the lost customer itself knows better."),
        _("Ask every lost customer for its reason, and record it beside the evidence."),
    )
    TWO_WAY = (
        "two_way",
        _("Exchanging sales and stock data lowers stock and shortages"),
        "002",
        _("Only a comparison before and after, with accounts that do not exchange data beside it, can show it."),
        _("Record when exchange with an account began, and its stock and shortages from half a year before."),
    )
    FOUR_BENEFITS = (
        "four_benefits",
        _("Loyal customers buy more, cost less, recommend us, and keep our staff loyal"),
        "004",
        _("These go together with loyalty; that loyalty brings them is not proven by that."),
        _(
            "Ask in surveys how we compare with competitors, import referrals and service costs; the loyalty of our staff is not "
            "in these data."
        ),
    )
    HANDLING = (
        "handling",
        _("A complaint handled well makes a customer more loyal"),
        "002 003",
        _(
            "de Matos, Henrique & Rossi (2007): handling a complaint well can lift satisfaction above what it was before, but "
            "not repurchase; never plan on it."
        ),
        _("Record when each complaint was answered and closed, and ask satisfaction afterwards."),
    )
    CHAIN = (
        "chain",
        _("Satisfaction, trust and commitment rise and fall together"),
        "000 003",
        _(
            "Answers of one person to similar questions go together by themselves; see the paths in Relationship quality."
        ),
        _("Ask satisfaction, trust and commitment in one survey, of fifty accounts or more."),
    )
    FAVOURING = (
        "favouring",
        _("Too much favour for large customers drives small ones away"),
        "004",
        _("Who has left is no longer visited either: look at what came first before you believe it."),
        _("Import promised and delivered days, complaints and visits of small accounts too."),
    )
    ONE_ACCOUNT = (
        "one_account",
        _("The failure of a single key account endangers the company"),
        "000 002",
        _(
            "IFRS 8 has companies disclose a customer that makes 10 % of revenue or more: that counts as dependence here."
        ),
        _("Link subsidiaries to their group, so that one group counts as one account."),
    )
