plan-print-by = Printed by
plan-print-how = Print this page with your browser (Ctrl + P). Hand it over in person, and only if she wants to carry it.
plan-print-link = Sheet to print
plan-print-title = Plan of
plan-print-window = Sheet
access-act-plan-print = opened the sheet of the plan to print it
