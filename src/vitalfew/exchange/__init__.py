"""Data in both directions: what an account tells us of its sales and stock, and what we tell it.

With each account it is agreed on what is given, how often, by when, which way, and what it gets from us in return. Nothing
leaves the house that is not named there.

words     kinds of data, ways, how an exchange stands
models    what is agreed on, files that came in, what they tell
actions   agree, correct, put away
shape     a row of an account's data, whichever way it came
reading   from a file to rows, and what only we can check
taking    stored, corrected, recognised; what is wrong is kept with its reason
owed      which reports are late
odd       what lies far beside: rules without a database
counts    from count to count, what was left, sold and delivered
finding   what is odd, and by what it is known again
doubting  raised once, answered, settled by later data
offering  what an account is told, table by table
giving    as a file, noted with its hash
facts     given to the facts, a day at a time
edi       messages in, and what is available out
folders   where files lie that accounts bring by SFTP
dropping  taken from there, once
effect    a figure before and since, without a database
keeping   what each exchange changed, kept every morning
questions what a user may see of it
"""
