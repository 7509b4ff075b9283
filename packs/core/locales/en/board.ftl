board-after = After
board-again = Courses that should be refreshed
board-again-due = due from { $day }
board-again-follow = Follow-ups that are due today
board-again-none = No course is due in the next three months.
board-again-rule = This list is of today and is not in the file. Whoever completed the same course again no longer counts.
board-agenda = See the agenda, one by one
board-audience-community = Community
board-audience-official = Justice institutions
board-audience-other = Not said
board-before = Before
board-by-quarter = By quarter
board-capacitacion = Training
board-col-figure = Figure
board-col-value = Number
board-csv = Take the numbers (CSV)
board-csvw = Description of the file
board-decide = Waits for your decision
board-decide-approve = Approve · { $grant } · { $period }
board-decide-closing =
    { $n ->
        [one] Approve the closing of a case
       *[other] Approve the closing of { $n } cases
    }
board-decide-conduct =
    { $n ->
        [one] Follow up a report about the conduct of staff
       *[other] Follow up { $n } reports about the conduct of staff
    }
board-decide-emergency =
    { $n ->
        [one] Review an emergency access
       *[other] Review { $n } emergency accesses
    }
board-decide-erasure =
    { $n ->
        [one] Decide on a request to erase
       *[other] Decide on { $n } requests to erase
    }
board-decide-explain = Explain what is off target and ask for approval · { $grant } · { $period }
board-decide-form =
    { $n ->
        [one] Look at a form that somebody else brought
       *[other] Look at { $n } forms that others brought
    }
board-decide-handover =
    { $n ->
        [one] Follow a change of post that somebody else began
       *[other] Follow { $n } changes of post that others began
    }
board-decide-leak =
    { $n ->
        [one] Decide what to do about something that came out of a case
       *[other] Decide what to do about { $n } times something came out of a case
    }
board-decide-more =
    { $n ->
        [one] And one more
       *[other] And { $n } more
    }
board-decide-none = Nothing waits for your decision.
board-decide-off =
    { $n ->
        [one] Look at a figure that is off its target in the last report
       *[other] Look at { $n } figures that are off their target in the last report
    }
board-decide-open = Open, because it is over · { $grant } · { $period }
board-decide-page =
    { $n ->
        [one] Decide whether a sheet is published
       *[other] Decide whether { $n } sheets are published
    }
board-decide-release =
    { $n ->
        [one] Decide whether some numbers leave the programme
       *[other] Decide on { $n } requests for numbers to leave the programme
    }
board-decide-rule = It is a list of things to do, by what you may decide. It is no figure of the programme and is not among the numbers to download.
board-decide-support =
    { $n ->
        [one] Decide on a support expense
       *[other] Decide on { $n } support expenses
    }
board-due-court_report = Reports that a court or another institution waits for
board-due-hearing = Hearings
board-due-measure = Protection measures that end: ask for their review
board-due-one-court_report = Report not handed over
board-due-one-hearing = Hearing: note how it ended
board-due-one-measure = Protection measure that ended
board-fewer = fewer than before, and not by chance
board-fig-alerts-map = Where most alerts come from: { $what } ({ $n }).
board-fig-alike =
    { $topic ->
        [none] The { $k } highest numbers are alike; the first: “{ $first }” ({ $n }).
       *[other] { $topic }: the { $k } highest numbers are alike; the first: “{ $first }” ({ $n }).
    }
board-fig-answers = Of { $of } alerts answered, { $n } were answered in time.
board-fig-answers-only = { $n } were answered in time; how many later is not shown in full.
board-fig-answers-some = At least { $n } were answered in time; other numbers are hidden.
board-fig-cascade = Where most referrals stop: { $what } ({ $n }).
board-fig-cascade-none = No referral stopped on its way.
board-fig-cascade-origins = Most referrals were for those who came by: { $what } ({ $n }).
board-fig-equal =
    { $topic ->
        [none] The same in “{ $first }” and “{ $second }”: { $n }.
       *[other] { $topic }: the same in “{ $first }” and “{ $second }” ({ $n }).
    }
board-fig-fall = Falling, and not by chance: { $what }.
board-fig-follow-ups-due = Where most people wait for a follow-up: { $what } ({ $n }).
board-fig-goals = Where most people reached their goal: { $what } ({ $n }).
board-fig-goals-now-least = At least { $n } goals are where they were expected to be or better; other numbers are hidden.
board-fig-hidden = The numbers are so small that they are not shown.
board-fig-indicators = { $met } of { $of } targets that show their number are reached.
board-fig-nights = In the last three months { $n } of { $of } nights with a place were used.
board-fig-nights-only = In the last three months there were { $n } nights.
board-fig-nought = There were none in this period.
board-fig-nought-last = There were none in the last month.
board-fig-origin-map = Where most people come from: { $what } ({ $n }).
board-fig-outcomes = Where most people are better than the first time: { $what } ({ $n }).
board-fig-part = Targets reached: { $met } of { $of }
board-fig-part-none =
    { $n ->
        [one] 1 figure
       *[other] { $n } figures
    }
