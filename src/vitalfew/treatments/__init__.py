"""Accounts that cost more than they bring: re-priced, served otherwise, converted or parted from; approved, dated, followed.

words        what is done, how it stands, what came of it
losers       the loss-makers of `negative-assets` with what drives the loss and what would end it
models       treatments
questions    what a user may see
actions      drafted, asked for, approved, called off
parting      the letter with which one parts
measuring    contribution by month, as the facts tell
judging      before and after, with the interval
"""
