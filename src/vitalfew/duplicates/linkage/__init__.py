"""Which records may be one company, or one person: compared feature by feature, weighed by how telling each agreement is.

    keys → blocks of records that share one → pairs → levels of agreement → weights → how likely

features   a feature: its levels, in words and as a comparison
companies  how names of companies, their codes and numbers are compared
persons    how people at customers are compared
linking    the way from records to likely pairs
"""
