"""What we give accounts for what they do, and take for what they break: schemes, simulated, approved, accrued, booked, reversed.

A scheme has versions; one that was approved is never changed, a change makes the next, in force from a day. What is earned is
computed from the facts by the rules of the version in force as a settlement period begins, and kept in a ledger of entries that
are only ever added: a difference corrects what was accrued, a counter-entry reverses what was booked.

rules       the equations, without a database: figures of an account in a period → what it earned, and why
periods     settlement periods of a version
scope       whom a version is for
reading     the figures of all accounts at once, from the facts
simulating  what a version would have cost on the orders of the year before
accruing    the daily difference entries, and how each account stands
models      schemes, versions, rules, recorded cases, entries, standings, bookings
actions     draft, approve, next version · recording   cases · booking   book once, reverse
"""
