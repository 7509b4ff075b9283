access-act-route-checked = read a row of the route
access-act-route-print = printed the route of a case
access-act-route-publish = put a version of the route in force
access-act-route-retire = retired a version of the route
access-act-route-sign = signed a version of the route
access-act-route-unchecked = took her reading of a row of the route back
access-section-ruta = Route
entry-route_step = Step of the route
figure-lower = A quarter took less than
figure-median = Half took less than
figure-route-institution = Days by the institution that did it
figure-route-institution-about = From what started a step to its being done, by the institution that did it, where that was noted.
figure-route-institution-rule = Median of days between start and done as a person noted them, of steps that were done in these dates. With fewer than five people it is not shown; quarters, with fewer than twenty.
figure-route-row = Days by step
figure-route-row-about = From what began a step until it was done, by step of the route.
figure-route-row-rule = Median of days between the beginning and the end that a person noted, of steps done in this time. Not shown with fewer than five people; the quarters, with fewer than twenty.
figure-route-who = Days by whose step it is
figure-route-who-about = From what began a step until it was done, by the institution that answers for it.
figure-route-who-rule = Median of days between the beginning and the end that a person noted, of steps done in this time. A step of two institutions counts for both. Not shown with fewer than five people; the quarters, with fewer than twenty.
figure-upper = A quarter took more than
problem-route-moves-nothing = That step does not change the clock: it was so already, or had not begun. Look at the row and at what happened.
problem-route-signer = Write your name and your number among lawyers.
route-basis = Basis
route-calendar = Which days count
route-calendar-after =
    {$n ->
        [0] Easter Sunday
        [one] one day after Easter Sunday
       *[other] {$n} days after Easter Sunday
    }
route-calendar-all = Every day of the week counts.
route-calendar-before =
    {$n ->
        [one] one day before Easter Sunday
       *[other] {$n} days before Easter Sunday
    }
route-calendar-opens = The day begins at {$hour} o’clock.
route-calendar-weekend = Saturday and Sunday do not count.
route-calendars = Days that count
route-col-basis = Basis
route-col-code = Row
route-col-status = Signature
route-col-task = What is done
route-col-timing = Term
route-col-when = When
route-col-whose = Whose it is
route-data-gone = Institution that is no longer in the directory
route-data-text = It serves to talk with institutions, not to point at anybody. Only what was noted in cases counts.
route-data-title = The route in days
route-data-what = What it shows
route-data-window = The route in days
route-decided-published = Put in force by
route-decided-retired = Retired by
route-ended =
    {$n ->
        [one] Ended: one
       *[other] Ended: {$n}
    }
route-filter = Show
route-goes-on = It runs again
route-golden = Test cases
route-golden-due = Due
route-golden-no = does not come out
route-golden-ok = comes out
route-golden-right =
    {$n ->
        [one] The only case comes out
       *[other] All {$n} cases come out
    }
route-golden-text = They are dates that can be checked on paper. With one that does not come out nobody can sign this version or put it in force.
route-golden-wrong =
    {$n ->
        [one] One case does not come out
       *[other] {$n} cases do not come out
    }
route-institution = Which institution did it
route-it-began = Note that it began
route-line-read = you read it
route-lines = What is read, row by row
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
route-population-any = Everybody
route-population-child = Children and adolescents
route-population-foreign = People from another country
route-print = Version to print
route-print-how = Print this sheet from the browser. It has the code and no name.
route-print-title = Route of case
route-print-window = Route to print
route-publish = Put in force
route-read-count = You have read {$n} of {$of}.
route-read-next = Read the next one
route-read-right = I read it and it is right
route-read-text = Compare it with the law and with the test cases. If something is not right, do not mark it: tell whoever looks after the program, so that it is corrected.
route-read-title = Your reading
route-read-undo = Take my reading back
route-remark = Something worth knowing
route-remark-hint = Without telling what happened to her: only the procedure.
route-rests = What it rests on
route-rests-general = It is general knowledge.
route-rests-known = The document is known; its text was not read.
route-rests-read = The text or an official account was read.
route-retire = Retire
route-retire-text = When it is retired, its rows say again that nobody has verified them. No clock stops.
route-row = Which step it is
route-send = Save the step
route-set = Which day was set
route-set-for = for {$day}
route-set-hint = Only if a hearing or an act was set. Else leave it empty.
route-sheet-country = The country’s route
route-sheet-own = The programme’s own terms
route-sign = Sign this version
route-sign-link = Read and sign
route-sign-send = Sign
route-sign-text = A lawyer reads each row and signs. Somebody else puts it in force. If the text changes later, what changed is read and signed anew.
route-sign-window = Signature of the route
route-signed = Verified by {$by}, {$on}
route-signer = Your name and number among lawyers
route-signer-hint = This is how it appears on screens and paper.
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
route-summary = Clocks of the route
route-summary-all =
    {$n ->
        [one] See the clock
       *[other] See all {$n} clocks
    }
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
route-version = Version signed on {$on}
route-was-done = It was done
route-what = What happened
route-whole = See the whole route
route-whose = Whose it is
route-why = Why it runs
section-route = Route
state-route-golden = A test case does not come out. Like this it can be neither signed nor put in force.
state-route-other-publishes = You signed it. Somebody else puts it in force.
state-route-other-text = Another text was signed. The one that is in the program now is read and signed anew.
state-route-signed = This version is signed already.
state-route-unread = There are rows that were not read. Read them all before you sign.
state-route_step-mistake = noted by mistake
state-route_step-noted = noted
