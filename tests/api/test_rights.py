"""Every operation × every role, as the permission table says."""

import pytest

from vitalfew.api.gate import Session, Token
from vitalfew.api.routes import api
from vitalfew.people.permissions import Right, may, table
from vitalfew.people.roles import Role

pytestmark = pytest.mark.database
BASE = "/api/v1"


def operations():
    return [
        (operation.operation_id or operation.path, operation)
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    ]


def right_of(operation):
    rights = {callback.right for callback in operation.auth_callbacks}
    assert len(rights) == 1
    return rights.pop()


@pytest.mark.parametrize(("name", "operation"), operations())
def test_every_operation_declares_one_right_and_both_ways_to_sign_in(name, operation):
    kinds = {type(callback) for callback in operation.auth_callbacks}

    assert kinds == {Token, Session}, name
    assert right_of(operation) in table()
    assert right_of(operation) is not Right.OPEN


def calls(house):
    """One call of every operation, and what answers those who may."""
    code = house.mine
    return {
        "list_accounts": ("get", "/accounts", 200),
        "get_account": ("get", f"/accounts/{code}", 200),
        "change_account": ("patch", f"/accounts/{code}", 428),
        "account_scorecard": ("get", f"/accounts/{code}/scorecard", 200),
        "account_timeline": ("get", f"/accounts/{code}/timeline", 200),
        "facts_behind": ("get", f"/facts/customer?account={code}", 200),
        "list_contacts": ("get", f"/contacts?account={code}", 200),
        "list_activities": ("get", "/activities", 200),
        "get_activity": ("get", "/activities/999999", 404),
        "log_activity": ("post", "/activities", 422),
        "list_feedback_rounds": ("get", "/feedback/rounds", 200),
        "get_feedback_round": ("get", "/feedback/rounds/999999", 404),
        "plan_feedback_round": ("post", "/feedback/rounds", 422),
        "list_asked_accounts": ("get", "/feedback/asked", 200),
        "get_asked_account": ("get", "/feedback/asked/999999", 404),
        "ask_account": ("post", "/feedback/asked/999999/ask", 422),
        "answer_of_account": ("post", "/feedback/asked/999999/answer", 422),
        "close_asked_account": ("post", "/feedback/asked/999999/close", 404),
        "take_out_asked_account": ("delete", "/feedback/asked/999999", 404),
        "list_letters": ("get", "/letters", 200),
        "get_letter": ("get", "/letters/999999", 404),
        "stop_letter": ("post", "/letters/999999/stop", 404),
        "send_letter": ("post", "/letters/999999/send", 404),
        "list_mails": ("get", "/mails", 200),
        "get_mail": ("get", "/mails/999999", 404),
        "match_mail": ("post", "/mails/999999/match", 422),
        "part_mail": ("post", "/mails/999999/part", 404),
        "put_away_mail": ("delete", "/mails/999999", 404),
        "list_agreements": ("get", "/agreements", 200),
        "get_agreement": ("get", "/agreements/999999", 404),
        "begin_agreement": ("post", "/agreements", 422),
        "change_agreement": ("patch", "/agreements/999999", 404),
        "add_obligation": ("post", "/agreements/999999/obligations", 422),
        "add_price_rule": ("post", "/agreements/999999/rules", 422),
        "change_obligation": ("patch", "/agreements/999999/obligations/1", 404),
        "change_price_rule": ("patch", "/agreements/999999/rules/1", 404),
        "take_out_of_agreement": ("post", "/agreements/999999/parts/rule/1/take-out", 404),
        "ask_for_approval_of_agreement": ("post", "/agreements/999999/ask", 404),
        "withdraw_agreement": ("post", "/agreements/999999/withdraw", 404),
        "give_notice": ("post", "/agreements/999999/notice", 422),
        "take_notice_back": ("post", "/agreements/999999/notice-back", 404),
        "end_agreement": ("post", "/agreements/999999/end", 422),
        "reopen_agreement": ("post", "/agreements/999999/reopen", 404),
        "renew_agreement": ("post", "/agreements/999999/renew", 404),
        "fulfil_obligation": ("post", "/agreements/999999/obligations/1/fulfilled", 404),
        "unfulfil_obligation": ("post", "/agreements/999999/obligations/1/not-fulfilled", 404),
        "record_breach": ("post", "/agreements/999999/breach", 422),
        "put_away_agreement": ("delete", "/agreements/999999", 404),
        "take_over_contract": ("post", "/agreements/take-over", 422),
        "list_agreements_breaches": ("get", "/agreements/breaches", 200),
        "get_breach": ("get", "/agreements/breaches/999999", 404),
        "change_breach": ("patch", "/agreements/breaches/999999", 404),
        "promise_after_breach": ("post", "/agreements/breaches/999999/promise", 422),
        "penalise_breach": ("post", "/agreements/breaches/999999/penalty", 422),
        "waive_penalty": ("post", "/agreements/breaches/999999/waive", 422),
        "close_breach": ("post", "/agreements/breaches/999999/close", 422),
        "settle_penalty": ("post", "/agreements/breaches/999999/settle", 422),
        "take_decision_back": ("post", "/agreements/breaches/999999/take-back", 404),
        "put_away_breach": ("delete", "/agreements/breaches/999999", 404),
        "list_plans": ("get", "/plans", 200),
        "get_plan": ("get", "/plans/999999", 404),
        "begin_plan_draft": ("post", "/plans", 422),
        "change_plan": ("patch", "/plans/999999", 404),
        "add_goal": ("post", "/plans/999999/goals", 422),
        "add_step": ("post", "/plans/999999/steps", 422),
        "add_target": ("post", "/plans/999999/targets", 422),
        "add_promotion": ("post", "/plans/999999/promotions", 422),
        "change_goal": ("patch", "/plans/999999/goals/1", 404),
        "change_step": ("patch", "/plans/999999/steps/1", 404),
        "change_target": ("patch", "/plans/999999/targets/1", 404),
        "change_promotion": ("patch", "/plans/999999/promotions/1", 404),
        "take_out_part": ("post", "/plans/999999/parts/goal/1/take-out", 404),
        "settle_step": ("post", "/plans/999999/steps/1/done", 404),
        "reopen_step": ("post", "/plans/999999/steps/1/reopen", 404),
        "note_goal": ("post", "/plans/999999/goals/1/note", 422),
        "ask_for_agreement": ("post", "/plans/999999/ask", 404),
        "agree_to_plan": ("post", "/plans/999999/agree", 404),
        "send_plan_back": ("post", "/plans/999999/send-back", 422),
        "begin_plan": ("post", "/plans/999999/begin", 404),
        "revise_plan": ("post", "/plans/999999/revise", 404),
        "review_plan": ("post", "/plans/999999/review", 422),
        "close_plan": ("post", "/plans/999999/close", 422),
        "reopen_plan": ("post", "/plans/999999/reopen", 404),
        "put_away_plan": ("delete", "/plans/999999", 404),
        "list_preferences": ("get", "/preferences", 200),
        "get_preference": ("get", "/preferences/999999", 404),
        "write_preference": ("post", "/preferences", 422),
        "change_preference": ("patch", "/preferences/999999", 404),
        "confirm_preference": ("post", "/preferences/999999/confirm", 404),
        "put_away_preference": ("delete", "/preferences/999999", 404),
        "list_comments": ("get", "/comments", 200),
        "get_comment": ("get", "/comments/999999", 404),
        "write_comment": ("post", "/comments", 422),
        "change_comment": ("patch", "/comments/999999", 422),
        "put_away_comment": ("delete", "/comments/999999", 404),
        "list_directory": ("get", "/directory", 200),
        "get_organisation": ("get", "/directory/999999", 404),
        "add_organisation": ("post", "/directory", 422),
        "change_organisation": ("patch", "/directory/999999", 404),
        "put_away_organisation": ("delete", "/directory/999999", 404),
        "serve_account": ("post", "/directory/999999/accounts", 422),
        "serve_account_no_more": ("delete", "/directory/999999/accounts/999999", 404),
        "list_intelligence": ("get", "/intelligence", 200),
        "get_intelligence": ("get", "/intelligence/999999", 404),
        "add_intelligence": ("post", "/intelligence", 422),
        "change_intelligence": ("patch", "/intelligence/999999", 404),
        "renew_intelligence": ("post", "/intelligence/999999/renew", 404),
        "confirm_intelligence": ("post", "/intelligence/999999/confirm", 422),
        "settle_intelligence": ("post", "/intelligence/999999/settle", 422),
        "put_away_intelligence": ("delete", "/intelligence/999999", 404),
        "list_competitors": ("get", "/competitors", 200),
        "decide_today": ("post", "/today/none", 422),
        "undecide_today": ("post", "/today/none/again", 404),
        "list_visits_plans": ("get", "/visits/plans", 200),
        "get_visit_plan": ("get", "/visits/plans/999999", 404),
        "add_visit_plan": ("post", "/visits/plans", 422),
        "work_out_visit_plan_again": ("post", "/visits/plans/999999/again", 404),
        "accept_visit_plan": ("post", "/visits/plans/999999/accept", 404),
        "give_back_visit_plan": ("post", "/visits/plans/999999/give-back", 422),
        "move_proposed_visit": ("post", "/visits/plans/999999/proposals/1/move", 422),
        "reject_proposed_visit": ("post", "/visits/plans/999999/proposals/1/reject", 404),
        "open_proposed_visit": ("post", "/visits/plans/999999/proposals/1/open", 404),
        "put_away_visit_plan": ("delete", "/visits/plans/999999", 404),
        "list_milestones": ("get", "/milestones", 200),
        "get_milestone": ("get", "/milestones/999999", 404),
        "note_milestone": ("post", "/milestones", 422),
        "change_milestone": ("patch", "/milestones/999999", 404),
        "congratulate_milestone": ("post", "/milestones/999999/congratulate", 422),
        "leave_out_milestone": ("post", "/milestones/999999/leave-out", 422),
        "reply_to_milestone": ("post", "/milestones/999999/reply", 422),
        "take_back_milestone": ("post", "/milestones/999999/take-back", 404),
        "put_away_milestone": ("delete", "/milestones/999999", 404),
        "list_alarms": ("get", "/alarms", 200),
        "get_alarm": ("get", "/alarms/999999", 404),
        "acknowledge_alarm": ("post", "/alarms/999999/acknowledge", 404),
        "finish_alarm": ("post", "/alarms/999999/done", 404),
        "reopen_alarm": ("post", "/alarms/999999/reopen", 404),
        "list_approvals": ("get", "/approvals", 200),
        "get_approval": ("get", "/approvals/999999", 404),
        "ask_approval": ("post", "/approvals", 422),
        "approve_approval": ("post", "/approvals/999999/approve", 404),
        "send_back_approval": ("post", "/approvals/999999/send-back", 422),
        "withdraw_approval": ("post", "/approvals/999999/withdraw", 404),
        "ask_approval_again": ("post", "/approvals/999999/again", 404),
        "list_approvals_deputies": ("get", "/approvals/deputies", 200),
        "get_deputy": ("get", "/approvals/deputies/999999", 404),
        "add_deputy": ("post", "/approvals/deputies", 422),
        "change_deputy": ("patch", "/approvals/deputies/999999", 404),
        "end_deputy": ("delete", "/approvals/deputies/999999", 404),
        "list_approvals_limits": ("get", "/approvals/limits", 200),
        "get_approval_limit": ("get", "/approvals/limits/999999", 404),
        "set_approval_limit": ("post", "/approvals/limits", 422),
        "change_approval_limit": ("patch", "/approvals/limits/999999", 422),
        "drop_approval_limit": ("delete", "/approvals/limits/999999", 404),
        "list_tier_reviews": ("get", "/tier-reviews", 200),
        "get_tier_review": ("get", "/tier-reviews/999999", 404),
        "open_tier_review": ("post", "/tier-reviews", 422),
        "submit_tier_review": ("post", "/tier-reviews/999999/submit", 422),
        "withdraw_tier_review": ("post", "/tier-reviews/999999/withdraw", 404),
        "list_tier_reviews_decisions": ("get", "/tier-reviews/decisions", 200),
        "get_tier_decision": ("get", "/tier-reviews/decisions/999999", 404),
        "decide_tier": ("patch", "/tier-reviews/decisions/999999", 422),
        "list_incentives": ("get", "/incentives", 200),
        "get_incentive": ("get", "/incentives/999999", 404),
        "add_incentive": ("post", "/incentives", 422),
        "change_incentive": ("patch", "/incentives/999999", 404),
        "next_incentive_version": ("post", "/incentives/999999/next", 404),
        "book_incentive": ("post", "/incentives/999999/book", 422),
        "put_away_incentive": ("delete", "/incentives/999999", 404),
        "list_incentives_versions": ("get", "/incentives/versions", 200),
        "get_incentive_version": ("get", "/incentives/versions/999999", 404),
        "change_incentive_version": ("patch", "/incentives/versions/999999", 404),
        "simulate_incentive_version": ("post", "/incentives/versions/999999/simulate", 404),
        "hand_in_incentive_version": ("post", "/incentives/versions/999999/hand-in", 404),
        "take_back_incentive_version": ("post", "/incentives/versions/999999/take-back", 404),
        "list_incentives_standings": ("get", "/incentives/standings", 200),
        "get_incentive_standing": ("get", "/incentives/standings/999999", 404),
        "list_incentives_bookings": ("get", "/incentives/bookings", 200),
        "get_incentive_booking": ("get", "/incentives/bookings/999999", 404),
        "reverse_incentive_booking": ("post", "/incentives/bookings/999999/reverse", 404),
        "list_incentives_cases": ("get", "/incentives/cases", 200),
        "get_incentive_case": ("get", "/incentives/cases/999999", 404),
        "add_incentive_case": ("post", "/incentives/cases", 422),
        "change_incentive_case": ("patch", "/incentives/cases/999999", 404),
        "put_away_incentive_case": ("delete", "/incentives/cases/999999", 404),
        "list_journeys": ("get", "/journeys", 200),
        "get_journey": ("get", "/journeys/999999", 404),
        "begin_journey": ("post", "/journeys", 422),
        "change_journey": ("patch", "/journeys/999999", 404),
        "put_away_journey": ("delete", "/journeys/999999", 404),
        "hand_journey_on": ("post", "/journeys/999999/hand-on", 422),
        "close_journey": ("post", "/journeys/999999/close", 422),
        "reopen_journey": ("post", "/journeys/999999/reopen", 404),
        "renew_journey": ("post", "/journeys/999999/renew", 404),
        "list_journeys_checks": ("get", "/journeys/checks", 200),
        "get_journey_check": ("get", "/journeys/checks/999999", 404),
        "do_journey_check": ("post", "/journeys/checks/999999/do", 422),
        "leave_journey_check_out": ("post", "/journeys/checks/999999/leave-out", 422),
        "hand_journey_check_on": ("post", "/journeys/checks/999999/hand-on", 422),
        "reopen_journey_check": ("post", "/journeys/checks/999999/reopen", 404),
        "list_journeys_templates": ("get", "/journeys/templates", 200),
        "get_journey_template": ("get", "/journeys/templates/999999", 404),
        "list_club_levels": ("get", "/club/levels", 200),
        "get_club_level": ("get", "/club/levels/999999", 404),
        "list_club_members": ("get", "/club/members", 200),
        "get_club_member": ("get", "/club/members/999999", 404),
        "nominate_member": ("post", "/club/nominations", 422),
        "add_club_use": ("post", "/club/uses", 422),
        "put_away_club_use": ("delete", "/club/uses/999999", 404),
        "list_club_events": ("get", "/club/events", 200),
        "get_club_event": ("get", "/club/events/999999", 404),
        "add_club_event": ("post", "/club/events", 422),
        "change_club_event": ("patch", "/club/events/999999", 404),
        "invite_to_club_event": ("post", "/club/events/999999/invite", 422),
        "put_away_club_event": ("delete", "/club/events/999999", 404),
        "list_club_invitations": ("get", "/club/invitations", 200),
        "get_club_invitation": ("get", "/club/invitations/999999", 404),
        "change_club_invitation": ("patch", "/club/invitations/999999", 404),
        "put_away_club_invitation": ("delete", "/club/invitations/999999", 404),
        "list_surveys_questionnaires": ("get", "/surveys/questionnaires", 200),
        "get_questionnaire": ("get", "/surveys/questionnaires/999999", 404),
        "add_questionnaire": ("post", "/surveys/questionnaires", 422),
        "add_block_of_questions": ("post", "/surveys/questionnaires/999999/block", 422),
        "put_away_questionnaire": ("delete", "/surveys/questionnaires/999999", 404),
        "list_surveys_waves": ("get", "/surveys/waves", 200),
        "get_survey": ("get", "/surveys/waves/999999", 404),
        "add_survey": ("post", "/surveys/waves", 422),
        "ask_in_survey": ("post", "/surveys/waves/999999/people", 422),
        "begin_survey": ("post", "/surveys/waves/999999/begin", 404),
        "send_survey": ("post", "/surveys/waves/999999/send", 404),
        "close_survey": ("post", "/surveys/waves/999999/close", 404),
        "reopen_survey": ("post", "/surveys/waves/999999/reopen", 404),
        "put_away_survey": ("delete", "/surveys/waves/999999", 404),
        "list_surveys_people": ("get", "/surveys/people", 200),
        "get_survey_person": ("get", "/surveys/people/999999", 404),
        "see_to_low_score": ("post", "/surveys/people/999999/seen", 404),
        "revoke_survey_link": ("post", "/surveys/people/999999/revoke", 404),
        "take_out_of_survey": ("delete", "/surveys/people/999999", 404),
        "list_training_programmes": ("get", "/training/programmes", 200),
        "get_programme": ("get", "/training/programmes/999999", 404),
        "add_programme": ("post", "/training/programmes", 422),
        "change_programme": ("patch", "/training/programmes/999999", 404),
        "put_away_programme": ("delete", "/training/programmes/999999", 404),
        "list_training_sessions": ("get", "/training/sessions", 200),
        "get_training_session": ("get", "/training/sessions/999999", 404),
        "add_training_session": ("post", "/training/sessions", 422),
        "change_training_session": ("patch", "/training/sessions/999999", 404),
        "expect_at_training": ("post", "/training/sessions/999999/expect", 422),
        "hold_training": ("post", "/training/sessions/999999/held", 404),
        "close_training": ("post", "/training/sessions/999999/close", 404),
        "cancel_training": ("post", "/training/sessions/999999/cancel", 422),
        "reopen_training": ("post", "/training/sessions/999999/reopen", 404),
        "put_away_training_session": ("delete", "/training/sessions/999999", 404),
        "list_training_attendees": ("get", "/training/attendees", 200),
        "get_attendee": ("get", "/training/attendees/999999", 404),
        "attendee_came": ("post", "/training/attendees/999999/came", 404),
        "attendee_did_not_come": ("post", "/training/attendees/999999/not-come", 404),
        "put_away_attendee": ("delete", "/training/attendees/999999", 404),
        "list_training_certificates": ("get", "/training/certificates", 200),
        "get_certificate": ("get", "/training/certificates/999999", 404),
        "revoke_certificate": ("post", "/training/certificates/999999/revoke", 422),
        "give_back_certificate": ("post", "/training/certificates/999999/give-back", 404),
        "get_green_channel": ("get", "/green-channel", 200),
        "change_green_channel": ("patch", "/green-channel", 422),
        "list_promises": ("get", "/promises", 200),
        "get_promise": ("get", "/promises/999999", 404),
        "add_promise": ("post", "/promises", 422),
        "change_promise": ("patch", "/promises/999999", 404),
        "keep_promise": ("post", "/promises/999999/keep", 422),
        "move_promise": ("post", "/promises/999999/move", 422),
        "release_promise": ("post", "/promises/999999/release", 422),
        "give_up_promise": ("post", "/promises/999999/give-up", 422),
        "reopen_promise": ("post", "/promises/999999/reopen", 404),
        "put_away_promise": ("delete", "/promises/999999", 404),
        "list_visits": ("get", "/visits", 200),
        "get_visit": ("get", "/visits/999999", 404),
        "add_visit": ("post", "/visits", 422),
        "change_visit": ("patch", "/visits/999999", 404),
        "confirm_visit": ("post", "/visits/999999/confirm", 404),
        "move_visit": ("post", "/visits/999999/move", 422),
        "cancel_visit": ("post", "/visits/999999/cancel", 422),
        "reopen_visit": ("post", "/visits/999999/reopen", 404),
        "hold_visit": ("post", "/visits/999999/hold", 422),
        "take_visit_back": ("post", "/visits/999999/take-back", 404),
        "do_follow_up": ("post", "/visits/999999/follow-ups/999999/done", 404),
        "reopen_follow_up": ("post", "/visits/999999/follow-ups/999999/reopen", 404),
        "put_away_visit": ("delete", "/visits/999999", 404),
        "get_competitor": ("get", "/competitors/999999", 404),
        "get_contact": ("get", "/contacts/999999", 404),
        "add_contact": ("post", "/contacts", 422),
        "change_contact": ("patch", "/contacts/999999", 404),
        "department": ("get", "/department", 200),
        "list_absences": ("get", "/absences", 200),
        "get_absence": ("get", "/absences/999999", 404),
        "add_absence": ("post", "/absences", 422),
        "change_absence": ("patch", "/absences/999999", 404),
        "take_back_absence": ("delete", "/absences/999999", 404),
        "list_handovers": ("get", "/handovers", 200),
        "get_handover": ("get", "/handovers/999999", 404),
        "start_handover": ("post", "/handovers", 422),
        "accept_handover": ("post", "/handovers/999999/accept", 404),
        "decline_handover": ("post", "/handovers/999999/decline", 422),
        "agree_handover": ("post", "/handovers/999999/agree", 422),
        "change_handover_step": ("patch", "/handovers/999999/steps/1", 422),
        "call_off_handover": ("delete", "/handovers/999999", 404),
        "account_stakeholders": ("get", f"/stakeholders?account={code}", 200),
        "list_acquaintances": ("get", "/acquaintances", 200),
        "state_acquaintance": ("post", "/acquaintances", 422),
        "get_acquaintance": ("get", "/acquaintances/999999", 404),
        "change_acquaintance": ("patch", "/acquaintances/999999", 422),
        "take_back_acquaintance": ("delete", "/acquaintances/999999", 404),
        "list_coverage": ("get", "/coverage", 200),
        "plan_meeting": ("post", "/coverage/rules", 422),
        "unplan_meeting": ("delete", "/coverage/rules/999999", 404),
        "contact_kept": ("get", "/contacts/999999/kept", 404),
        "erase_contact": ("delete", "/contacts/999999", 404),
        "list_duplicates": ("get", "/duplicates", 200),
        "get_duplicate": ("get", "/duplicates/999999", 404),
        "decide_duplicate": ("post", "/duplicates/999999/decide", 422),
        "undo_duplicate": ("post", "/duplicates/999999/undo", 404),
        "list_complaints": ("get", f"/complaints?account={code}", 200),
        "get_complaint": ("get", "/complaints/999999", 404),
        "add_complaint": ("post", "/complaints", 422),
        "change_complaint": ("patch", "/complaints/999999", 404),
        "take_up_complaint": ("post", "/complaints/999999/take-up", 404),
        "assess_complaint": ("post", "/complaints/999999/assess", 422),
        "advance_complaint": ("post", "/complaints/999999/advance", 422),
        "step_back_complaint": ("post", "/complaints/999999/step-back", 404),
        "wait_with_complaint": ("post", "/complaints/999999/wait", 422),
        "resume_complaint": ("post", "/complaints/999999/resume", 404),
        "reopen_complaint": ("post", "/complaints/999999/reopen", 422),
        "tell_complaint": ("post", "/complaints/999999/tell", 422),
        "merge_complaint": ("post", "/complaints/999999/merge", 422),
        "part_complaint": ("post", "/complaints/999999/part", 404),
        "classify_complaint": ("post", "/complaints/999999/class", 404),
        "list_complaint_causes": ("get", "/complaint-causes", 200),
        "get_complaint_cause": ("get", "/complaint-causes/999999", 404),
        "add_complaint_cause": ("post", "/complaint-causes", 422),
        "change_complaint_cause": ("patch", "/complaint-causes/999999", 404),
        "put_away_complaint_cause": ("delete", "/complaint-causes/999999", 404),
        "put_away_complaint": ("delete", "/complaints/999999", 404),
        "list_imports": ("get", "/imports", 200),
        "start_import": ("post", "/imports", 415),
        "get_import": ("get", "/imports/1", 200),
        "get_import_rejects": ("get", "/imports/1/rejects", 404),
        "undo_import": ("post", "/imports/999/undo", 404),
        "delete_import": ("delete", "/imports/999", 404),
        "list_analyses": ("get", "/analyses", 200),
        "run_analysis": ("get", f"/analyses/rfm?account={code}", 200),
        "today": ("get", "/today", 200),
        "search": ("get", "/search?q=a", 200),
        "/{path:code}/scorecard": ("patch", f"/accounts/{code}/scorecard", 404),
        "/{path:code}/timeline": ("patch", f"/accounts/{code}/timeline", 404),
    }


