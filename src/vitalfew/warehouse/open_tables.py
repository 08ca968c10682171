"""The open tables: facts that some analyses also take, each with columns of its own beside these.

A contract's kind, channel, discount, terms and automatic renewal are as they were when it was signed: a sign of what may
come that no later day can have changed.
"""

from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.columns import CURRENCY, CUSTOMER, Table, day, money, number, text, whole

CONTRACTS = Table(
    "contracts",
    ("contract",),
    _("Contracts with customers"),
    (
        text("contract", _("Contract number"), required=True),
        CUSTOMER,
        day("started_on", _("Begins on"), required=True),
        day("ended_on", _("Ended on")),
        money("period_value", _("What it pays a year")),
        CURRENCY,
        text("covers", _("What it covers: purchases or service")),
        text("kind", _("Kind of contract")),
        text("channel", _("Signed through")),
        number("discount", _("Discount when it was signed, as a share")),
        whole("payment_terms_days", _("Payment terms in days")),
        text("automatic_renewal", _("Renewed unless somebody objects: yes or no")),
    ),
    open=True,
)

CAMPAIGN = Table(
    "campaign",
    ("campaign", "customer"),
    _("Who was in a campaign, and who was held out"),
    (
        text("campaign", _("Name of the campaign"), required=True),
        CUSTOMER,
        text("arm", _("What was done to the account; holdout: nothing"), required=True),
        day("starts_on", _("First day"), required=True),
        day("ends_on", _("Last day"), required=True),
        money("cost", _("What it cost with this account")),
        CURRENCY,
        number("score", _("Larger for those expected to be moved more")),
    ),
    open=True,
)

KNOWLEDGE_EVENTS = Table(
    "knowledge_events",
    ("event",),
    _("Ideas, feedback and trials that customers share"),
    (
        text("event", _("Event number"), required=True),
        CUSTOMER,
        day("happened_on", _("Shared on"), required=True),
        text("kind", _("Kind: idea, feedback, trial, co_design, market, other"), required=True),
        number("probability", _("Chance that the gain comes, 0 to 1")),
        money("gain", _("Gain if it comes")),
        money("cost", _("What it costs us")),
        CURRENCY,
        day("expected_on", _("The gain is expected on")),
        text("evidence", _("Where it is written down")),
    ),
    day="happened_on",
    open=True,
)

TRANSACTION_FACTS = Table(
    "transaction_facts",
    ("fact",),
    _("What trading with a customer is worth beyond its margin"),
    (
        text("fact", _("Fact number"), required=True),
        CUSTOMER,
        text("kind", _("Kind: capacity, terms, effort, entry, other"), required=True),
        money("worth", _("Worth a year"), required=True),
        CURRENCY,
        day("since", _("Since")),
        day("until", _("Until")),
        text("source", _("Who says so, and where")),
    ),
    open=True,
)
