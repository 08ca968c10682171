"""Long-term agreements with accounts (年度合作协议): what each side owes, at which prices, until when, and what was broken.

An agreement is drafted, approved by a second person in the version that was asked for, in force, and ended or terminated; it
is never deleted. Renewing it makes the next one, which goes on from it and is compared with it. What an order paid beside the
agreed price is told line by line; a breach becomes a promise, a penalty or a waiver.

days         when notice must be given, and since when one is asked to decide
measures     by what the facts tell whether an obligation is kept
reading      how far each obligation has come; 'cannot tell' with its reason
pricing      which price rule holds for an order line, and which rules contradict each other
price_check  the order lines of twelve months against the rules
models       an agreement; its obligations, price rules and breaches
actions      draft, ask, in force, notice, renew, end
composing    obligations and price rules put in, changed, taken out; files kept
breaching    breaches recorded, promised, claimed, waived, settled
contracts    what an import tells of contracts, and an agreement taken over from one
"""