board-fig-recruited-map = Where most people were recruited: { $what } ({ $n }).
board-fig-refreshers-due = Where most people should repeat a course: { $what } ({ $n }).
board-fig-refused = Who most lacked a place: { $what } ({ $n }).
board-fig-refused-why = What most kept us from receiving: { $what } ({ $n }).
board-fig-rise = Rising, and not by chance: { $what }.
board-fig-same =
    { $topic ->
        [none] “{ $first }” ({ $n }) and “{ $second }” ({ $m }): the difference may be chance.
       *[other] { $topic }: “{ $first }” ({ $n }) and “{ $second }” ({ $m }); the difference may be chance.
    }
board-fig-served-map = Where most people are looked after: { $what } ({ $n }).
board-fig-services-months = In the last month, what most people received: { $what } ({ $n }).
board-fig-sessions = { $after } sessions in the last three months, { $before } in the three before: { $change }.
board-fig-sessions-only = { $after } sessions in the last three months.
board-fig-steady = No difference from the quarter before can be seen in any row.
board-fig-trained = Where most people who completed a course come from: { $what } ({ $n }).
board-fig-trained-sex = Who most often completed a course: { $what } ({ $n }).
board-goals-then = At first
board-goals-today = Now
board-goals-when = When
board-indicadores = Project indicators
board-late = Past its term
board-late-more =
    { $n ->
        [one] And one more, in the files you may open.
       *[other] And { $n } more, in the files you may open.
    }
board-line = { $what }: eight quarters; the last { $last }, the one before { $before }
board-lost = Went no further
board-lost-rule = Below a step, with “−”: those that went no further, and how. Withdrawn ones stand below “sent”, even where they came further. The reason that was written stays in each file.
board-map-credit = Approximate outlines: Natural Earth. Codes: INE.
board-metas = Progress in goals
board-more = more than before, and not by chance
board-no-change = no change that can be affirmed
board-not-known = cannot be compared
board-notes = What it may mean
board-notes-none = Nobody has written about these trends yet.
board-notes-rule = Each note has its day and who wrote it, and stands in the programme log. No names and no codes of cases.
board-notes-write = Write what it may mean
board-now-accepted = Hours until a referral is accepted
board-now-change = Beside the month before: { $change }
board-now-housed = People who slept in a house
board-now-reviewed = Plans reviewed on time
board-now-rule = The large number is of the last whole month. The line is twelve months; where it breaks, the number is hidden or there was none.
board-now-served = People served
board-ocupacion = Occupancy and waiting
board-of-target = Of the target
board-origin = Who had referred her to the programme
board-origin-all = All by who had referred
board-origin-any = All
board-origin-unknown = Not known
board-places = nights there was a bed for
board-places-rule = The line adds up the beds of each night that was counted in the houses shown. Where a house is hidden, the gap to the line does not say how many nights there were.
board-plazos = Deadlines
board-programa = The programme today
board-quality = What stands behind it
board-quality-brought = Earlier records in part
board-quality-explained = Records of the programme; off target, explained
board-quality-hidden = Hidden or no data
board-quality-own = Records of the programme
board-referencias = Referral cascade
board-say-deadlines =
    { $n ->
        [one] There is one deadline in the next 60 days, in the files you may open
       *[other] There are { $n } deadlines in the next 60 days, in the files you may open
    }; { $week } in the next seven days.
board-say-few = In this period no number can be said without exposing somebody, or there was none.
board-say-goals = Where most people are better than the first time: { $area } ({ $n }).
board-say-goals-now = Of the goals set in this period, { $now } are now where they were expected to be, or further; at first { $then } were.
board-say-goals-same = In { $areas } areas the same number of people are better than the first time, more than in the others: { $n } in each.
board-say-hidden-too = Other numbers are hidden and might be larger.
board-say-indicators = { $met } of { $of } targets for the whole project are reached, of those that show their number in the last frozen report.
board-say-indicators-hidden =
    { $n ->
        [one] The number of another is not shown.
       *[other] The numbers of { $n } others are not shown.
    }
board-say-late =
    { $n ->
        [one] One is past its term.
       *[other] { $n } are past their term.
    }
