"""Words that both halves of the house use: the mathematics below and the department above.

Each enum's value is the stable code that is stored, filtered by and sent over the API; its label is what a person reads,
marked for translation. Nothing here knows Django or an engine.
"""

import re
from enum import StrEnum, nonmember
from functools import cache
from typing import Self


def gettext_noop(message: str) -> str:
    """Mark a message for the translation files; who shows it, translates it."""
    return message


class Term(StrEnum):
    """A code with a label: ``Tier.MVC`` is ``"mvc"`` and ``Tier.MVC.label`` is ``"Most valuable"``."""

    label: str
    do_not_call_in_templates = nonmember(True)
    """Templates walk the words; Django would call the class instead."""

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


@cache
def label_of(words: type[Term], code: str) -> str:
    """The label of a code; an unknown code is its own."""
    return next((word.label for word in words if word.value == code), code)


class Tier(Term):
    """Most valuable, most growable, below zero (Peppers & Rogers 1997); the rest, and those of unknown potential."""

    MVC = "mvc", gettext_noop("Most valuable")
    MGC = "mgc", gettext_noop("Most growable")
    OTHER = "other", gettext_noop("Others")
    UNKNOWN = "unknown", gettext_noop("Growth unknown")
    MIGRATE = "migrate", gettext_noop("To be turned")
    BZ = "bz", gettext_noop("Below zero")


class AbcClass(Term):
    """Juran's vital few and useful many, by the cumulated share before the account."""

    A = "A", gettext_noop("Vital few")
    B = "B", gettext_noop("Middle field")
    C = "C", gettext_noop("Useful many")


class Cooperation(Term):
    """How an account buys: once, in phases, in season, or all the time."""

    NONE = "none", gettext_noop("No purchase yet")
    UNDETERMINED = "undetermined", gettext_noop("Cannot tell yet")
    ONE_OFF = "one_off", gettext_noop("One-off")
    PHASED = "phased", gettext_noop("Phased")
    SEASONAL = "seasonal", gettext_noop("Seasonal")
    DEVELOPING = "developing", gettext_noop("Developing")
    LONG_TERM = "long_term", gettext_noop("Long-term")


class CooperationBasis(Term):
    """What the kind of cooperation was read from."""

    ORDERS = "orders", gettext_noop("Its purchases")
    CONTRACT = "contract", gettext_noop("A contract that runs")


class CountCourse(Term):
    """Which course the monthly numbers of purchases follow."""

    EVEN = "even", gettext_noop("Even")
    SEASON = "season", gettext_noop("By season")
    PHASES = "phases", gettext_noop("In phases")
    UNKNOWN = "unknown", gettext_noop("Cannot tell")


class Direction(Term):
    """What a trend test allows to say."""

    RISING = "rising", gettext_noop("Rising")
    FALLING = "falling", gettext_noop("Falling")
    STEADY = "steady", gettext_noop("No clear trend")
    TOO_SHORT = "too_short", gettext_noop("Too short to tell")


class AnomalyKind(Term):
    """What is unusual enough to ask the customer about."""

    SILENCE = "silence", gettext_noop("Unusually long silence")
    DROP = "drop", gettext_noop("Unusually low month")
    SURGE = "surge", gettext_noop("Unusually high month")


class ChurnSign(Term):
    """What speaks for or against an account's leaving, the weightiest first."""

    QUIET_SEASON = "quiet_season", gettext_noop("Its quiet season")
    SEASON_MISSED = "season_missed", gettext_noop("Its season went by without a purchase")
    GONE = "gone", gettext_noop("Silent for more than a year")
    OVERDUE = "overdue", gettext_noop("Silent for longer than its own gaps")
    DECLINED = "declined", gettext_noop("Buys less than half as often as the quarter before")
    ONCE = "once", gettext_noop("Bought only once")
    NONE = "none", gettext_noop("No sign of leaving")
    UNDER_CONTRACT = "under_contract", gettext_noop("Under contract: judged by its renewal")


