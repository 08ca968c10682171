"""What a second person approves: what waits for whom, by which limits, who stands in, and what was decided.

Rooms say in their files ``approvable`` which kinds of things are approved and what follows; they ask through ``actions.ask``
and hear of every decision within its transaction. Allowances, write-offs and exceptions are asked for here, in words. Who asked
does not decide.

models      an approval and its steps, limits by kind and role, who decides in whose place
kinds       the kinds that rooms declare
deciding    who may decide, in whose place, up to which amount
actions     ask, approve, send back, withdraw, ask again; limits; standing in
"""
