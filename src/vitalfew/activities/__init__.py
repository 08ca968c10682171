"""What passed between our people and an account: visits, calls, mails, messages, notes. Logged in seconds, seen by all.

A relationship that is written down is the company's. Each activity names the account, the day, the way, who of ours and, where
known, whom it reached; the timeline shows it, and the analyses of coverage, of relationships that hang on one person and of
need for visits read it.

models     an activity
questions  what a user may see of them
actions    log, change, put away
since      which proposed actions the log shows as taken
own_tables for the analyses: who of ours touched whom, when
"""
