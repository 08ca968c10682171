"""Feedback rounds 主动上门征求意见: we go and ask, before anybody complains.

A *round* has a few questions, a time, and accounts. Each *asked account* is planned, asked (at a visit, by call, …), answered and
closed; whoever is assigned, else whoever manages the account, finds it on Today. The answers are counted by question, the
accounts by whoever asks, by tier, and by name where nobody has answered. Scores go to the facts as answers of a survey,
so the analyses of relationship, loyalty and recommendation read them.

standard   questions in three languages, by the items that analyses read
models     a round, its questions, an asked account, its answers
questions  what a user may see of them
counting   what the answers tell
actions    plan, add accounts, ask, answer, close
facts      scores for the warehouse
"""
