"""Weeks of visits for several people: who calls at which door on which day, so that it brings most.

``request`` what is asked · ``weeks`` a mixed integer program over weeks · ``days`` the days within them · ``missing`` what
found no place, and why · ``planning`` all of it · ``checking`` whether a plan breaks a rule, counted apart from how it was made.
"""