def call(client, method, path):
    body = {"content_type": "application/json"} if method in {"post", "patch"} else {}
    data = {"data": "{}"} if method == "patch" else {}
    return getattr(client, method)(f"{BASE}{path}", **data, **body)


def refusal(role):
    """To customers' people nothing of the house is there."""
    return 404 if role is Role.PORTAL else 403


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_answered_as_the_table_says(house, ask, role):
    wanted, got = {}, {}
    for name, operation in operations():
        method, path, fine = calls(house)[name]
        wanted[name] = fine if may(role, right_of(operation)) else refusal(role)
        got[name] = call(ask(role), method, path).status_code

    assert got == wanted


def test_nobody_is_answered_without_signing_in(house, client, db):  # noqa: ARG001  (inside the test's transaction)
    for name, (method, path, _fine) in calls(house).items():
        answer = call(client, method, path)

        assert answer.status_code == 401, name
        assert answer.headers["WWW-Authenticate"].startswith("Bearer"), name
        assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("role", list(Role))
def test_whole_book_results_need_insight_and_export(ask, role):
    answer = ask(role).get(f"{BASE}/analyses/rfm")

    assert answer.status_code == (200 if may(role, Right.INSIGHT) and may(role, Right.EXPORT) else refusal(role))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("query", ["contribution?", "tiers?", "lifetime?", "whale-curve?", "pareto?basis=margin&"])
def test_money_analyses_need_money(house, ask, role, query):
    answer = ask(role).get(f"{BASE}/analyses/{query}account={house.mine}")

    assert answer.status_code == (200 if may(role, Right.MONEY) and may(role, Right.ACCOUNTS) else refusal(role))
