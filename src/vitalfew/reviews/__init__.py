"""Reviews of tiers: what the analysis proposes becomes a decision of people, in force from a day.

    proposed  →  approved, in force from a day        proposed  →  withdrawn

An analysis sorts accounts anew at each refresh; a department sorts them once or twice a year, and deals with each account by
the tier in force. A review takes the analysis' proposals as of a refresh, lets people decide otherwise with a reason, and
takes effect when it is approved.

models      a review, its decisions, tiers in force
questions   the review that waits, its decisions, the tiers in force on a day
actions     open, decide, approve, withdraw
pages       /tier-review/
"""
