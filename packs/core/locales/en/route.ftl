access-act-route-print = printed the route of a case
access-section-ruta = Route
entry-route_step = Step of the route
figure-lower = A quarter took less than
figure-median = Half took less than
figure-route-row = Days by step
figure-route-row-about = From what began a step until it was done, by step of the route.
figure-route-row-rule = Median of days between the beginning and the end that a person noted, of steps done in this time. Not shown with fewer than five people; the quarters, with fewer than twenty.
figure-route-who = Days by institution
figure-route-who-about = From what began a step until it was done, by the institution that answers for it.
figure-route-who-rule = Median of days between the beginning and the end that a person noted, of steps done in this time. A step of two institutions counts for both. Not shown with fewer than five people; the quarters, with fewer than twenty.
figure-upper = A quarter took more than
problem-route-moves-nothing = That step does not change the clock: it was so already, or had not begun. Look at the row and at what happened.
route-basis = Basis
route-calendars = Days that count
route-col-basis = Basis
route-col-code = Row
route-col-status = Signature
route-col-task = What is done
route-col-timing = Term
route-col-when = When
route-col-whose = Whose it is
route-data-text = It serves to talk with institutions, not to point at anybody. Only what was noted in cases counts.
route-data-title = The route in days
route-data-window = The route in days
route-data-what = What it shows
route-ended =
    {$n ->
        [one] Ended: one
       *[other] Ended: {$n}
    }
route-filter = Show
route-goes-on = It runs again
route-institution = Which institution did it
route-it-began = Note that it began
route-low = Even this is doubtful.
route-may-apply = Other steps that may apply
route-move-pause = It was paused
route-move-restart = It ran again
route-move-start = It began
route-move-stop = It was done
route-none = No clock runs now.
route-not-law = This is no legal advice. What says “not verified” was signed by no lawyer: ask before you use it as law.
route-note = Note a step
route-noted =
    {$n ->
        [one] Noted step: one
       *[other] Noted steps: {$n}
    }
route-noted-by = noted by {$who}
route-on = On which day it happened
route-over = The term is over; that points at nobody. Ask where it stands and note what you learn.
route-paused = paused since {$day}
route-population = For whom
route-population-adult = Grown people
route-population-child = Children and adolescents
route-population-foreign = People from another country
route-print = Version to print
route-print-how = Print this sheet from the browser. It has the code and no name.
route-print-title = Route of case
route-print-window = Route to print
route-remark = Something worth knowing
route-remark-hint = Without telling what happened to her: only the procedure.
route-rests-general = It is general knowledge.
route-rests-known = The document is known; its text was not read.
route-rests-read = The text or an official account was read.
route-row = Which step it is
route-send = Save the step
route-set = Which day was set
route-set-hint = Only if a hearing or an act was set. Else leave it empty.
route-set-for = for {$day}
route-sheet-country = The country’s route
route-sheet-own = The programme’s own terms
route-signed = Verified by {$by}, {$on}
route-since = Since
route-span-after = from {$from} to {$to}, after the term
route-span-done = from {$from} to {$to}
route-span-ended = from {$from} to {$to}, not needed any more
route-span-within = from {$from} to {$to}, within the term
route-stands-still = It was paused
route-state-draft = draft, signed by nobody
route-state-published = in force
route-state-retired = retired
route-state-signed = signed, not yet in force
route-table-text = Who must do what, and within which term.
route-table-title = The route
route-table-window = The route
route-take-back = Noted by mistake
route-text = Clocks inform: they tell nobody and decide nothing. Nearly always the term is an institution’s.
route-time = At what time
route-time-hint = For example 14:30. If it is not known, leave it empty: the whole day counts.
route-timing-again = every {$term}
route-timing-ahead = {$term} before
route-timing-always = always
route-timing-at-once = without delay
route-timing-before = before the act
route-timing-each-act = at each act
route-timing-unknown = the term is not known
route-today = Terms of the route
route-unit-business =
    {$n ->
        [one] one working day
       *[other] {$n} working days
    }
route-unit-days =
    {$n ->
        [0] the same day
        [one] one day
       *[other] {$n} days
    }
route-unit-hours =
    {$n ->
        [one] one hour
       *[other] {$n} hours
    }
route-unit-months =
    {$n ->
        [one] one month
       *[other] {$n} months
    }
route-unit-opening =
    {$n ->
        [one] the first working hour of the next day
       *[other] the first hour of working day {$n}
    }
route-unsigned = not verified
route-until = until {$when}
route-until-end = until the end of {$when}
route-was-done = It was done
route-what = What happened
route-whole = See the whole route
route-whose = Whose it is
route-why = Why it runs
section-route = Route
state-route_step-mistake = noted by mistake
state-route_step-noted = noted
