"""Training of the people at our accounts: what is taught, when and to whom, who came, who passed, what it changed.

Who comes writes himself down at the door, by a QR code on a sheet, and takes the test on the same page; nobody needs an account
of ours for it. Who passed holds a certificate for a time, which anybody can check by its address.

words         states of a session, of a certificate; whom a programme is for
programmes    programmes and their tests; a test that was answered never changes
sessions      sessions, invited accounts, attendees, the link at the door
models        answers, certificates
marking       a test's score, without a database
questions     what a user may see of all that
actions       programmes, sessions, invitations
attending     who came, by hand and at the door
closing       held, closed, cancelled, and what other rooms get of it
certifying    certificates issued, revoked, given back
door          the link at the door: signed, for a time, revocable
exam          the test on the attendee's phone
covering      which accounts' people are trained
effect        trained accounts beside comparable ones
"""
