"""Messages of electronic data interchange: stock and sales reports come in, what is available goes out.

shape     a segment and a message, whichever syntax they came in
edifact   UN/EDIFACT interchanges: their characters, envelopes and counts; the syntax itself is read by pydifact
x12       ANSI X12 interchanges, read and written here
stock     what INVRPT, SLSRPT and 852 tell, as rows
available what is available, as INVRPT or 846
"""