board-say-marks = The median mark rose in { $up } of { $of } institutions, of those that show both.
board-say-no-deadlines = There are no deadlines in the next 60 days in the files you may open.
board-say-no-report = There is no frozen report yet.
board-say-occupancy = { $share } of the nights with a place were used.
board-say-occupancy-few = How full the houses were cannot be said without exposing somebody, or there was nobody.
board-say-programme = In the last three whole months { $n } people were served: { $change }.
board-say-referrals = Of { $sent } referrals sent, { $accepted } were accepted.
board-say-referrals-few = { $from }: in this period no number can be said without exposing somebody, or there was none.
board-say-referrals-of = { $from }: of { $sent } referrals sent, { $accepted } were accepted.
board-say-services = { $n } people received services of { $kinds } kinds.
board-say-sign = One sign appears more than in the quarter before, and not by chance: “{ $sign }” ({ $before } → { $after }).
board-say-terms-few = How many terms were kept in this period cannot be said without exposing somebody, or there were none.
board-say-terms-plan = Of { $of } reviews of plans, { $n } were made on time.
board-say-terms-plan-only = { $n } reviews of plans were made on time; how many later is not shown.
board-say-terms-route = Of { $of } steps of the route with a term, { $n } were taken on time.
board-say-terms-route-only = { $n } steps of the route with a term were taken on time; how many later is not shown.
board-say-training = { $n } people completed a course, each counted once.
board-say-training-few = How many people completed a course in this period cannot be said without exposing somebody, or there were none.
board-say-trends = Alerts in the last three whole months: { $after }; in the three before: { $before }: { $change }.
board-say-trends-least = Alerts in the last three whole months: at least { $n }; other numbers are hidden.
board-servicios = Services given
board-spark = { $what }: the last twelve months
board-state-about = shown: the number. hidden: fewer than 5, or a small group could be computed, or there was none.
board-tendencias = Trends of alerts
board-term-plan = Review of a plan
board-term-route = Step of the route with a term
board-territorio = Territory
board-title = Dashboard
board-window = Dashboard
figure-alerts-channels = By what way alerts come, by quarter
figure-alerts-channels-rule = Each alert once, by the way it came. Whole quarters only.
figure-alerts-map = From which departments alerts come
figure-alerts-map-about = A bar for each department, the largest first.
figure-alerts-map-rule = Alerts are counted, not people, by the place that the alert tells of.
figure-alerts-signs = Signs that alerts tell of, by quarter
figure-alerts-signs-rule = Alerts are counted, not people; one with several signs stands in each. Whole quarters only: eight, and beside them the last. A mark stands where the last differs from the one before by more than chance would make among so many rows. A sign of which every number is hidden stands in the table only.
figure-deadlines = Deadlines of the next 60 days
figure-deadlines-about = A line for each kind of deadline and a dot for each day: larger, more deadlines.
figure-deadlines-rule = Only of files that you may open. It is no figure of the programme.
figure-marks = The test before and after the course, by institution
figure-marks-about = Two dots for each institution: the median before and after, from 0 to 100.
figure-marks-rule = Medians of those who took each test. Not shown with fewer than 5 people. Institutions are not compared with each other here.
figure-origin-map = From which departments people come
figure-origin-map-about = Map of departments: darker, more people. Hatched: hidden.
figure-origin-map-rule = People whose case was opened in the period, each once, by the municipality they come from where it is known. Nothing finer than the department is shown.
figure-place = Department
figure-recruited-map = In which departments people were recruited
figure-recruited-map-about = Map of departments: darker, more people. Hatched: hidden.
figure-recruited-map-rule = People with a decision on identification in the period, by the department where they were recruited if it is known. Nobody is asked for this.
figure-served-map = In which departments people are served
figure-served-map-about = A bar for each department, the largest first.
figure-served-map-rule = Each person once in a department, by the municipality noted with the service.
figure-services-months = People by service and month
figure-services-months-about = Table: a row for each service, a column for each month. Darker, more people.
figure-services-months-rule = Each person counts once for a service and month. Rows are not added: the same person stands in several. “Hidden”: fewer than 5 people, or a number that would give away fewer than 5.
figure-sessions = Course sessions held each month
figure-sessions-about = A bar for each month.
figure-sessions-rule = Sessions that were held, in a room or at a distance. They are shown also when there are few: they count no people.
figure-terms = Terms that ended: on time or later
figure-terms-about = Table: a row for each kind of term, and how many on time and how many late.
figure-terms-rule = Terms are counted, not people; with fewer than 5 people behind them they are not shown.
figure-trained = People who completed a course, by institution
figure-trained-about = Table: a row for each institution. Darker, more people.
figure-trained-rule = Each person once for an institution, also with several courses.
figure-trained-sex = People who completed a course, by sex
figure-trained-sex-about = Table: a row for each sex.
figure-trained-sex-rule = Each person once. Saying one's sex is voluntary.
hidden-or-none = hidden or no data