class Risk(Term):
    """How likely an account is to buy no more: an alarm, worth watching, neither, or not to be told out of season."""

    HIGH = "high", gettext_noop("High")
    MEDIUM = "medium", gettext_noop("Worth watching")
    LOW = "low", gettext_noop("Low")
    QUIET = "quiet", gettext_noop("In its quiet season")


class ChurnCause(Term):
    """Why an account leaves: seven causes, and none that can be shown."""

    STAFF_DEPARTURE = "staff_departure", gettext_noop("Our people left")
    BROKEN_PROMISE = "broken_promise", gettext_noop("Promises not kept")
    NEGLECT_SMALL = "neglect_small", gettext_noop("Treated worse than large accounts")
    STRATEGY_CHANGE = "strategy_change", gettext_noop("Change of its strategy")
    FOUL_PLAY = "foul_play", gettext_noop("Pushed out by unfair means")
    STRONGER_RIVAL = "stronger_rival", gettext_noop("A stronger competitor")
    UNRESOLVED_COMPLAINT = "unresolved_complaint", gettext_noop("Complaint not resolved")
    UNKNOWN = "unknown", gettext_noop("Not known")


class Force(Term):
    """Whose doing it is."""

    OUR_FAILURE = "our_failure", gettext_noop("We ourselves")
    CUSTOMER = "customer", gettext_noop("The customer's own choice")
    COMPETITOR = "competitor", gettext_noop("A competitor")
    UNKNOWN = "unknown", gettext_noop("Not known")


class Size(Term):
    """Where an account stands by what it buys."""

    LARGE = "large", gettext_noop("Large")
    MIDDLE = "middle", gettext_noop("Middle")
    SMALL = "small", gettext_noop("Small")


class Neglect(Term):
    """In what a small account is served worse than large ones, the gravest first."""

    SAYS_SO = "says_so", gettext_noop("It says it is treated worse")
    LATE = "late", gettext_noop("Delivered late or short more often")
    CUT = "cut", gettext_noop("Cut more often when goods were short")
    SLOW_REPLY = "slow_reply", gettext_noop("Answered much later")
    NOT_VISITED = "not_visited", gettext_noop("Not visited any more")
    NONE = "none", gettext_noop("No sign of neglect")


class WinBack(Term):
    """Whether a lost account is worth an attempt to win it back."""

    WORTH = "worth", gettext_noop("Worth an attempt")
    TOO_DEAR = "too_dear", gettext_noop("An attempt costs more than it brings")
    NO_NEED = "no_need", gettext_noop("No need any more: keep in touch only")
    LET_GO = "let_go", gettext_noop("Let go")


class Criterion(Term):
    """What a key account is chosen by: the default template, which users may add to."""

    SIZE = "size", gettext_noop("Size")
    DEVELOPMENT_TREND = "development_trend", gettext_noop("Development trend")
    INTERNAL_MANAGEMENT = "internal_management", gettext_noop("Internal management")
    CULTURE = "culture", gettext_noop("Corporate culture")
    INFORMATIZATION = "informatization", gettext_noop("Use of IT")
    GROWTH = "growth", gettext_noop("Growth record")
    CORE_COMPETITIVENESS = "core_competitiveness", gettext_noop("Core competitiveness")
    CAPITAL_STRENGTH = "capital_strength", gettext_noop("Capital strength")


class Loyalty(Term):
    """Relative attitude and repeat purchase (Dick & Basu 1994)."""

    COMPLETE = "complete", gettext_noop("Complete loyalty")
    LATENT = "latent", gettext_noop("Latent loyalty")
    INERTIA = "inertia", gettext_noop("Loyalty by inertia")
    NONE = "none", gettext_noop("No loyalty")
    UNKNOWN = "unknown", gettext_noop("Attitude unknown")
    REPEAT_UNKNOWN = "repeat_unknown", gettext_noop("Repeat purchase unknown")


class Construct(Term):
    """The three of relationship quality (Morgan & Hunt 1994; Crosby, Evans & Cowles 1990)."""

    SATISFACTION = "satisfaction", gettext_noop("Satisfaction")
    TRUST = "trust", gettext_noop("Trust")
    COMMITMENT = "commitment", gettext_noop("Commitment")


