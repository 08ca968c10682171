"""What we say to each other about something that passed: a line under a visit, a call, a mail, an answer.

A comment belongs to a *spot*: a record of another room that can be commented on, such as a visit. Writing @ and a name
*mentions* somebody of ours who may see the account; the mention stands on that person's Today until the spot was opened.
Whoever loses sight of the account loses its comments and mentions with it.

handles    how people are named after an @, and who is meant by a text
models     a comment, a mention
spots      what can be commented on, as the rooms declare it
questions  what a user may see
actions    write, change, put away, see
"""
