"""/agreements: long-term agreements, what they are made of, and what becomes of them; /agreements/breaches."""

from copy import copy
from typing import Final

from ninja import Router

from vitalfew.accounts.api import visible
from vitalfew.agreements import actions, breaching, composing, questions
from vitalfew.agreements.breach_listing import BREACHES
from vitalfew.agreements.forms import AgreementForm, EndForm, NoticeForm
from vitalfew.agreements.listing import AGREEMENTS
from vitalfew.agreements.models import Agreement, Breach
from vitalfew.agreements.part_forms import (
    PART_FORMS,
    BreachForm,
    ClosedForm,
    PaidForm,
    PenaltyForm,
    PromiseForm,
    WaiveForm,
)
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.sent import (
    AgreementChange,
    AgreementNew,
    BreachChange,
    BreachIn,
    Noticed,
    ObligationChange,
    ObligationIn,
    Over,
    Paid,
    Penalty,
    PriceRuleChange,
    PriceRuleIn,
    Promised,
    TakenOver,
    Waived,
)
from vitalfew.agreements.shapes import AgreementOut, BreachOut, breach, known, known_of, told
from vitalfew.api.problems import not_found
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.lists.part_operations import PartOperations
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

router = Router(tags=["agreements"])
breaches = Router(tags=["agreements"])
NOT_YOURS: Final = Message(_("Only who wrote or owns the agreement, who manages the account and heads can do this"))

OPERATIONS: Final = Operations(
    router, "agreement", AGREEMENTS, questions.agreements, AgreementOut, told,
    see=AgreementRight.SEE, write=AgreementRight.WRITE, denied=NOT_YOURS,
)  # fmt: skip
OPERATIONS.reads(
    "Agreements by the day on which their time ends, a page at a time.",
    "One agreement, how far each obligation has come, its price rules and breaches.",
)
BREACH: Final = Operations(
    breaches, "breach", BREACHES, questions.breaches, BreachOut, lambda _user, row: breach(row),
    see=AgreementRight.SEE, write=AgreementRight.WRITE, denied=NOT_YOURS, many="agreements/breaches",
)  # fmt: skip
BREACH.reads("Breaches, the latest first, a page at a time.", "One breach and what followed.")


@OPERATIONS.adds
def begin_agreement(user: User, sent: AgreementNew) -> Agreement:
    """Begin a draft; it is approved at /approvals."""
    account = visible(user, sent.account)
    begun = {"owner": user.username, "lead_days": 60}
    form = AgreementForm(user, account, begun | sent.dict(exclude={"account"}, exclude_none=True))
    return actions.write(user, account, checked(form, actions.FIELDS))


@OPERATIONS.changes
def change_agreement(user: User, row: Agreement, sent: AgreementChange) -> None:
    """Correct a draft; of one in force its number, who looks after it and who signed. Fields not sent stay."""
    if not row.is_draft and sent.model_fields_set - set(actions.CARE):
        raise NotPossible(actions.NOT_NOW)
    form = AgreementForm(user, row.account, {**known(row), **sent.dict(exclude_unset=True)}, instance=copy(row))
    names = tuple(name for name in actions.FIELDS if name in form.fields)
    actions.change(user, row.pk, row.version, checked(form, names))


PARTS: Final = PartOperations(composing.PARTS, PART_FORMS, known_of)


@OPERATIONS.does("obligations")
def add_obligation(user: User, row: Agreement, sent: ObligationIn) -> None:
    """Write down in a draft what one side owes."""
    PARTS.put_in(user, row, "obligation", sent)


@OPERATIONS.does("rules")
def add_price_rule(user: User, row: Agreement, sent: PriceRuleIn) -> None:
    """Write a price rule into a draft; one that contradicts another is refused."""
    PARTS.put_in(user, row, "rule", sent)


@OPERATIONS.changes_part("obligations/{int:number}")
def change_obligation(user: User, row: Agreement, number: int, sent: ObligationChange) -> None:
    """Correct an obligation of a draft. Fields not sent stay."""
    PARTS.change(user, row, "obligation", number, sent)


@OPERATIONS.changes_part("rules/{int:number}")
def change_price_rule(user: User, row: Agreement, number: int, sent: PriceRuleChange) -> None:
    """Correct a price rule of a draft. Fields not sent stay."""
    PARTS.change(user, row, "rule", number, sent)


@OPERATIONS.does("obligations/{int:number}/fulfilled")
def fulfil_obligation(user: User, row: Agreement, number: int) -> None:
    """What was owed once is done."""
    composing.fulfil(user, PARTS.found(user, row, "obligation", number).pk)


@OPERATIONS.does("obligations/{int:number}/not-fulfilled")
def unfulfil_obligation(user: User, row: Agreement, number: int) -> None:
    """As if what was owed once had not been done."""
    composing.unfulfil(user, PARTS.found(user, row, "obligation", number).pk)


@OPERATIONS.does("parts/{str:kind}/{int:number}/take-out")
def take_out_of_agreement(user: User, row: Agreement, kind: str, number: int) -> None:
    """Take an obligation or a rule out of a draft; kind is one of these words."""
    PARTS.take_out(user, row, kind, number)


@OPERATIONS.does("ask")
def ask_for_approval_of_agreement(user: User, row: Agreement) -> None:
    """Ask a second person to approve it as it is."""
    actions.ask(user, row.pk)