class Verdict(Term):
    """What a comparison with its interval allows to say."""

    HIGHER = "higher", gettext_noop("Surely higher")
    LOWER = "lower", gettext_noop("Surely lower")
    CANNOT_TELL = "cannot_tell", gettext_noop("No clear difference")
    TOO_FEW = "too_few", gettext_noop("Too few accounts to judge")
    BASELINE = "baseline", gettext_noop("What others are compared with")


class ComplaintSplit(Term):
    """By what complaints are put into groups."""

    ALL = "all", gettext_noop("All complaints")
    SEVERITY = "severity", gettext_noop("By severity")
    CLOSING = "closing", gettext_noop("By closing")
    REPLY = "reply", gettext_noop("By first reply")
    COMPENSATION = "compensation", gettext_noop("By compensation")
    SATISFACTION = "satisfaction", gettext_noop("Satisfaction afterwards")


class Group(Term):
    """The six analyses of the seeds, identification before them and the departments' questions after."""

    IDENTIFY = "identify", gettext_noop("Identify")
    DEVELOPMENT = "development", gettext_noop("Development")
    VALUE = "value", gettext_noop("Value")
    BEHAVIOUR = "behaviour", gettext_noop("Behaviour")
    CONTRIBUTION = "contribution", gettext_noop("Contribution")
    SATISFACTION = "satisfaction", gettext_noop("Satisfaction")
    ONE_TO_ONE = "one-to-one", gettext_noop("One-to-one")
    RISK = "risk", gettext_noop("Risk")
    EQUITY = "equity", gettext_noop("Customer equity")
    SUPPLY = "supply", gettext_noop("Supply")
    RELATIONSHIP = "relationship", gettext_noop("Relationship")
    GROWTH = "growth", gettext_noop("Growth")


YES, NO = gettext_noop("Yes"), gettext_noop("No")


class Unit(Term):
    """How a figure is written."""

    CODE = "code", gettext_noop("Code")
    WORD = "word", gettext_noop("Word")
    TEXT = "text", gettext_noop("Text")
    SENTENCES = "sentences", gettext_noop("Sentences")
    MONEY = "money", gettext_noop("Amount")
    SHARE = "share", gettext_noop("Share")
    COUNT = "count", gettext_noop("Count")
    NUMBER = "number", gettext_noop("Number")
    DAY = "day", gettext_noop("Date")
    MONTH = "month", gettext_noop("Month")
    DAYS = "days", gettext_noop("Days")
    YES_NO = "yes_no", gettext_noop("Yes or no")


class Days(int):
    """A length of time in days, as people write it: ``162d``, ``26w``, ``6m``, ``1y``, or plain days."""

    def __new__(cls, value: int | str) -> Self:
        if isinstance(value, str):
            found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([dwmy]?)", value.strip())
            if not found:
                raise ValueError(value)
            value = round(float(found[1]) * _DAYS_IN[found[2] or "d"])
        return super().__new__(cls, value)


_DAYS_IN = {"d": 1.0, "w": 7.0, "m": 365.25 / 12, "y": 365.25}


class Outlook(Term):
    """How a forecast came about."""

    FITTED = "fitted", gettext_noop("Exponential smoothing of its own")
    LEVELLED = "levelled", gettext_noop("Level times season")
    OCCASIONAL = "occasional", gettext_noop("Chance times size")
    COMBINED = "combined", gettext_noop("Level and last year, averaged")
    AS_OTHERS = "as_others", gettext_noop("As other accounts take it")
    TOO_SHORT = "too_short", gettext_noop("Too short to tell")


class Follows(Term):
    """By which calendar a season comes round."""

    COMMON = "common", gettext_noop("The common calendar")
    CHINESE = "chinese", gettext_noop("The Chinese calendar")


