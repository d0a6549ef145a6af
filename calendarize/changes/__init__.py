"""What became of every entry between one report of an office and the next.

`editions` orders reports by office and day, `tellings` judges how each entry is told (as a plan,
a result, given up), `matching` finds the entry of one edition again in the next, `fates` says
what became of it, `totals` counts. Nothing here reads dates: entries are the events of a report.
"""
