"""Advice answered: what the figures propose to do about an account is accepted or declined with a reason, and whether it helped.

words        answers, reasons, states
models       answers
questions    what a user may see; what is proposed now
actions      accepted, declined, done, dropped
advised      what was declined is not proposed again before its day
since        what was accepted is under way
weighing     which advice is taken, why not, and whether accounts earn more since
"""