class Course(Term):
    """Whether a year's growth and the direction of the months agree."""

    AS_IT_SEEMS = "as_it_seems", gettext_noop("Growth and direction agree")
    PAST_ITS_PEAK = "past_its_peak", gettext_noop("Falling, though this year is still above the last")
    RECOVERING = "recovering", gettext_noop("Rising, though this year is still below the last")
    STOPPED = "stopped", gettext_noop("Stopped buying: nothing within twelve months")

    @classmethod
    def of(cls, direction: str, growth: float | None) -> "Course":
        """What to heed where growth and direction seem to say different things.

        >>> Course.of("falling", 0.09), Course.of("steady", -1.0)
        (<Course.PAST_ITS_PEAK: 'past_its_peak'>, <Course.STOPPED: 'stopped'>)
        """
        if growth is not None and growth <= -1:
            return cls.STOPPED
        if direction == Direction.FALLING and (growth or 0.0) > 0:
            return cls.PAST_ITS_PEAK
        if direction == Direction.RISING and (growth or 0.0) < 0:
            return cls.RECOVERING
        return cls.AS_IT_SEEMS


class MixGap(Term):
    """What an account could buy of us beside what it buys."""

    CROSS = "cross", gettext_noop("Not bought yet")
    UP = "up", gettext_noop("Bought less than by similar accounts")


class Activity(Term):
    """What serving an account consists of, by the codes that entries come with; other codes are their own word."""

    VISIT = "visit", gettext_noop("Visit")
    FREIGHT = "freight", gettext_noop("Freight")
    RUSH = "rush", gettext_noop("Rush order")
    COMPLAINT = "complaint", gettext_noop("Complaint")
    TRAINING = "training", gettext_noop("Training")
    PROMOTION = "promotion", gettext_noop("Promotion")
    SUPPORT = "support", gettext_noop("Support")


class WayOut(Term):
    """What alone would turn a loss-maker, or that nothing alone would."""

    REPRICE = "reprice", gettext_noop("Raise the price")
    SERVE_LESS = "serve_less", gettext_noop("Serve at less cost")
    FEWER_RETURNS = "fewer_returns", gettext_noop("Cut the returns")
    SHORTER_TERMS = "shorter_terms", gettext_noop("Shorten payment")
    SEVERAL = "several", gettext_noop("Several of these together")
    LET_GO = "let_go", gettext_noop("Turn it around quickly, or let it go")


class CreditSign(Term):
    """What asks for a look at an account's credit."""

    OVERDUE = "overdue", gettext_noop("Invoices long overdue")
    OVER_LIMIT = "over_limit", gettext_noop("Owes more than its limit")
    SLOWER = "slower", gettext_noop("Pays later and later")
    FALLING = "falling", gettext_noop("Pays late and buys less")
    LATE = "late", gettext_noop("Usually pays late")
    NONE = "none", gettext_noop("Nothing to see")


class Level(Term):
    """Where in its company a contact stands, from the top to the shop floor."""

    PRESIDENT = "president", gettext_noop("President, owner")
    DIRECTOR = "director", gettext_noop("Director")
    MANAGER = "manager", gettext_noop("Middle manager")
    SPECIALIST = "specialist", gettext_noop("Specialist, salesperson")
    SHOP_ASSISTANT = "shop_assistant", gettext_noop("Shop assistant")
    STOREKEEPER = "storekeeper", gettext_noop("Storekeeper")
    UNKNOWN = "unknown", gettext_noop("Level not known")
    NONE = "none", gettext_noop("No level missing")


class Dependence(Term):
    """On whom a relationship hangs, the most dangerous first."""

    NOBODY = "nobody", gettext_noop("No contact left")
    ONE_CONTACT = "one_contact", gettext_noop("Hangs on one contact")
    ONE_OWNER = "one_owner", gettext_noop("Hangs on one of our people")
    NO_DECIDER = "no_decider", gettext_noop("No decision maker on file")
    SPREAD = "spread", gettext_noop("On several people")
    ON_FILE = "on_file", gettext_noop("Several on file, no touch on record")


