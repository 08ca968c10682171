"""What is done once an account may leave: a plan by the cause, its steps, what came of it, and whether plans help.

A plan begins from a warning or by hand. It keeps what was known as it began (risk, money at stake, cause) and which accounts
were in the same danger then and had no plan: against them it is judged, once its time is over. What is done against each
cause stands in a playbook; a firm may write its own.

words        states of plans and steps
playbook     what is done against each cause, by whom and by when
models       plans, their steps, the firm's own plays
comparing    which accounts were in the same danger; who of them, and of those with a plan, bought again
questions    what a user may see of them
actions      plans begun, handed on, ended; stepping: what becomes of a step; composing: the firm's own playbook
"""
