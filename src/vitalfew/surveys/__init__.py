"""Surveys: questionnaires in three languages, asked of several people at each account by a link of their own, and counted.

Feedback is asked in person, once an account; here people answer by themselves, in writing. What they answer goes to the facts
under the names that the analyses of relationships read. Those who serve the accounts are asked too: what they say is kept apart
from who said it.
"""