class Aspect(Term):
    """A part of what is said about an account in words."""

    DEVELOPMENT = "development", gettext_noop("Development")
    VALUE = "value", gettext_noop("Value")
    BEHAVIOUR = "behaviour", gettext_noop("Behaviour")
    CONTRIBUTION = "contribution", gettext_noop("Contribution")
    SATISFACTION = "satisfaction", gettext_noop("Satisfaction")
    RISK = "risk", gettext_noop("Risk")
    CAUSE = "cause", gettext_noop("Cause")
    RELATIONSHIP = "relationship", gettext_noop("Relationship")
    SERVICE = "service", gettext_noop("Service")
    INTELLIGENCE = "intelligence", gettext_noop("Intelligence")


class NextAction(Term):
    """What to do next about an account."""

    SETTLE_COMPLAINT = "settle_complaint", gettext_noop("Settle the complaint")
    ASK = "ask", gettext_noop("Ask the customer")
    INTRODUCE_MANAGER = "introduce_manager", gettext_noop("Introduce its new manager in person")
    KEEP_PROMISES = "keep_promises", gettext_noop("Deliver as promised")
    TREAT_FAIRLY = "treat_fairly", gettext_noop("Serve it no worse than large accounts")
    ANSWER_RIVAL = "answer_rival", gettext_noop("Answer the competitor's offer")
    LEARN_PLANS = "learn_plans", gettext_noop("Learn its new plans")
    TALK_PAYMENT = "talk_payment", gettext_noop("Talk about payment")
    TURN_LOSS = "turn_loss", gettext_noop("End the loss")
    WIN_BACK = "win_back", gettext_noop("Try to win it back")
    FIND_SUCCESSOR = "find_successor", gettext_noop("Find who took the contact's place")
    MEET_MORE = "meet_more", gettext_noop("Meet more people there")
    SECOND_PERSON = "second_person", gettext_noop("Bring in a second colleague")
    MEET_DECIDER = "meet_decider", gettext_noop("Meet someone who decides")
    VISIT = "visit", gettext_noop("Visit it")
    DEVELOP = "develop", gettext_noop("Develop it as a key account")
    OFFER = "offer", gettext_noop("Offer what accounts like it buy")
    MAKE_EASIER = "make_easier", gettext_noop("Make buying easier")
    WIN_OVER = "win_over", gettext_noop("Give it a reason to prefer us")
    ASK_FEEDBACK = "ask_feedback", gettext_noop("Ask for its opinion of us")
    KEEP_UP = "keep_up", gettext_noop("Keep up the contact")


class Aim(Term):
    """What an action serves."""

    KEEP = "keep", gettext_noop("Keep it")
    EARN = "earn", gettext_noop("Earn with it")
    GROW = "grow", gettext_noop("Grow with it")
    KNOW = "know", gettext_noop("Know it better")
    RETURN = "return", gettext_noop("Win it back")


class EffectBasis(Term):
    """What the effect of an action rests on."""

    EXPECTED = "expected", gettext_noop("Expected by a model")
    AT_MOST = "at_most", gettext_noop("At most, if it works fully")
    DUE = "due", gettext_noop("Money it owes us")
    UNKNOWN = "unknown", gettext_noop("Not known")


class ContractSign(Term):
    """What the table of contracts itself tells of one when it was signed."""

    KIND = "kind", gettext_noop("Kind of contract")
    CHANNEL = "channel", gettext_noop("Signed through")
    DISCOUNT = "discount", gettext_noop("Discount when it was signed")
    PAYMENT_TERMS = "payment_terms_days", gettext_noop("Payment terms in days")
    AUTOMATIC_RENEWAL = "automatic_renewal", gettext_noop("Automatic renewal")


class ContractScope(Term):
    """What of an account's business a contract covers."""

    PURCHASES = "purchases", gettext_noop("What it buys")
    SERVICE = "service", gettext_noop("A service beside what it buys")


class Arm(Term):
    """What was done to the accounts of a campaign, by the words that lists of them usually bear; other words stay as they are."""

    TREATED = "treated", gettext_noop("treated")
    HOLDOUT = "holdout", gettext_noop("holdout")
    CONTROL = "control", gettext_noop("control")


