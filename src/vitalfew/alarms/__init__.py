"""Who must know is told, once, with what to do; and what never led to anything is called noise.

Rooms say in their files ``alarming`` what can stand that somebody must know; a rule switches a kind on and says who is told,
by which ways, and who next where nobody answers. What stands becomes an alarm, which each person is told once while it lasts.

kinds       the kinds that rooms declare
models      rules, alarms, who was told of which, addresses of other systems, how each of us wishes to be told
audience    who is meant by a rule's words, and sees the account
raising     what stands becomes alarms, ends, goes higher
unseen      kinds that could not be looked at, since when, and why
timing      working hours, quiet hours, the hour of the digest
delivering  mails and posts that are due; mailing, posting, wire: how each is written and sent
noise       which kinds led to something, with Wilson's interval
"""
