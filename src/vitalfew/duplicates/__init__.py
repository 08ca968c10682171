"""Records of one company, or of one person, that stand in the book twice."""
