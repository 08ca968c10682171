"""Days of an account worth a word: its founding, our first order, an honour, a business move, a birthday by wish.

They are known in time, told to who congratulates and, where round, to the executives; what was sent and what came back is
kept, and a day that passed without a word is counted as missed.

days       when a day comes round again, by the common or the Chinese calendar
models     a milestone, and each time it was answered, left out or missed
following  days that the facts tell of key accounts, and those that passed
actions    note, congratulate, leave out, note the reply, take back
"""
