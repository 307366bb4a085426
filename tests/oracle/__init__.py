"""The metrics computed a second time, in Polars, from the staged files and the words of their definitions.

Nothing here reads the SQL's results: what the two have in common is the extracts' declarations, the reference tables
and the prose of the metrics' headers. Where they differ, one of them, or the prose, is wrong.

    reference     the reference tables, with a profile's own grades and targets in their place
    clock         local days, weeks and months; which rule or target is in force on a day
    stage         the staged rows, and which of them stand
    scope         which codes indicate a crime
    chains        duplicates, cancelled duplicates of crimes and re-booked appointments, followed to their end
    reports       logs with their duplicates: receipt, codes, grades, closures
    links         which crime stands against which report
    crimes, incidents, closures, appointments    what the rules make of each record
    metrics       what each metric counts and what it finds met
    totals        figures by period and dimension
"""
