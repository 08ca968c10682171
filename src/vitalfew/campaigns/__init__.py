"""Campaigns from their budget to their evaluation: whom to treat, whom to hold out, what it could show, what it changed.

A second person approves the budget. As it begins, the accounts are frozen: who has said no, who hears from us too often and who
is in another campaign is left out with the reason, and of the others one in a few is held out by lot. What it changed is told
by the analysis of campaigns against those held out, and kept as it was told then.

words        kinds, states, what is counted, why an account is left out
models       campaigns, lines of their budget, their accounts
questions    what a user may see
actions      drafted, approved, called off, ended, lessons
choosing     which accounts it is for
reading      what these accounts bought in spans of days
seeing       what it could show, before it begins
excluding    who is left out, and why
starting     the accounts frozen, the lots drawn
sending      letters to consenting contacts of treated accounts
evaluating   what it changed
calendar     who gets what when, and how often accounts hear from us
own_tables   our campaigns, for analyses
"""