@OPERATIONS.does("withdraw")
def withdraw_agreement(user: User, row: Agreement) -> None:
    """Take the question back; it is a draft again."""
    actions.withdraw(user, row.pk)


@OPERATIONS.does("notice")
def give_notice(user: User, row: Agreement, sent: Noticed) -> None:
    """Write down that one side gave notice."""
    said = checked(NoticeForm({"version": row.version, **sent.dict()}), ("version", "on", "by", "why"))
    actions.give_notice(user, row.pk, **said)


@OPERATIONS.does("notice-back")
def take_notice_back(user: User, row: Agreement) -> None:
    """As if no notice had been given."""
    actions.take_notice_back(user, row.pk)


@OPERATIONS.does("end")
def end_agreement(user: User, row: Agreement, sent: Over) -> None:
    """It ended with its time, or was terminated before."""
    said = checked(EndForm({"version": row.version, **sent.dict()}), ("version", "on", "why"))
    actions.end(user, row.pk, **said)


@OPERATIONS.does("reopen")
def reopen_agreement(user: User, row: Agreement) -> None:
    """In force again, as if it had not been ended."""
    actions.reopen(user, row.pk)


@OPERATIONS.does("renew")
def renew_agreement(user: User, row: Agreement) -> None:
    """Begin the next one, a draft that goes on from it; it is found by its ``before``."""
    actions.renew(user, row.pk)


@OPERATIONS.does("breach")
def record_breach(user: User, row: Agreement, sent: BreachIn) -> None:
    """Record who broke what, when, and by what one sees it."""
    form = BreachForm(user, row, sent.dict(exclude_none=True))
    breaching.record(user, row.pk, checked(form, breaching.FIELDS))


@OPERATIONS.puts_away
def put_away_agreement(user: User, row: Agreement) -> None:
    """Put a draft away; what was agreed on stays."""
    actions.put_away(user, row.pk)


taking = Router(tags=["agreements"])
TAKING: Final = Operations(
    taking, "agreement", AGREEMENTS, questions.agreements, AgreementOut, told,
    see=AgreementRight.SEE, write=AgreementRight.WRITE, denied=NOT_YOURS,
)  # fmt: skip


@TAKING.adds
def take_over_contract(user: User, sent: TakenOver) -> Agreement:
    """Begin a draft from a contract of the facts; the same contract only once."""
    try:
        return composing.take_over(user, visible(user, sent.account), sent.contract)
    except Agreement.DoesNotExist:
        raise not_found() from None


@BREACH.changes
def change_breach(user: User, row: Breach, sent: BreachChange) -> None:
    """Correct it, while nothing is decided. Fields not sent stay."""
    begun = {name: getattr(row, name) for name in breaching.FIELDS} | {"obligation": row.obligation_id}
    form = BreachForm(user, row.agreement, {**begun, **sent.dict(exclude_unset=True)}, instance=copy(row))
    breaching.change(user, row.pk, row.version, checked(form, breaching.FIELDS))


@BREACH.does("promise")
def promise_after_breach(user: User, row: Breach, sent: Promised) -> None:
    """We make it good: it becomes a promise."""
    begun = {"version": row.version, "owner": user.username, **sent.dict(exclude_none=True)}
    breaching.promise(user, row.pk, **checked(PromiseForm(user, row, begun), ("version", "text", "due", "owner")))


@BREACH.does("penalty")
def penalise_breach(user: User, row: Breach, sent: Penalty) -> None:
    """A penalty: owed by us, or claimed from the customer."""
    form = PenaltyForm({"version": row.version, **sent.dict()})
    breaching.penalise(user, row.pk, **checked(form, ("version", "amount", "due")))


@BREACH.does("waive")
def waive_penalty(user: User, row: Breach, sent: Waived) -> None:
    """The customer's penalty is not claimed; above the limit of the role it waits for approval."""
    form = WaiveForm(row, {"version": row.version, **sent.dict(exclude_none=True)})
    breaching.waive(user, row.pk, **checked(form, tuple(form.fields)))


@BREACH.does("settle")
def settle_penalty(user: User, row: Breach, sent: Paid) -> None:
    """Paid, credited or set off; that stays."""
    form = PaidForm({"version": row.version, **sent.dict()})
    breaching.settle(user, row.pk, **checked(form, ("version", "on", "settlement")))


@BREACH.does("close")
def close_breach(user: User, row: Breach, sent: Paid) -> None:
    """Settled otherwise, without money; as long as no second person decided, that can be taken back."""
    form = ClosedForm({"version": row.version, **sent.dict()})
    breaching.close(user, row.pk, **checked(form, ("version", "on", "settlement")))


@BREACH.does("take-back")
def take_decision_back(user: User, row: Breach) -> None:
    """As if nothing had been decided, unless it is settled."""
    breaching.take_back(user, row.pk, row.version)


@BREACH.puts_away
def put_away_breach(user: User, row: Breach) -> None:
    """Put away what was recorded by mistake, while nothing is decided."""
    breaching.put_away(user, row.pk)


ROUTERS: Final = (
    ("/agreements/breaches", breaches), ("/agreements/take-over", taking), ("/agreements", router),
)  # fmt: skip
