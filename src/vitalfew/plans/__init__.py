"""One plan for each key account (一户一策): where it stands, what we want with it, and who does what by when.

A plan is drafted, agreed to by a second person of ours, run, reviewed and closed. What was agreed is kept as a version with the
findings it rested on, so that versions can be compared; the next plan begins from the one before.

measures    what a goal is measured by, and what its figure says of it
reading     how far a goal has come, from the facts; 'cannot tell' with its reason
situation   the account's standing, from the analyses
selling     which sales model the findings speak for
models      a plan; its goals, steps, targets of white space, joint promotions; its versions
actions     draft, ask, agree, begin, revise, close, go on from it
composing   what a plan is made of: put in, changed, taken out; steps done, readings noted
versions    what is kept of a plan on agreement, and how two differ
effect      what a joint promotion changed, as far as can be told
"""
