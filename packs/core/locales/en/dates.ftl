# Dates and hours, seen from now. Without alarm: what is late is said, not shouted.
dates-today = today
dates-tomorrow = tomorrow
dates-yesterday = yesterday
dates-now = now
dates-minutes-ago = { $n } min ago
dates-hours-ago = { $n } h ago
dates-due-now = due now
dates-due-today = due today
dates-due-tomorrow = due tomorrow
dates-due-was-yesterday = was due yesterday
dates-due-in-minutes = due in { $n } min
dates-due-in-hours = due in { $n } h
dates-due-in-days =
    { $n ->
        [one] due in { $n } day
       *[other] due in { $n } days
    }
dates-due-minutes-ago = was due { $n } min ago
dates-due-hours-ago = was due { $n } h ago
dates-due-days-ago =
    { $n ->
        [one] was due { $n } day ago
       *[other] was due { $n } days ago
    }
dates-due-on = due { $day }
dates-due-was-on = was due { $day }
dates-age =
    { $n ->
        [one] { $n } year old
       *[other] { $n } years old
    }
dates-age-about =
    { $n ->
        [one] about { $n } year old
       *[other] about { $n } years old
    }
dates-age-band = { $from } to { $to } years old
