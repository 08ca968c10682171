"""The site: settings, urls, how it is started. Knows all floors; no floor knows it."""
