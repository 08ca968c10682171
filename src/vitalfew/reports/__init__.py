"""Reports: what the screen shows, on paper or as a workbook, asked for or sent regularly, and kept as it was made."""