class CampaignVerdict(Term):
    """What a campaign with accounts held out allows to say."""

    PAID = "paid", gettext_noop("Worked, and brought more than it cost")
    WORKED = "worked", gettext_noop("It worked")
    TOO_DEAR = "too_dear", gettext_noop("Worked, but cost more than it brought")
    HARMED = "harmed", gettext_noop("Did harm")
    CANNOT_TELL = "cannot_tell", gettext_noop("Cannot tell")
    NOT_ALIKE = "not_alike", gettext_noop("Arms not alike: cannot tell")
    NOBODY_HELD_OUT = "nobody_held_out", gettext_noop("Nobody held out: cannot tell")


class Equity(Term):
    """The three of customer equity (Rust, Zeithaml & Lemon 2000), habit beside them, and all of it together."""

    VALUE = "value", gettext_noop("Value equity")
    BRAND = "brand", gettext_noop("Brand equity")
    RETENTION = "retention", gettext_noop("Retention equity")
    HABIT = "habit", gettext_noop("Habit")
    ALL = "all", gettext_noop("The whole equity")


class EquityDriver(Term):
    """What drives customer equity: by questions of a survey, and by the book itself."""

    PRODUCT = "value_product", gettext_noop("Product")
    SERVICE = "value_service", gettext_noop("Service")
    MONEY = "cost_money", gettext_noop("Price and other money it costs")
    TIME = "cost_time", gettext_noop("Time it costs")
    ENERGY = "cost_energy", gettext_noop("Effort it costs")
    MIND = "cost_mind", gettext_noop("Worry it costs")
    IMAGE = "value_image", gettext_noop("Image")
    PEOPLE = "value_people", gettext_noop("Our people")
    CLUB = "value_club", gettext_noop("Club and programmes")
    VALUE = "value", gettext_noop("Value drivers together")
    BRAND = "brand", gettext_noop("Brand drivers together")
    RETENTION = "retention", gettext_noop("Retention drivers together")
    LAST = "last_supplier", gettext_noop("Bought from us last")
    KEPT = "retention_rate", gettext_noop("Accounts kept")
    MARGIN = "gross_margin", gettext_noop("Gross margin")
    SERVING = "cost_to_serve", gettext_noop("Cost to serve")


class Knowledge(Term):
    """How an account's knowledge comes to us."""

    IDEA = "idea", gettext_noop("Idea")
    FEEDBACK = "feedback", gettext_noop("Feedback")
    TRIAL = "trial", gettext_noop("Trial or pilot")
    CO_DESIGN = "co_design", gettext_noop("Joint design")
    MARKET = "market", gettext_noop("Knowledge of the market")
    OTHER = "other", gettext_noop("Other knowledge")


class LifetimeModel(Term):
    """Which model told what an account is worth."""

    BG_NBD = "bg-nbd", gettext_noop("BG/NBD")
    MBG_NBD = "mbg-nbd", gettext_noop("MBG/NBD")
    PARETO_NBD = "pareto-nbd", gettext_noop("Pareto/NBD")
    BG_CNBD_K = "bg-cnbd-k", gettext_noop("BG/CNBD-k")
    MBG_CNBD_K = "mbg-cnbd-k", gettext_noop("MBG/CNBD-k")
    OWN_SEASON = "own_season", gettext_noop("Its own years")
    RENEWALS = "renewals", gettext_noop("Contract renewals")
    OCCASIONS = "occasions", gettext_noop("BG/BB over occasions")
    NONE = "none", gettext_noop("Not told")


class ModelReason(Term):
    """Why that model."""

    SIMPLEST = "simplest", gettext_noop("No other fits the book clearly better")
    FITS = "fits", gettext_noop("Fits the book clearly better")
    EVEN = "even", gettext_noop("Purchases in the book are evenly spaced")
    IN_SEASON = "in_season", gettext_noop("Buys in season")
    CONTRACT = "contract", gettext_noop("A contract runs")
    OCCASIONS = "occasions", gettext_noop("Buys at fixed occasions")
    ASKED = "asked", gettext_noop("Asked for")
    LEFT_OUT = "left_out", gettext_noop("Buys in season and was to be left out")
