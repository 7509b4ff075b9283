accounts-caption = Accounts of the programme
accounts-text = Accounts and roles are shown here, never cases.
accounts-title = Accounts
accounts-window = Accounts
account-close = Close the account
account-closed = closed
account-col-name = Name
account-col-role = Role
account-col-site = Site
account-col-state = State
account-col-username = User name
account-new = New account
account-open = open
account-password = First password
account-password-hint = Twelve characters or more. Four words are easy to remember.
account-reopen = Open the account
alerts-caption = Alerts, the most pressing first
alerts-count =
    { $n ->
        [0] None
        [one] One alert
       *[other] { $n } alerts
    }
alerts-decided = Decided
alerts-empty = There are no new alerts.
alerts-parts = Parts of the list
alerts-title = Alerts
alerts-waiting = To be decided
alerts-window = Alerts
answer-yes = Yes
answer-no = No
back = Back
decision-emergency = Emergency: we are acting now
decision-screen = Screen with a trained person
decision-orient = Give orientation to the reporter
decision-close = Close with a reason
decision-duplicate = It is the same as another alert
decision-convert = A case was opened
emergency-category = Reason
emergency-code = Code of the case
emergency-court_today = There is a hearing today
emergency-life_in_danger = A life is in danger
emergency-link = Emergency access
emergency-missing = Nobody knows where she is
emergency-open = Open for sixty minutes
emergency-reason = What is happening
emergency-reason-hint = One or two sentences. Another person will review them.
emergency-team_unreachable = The team cannot be reached
emergency-text = This opens one file for sixty minutes. Its responsible person is told, and another person reviews it.
emergency-title = Emergency access
emergency-window = Emergency access
failure-absent-text = There is nothing here, or it is not among yours. If you need it for your work, ask the coordinator.
failure-absent-title = It is not here
failure-broken-text = Something failed and nothing was saved. Try again. If it goes on, give this number to the systems person: { $number }.
failure-broken-title = It did not work
failure-denied-text = Your role does not include this here. The responsible person or the coordinator can do it.
failure-denied-title = Somebody else does this
failure-home = Go to the start
failure-no-key-text = This strongbox opens with the key of those on the team. Ask a colleague to open the file.
failure-no-key-title = It is locked
failure-stale-text = Somebody changed it meanwhile. Nothing was saved. Open it again and see what changed.
failure-stale-title = There are two versions
failure-state-text = It is not possible now.
failure-state-title = Not possible now
failure-taken-text = Somebody else took it first:
failure-taken-title = Somebody else has it
failure-tampered-text = The form did not come from this page. Nothing was saved. Open it again.
failure-tampered-title = The form could not be read
failure-too-large-text = It is more than fits. Nothing was saved. Split it into parts.
failure-too-large-title = It is too large
failure-window = Message
function-coordination = coordination
function-health = health
function-legal = legal
function-psychological = psychology
function-social = social work
history-title = Former versions
house-count =
    { $n ->
        [0] Nobody for now
        [one] One person
       *[other] { $n } people
    }
house-door = Do not let in:
house-empty = There is nobody at this site.
house-title = House
house-window = House
no = no
nothing = nothing
own-text = You can sign out here. What you typed and did not send is lost.
own-window = My account
reason-no_sign = There is no sign
reason-not_reachable = The reporter could not be reached
reason-other_institution = Another institution takes care of it
reason-outside_area = It is outside the area
reason-solved = It is solved
record-alert = Record an alert
record-case = Open a case
record-note = Note or visit in a case
record-title = Record
record-window = Record
review-justified = It was needed
review-none = There are no accesses to review.
review-text = Another person looks at each emergency access.
review-title = Emergency accesses to review
review-unjustified = It was not needed
review-window = Review
role-admin = Administration
role-coordinator = Coordination
role-director = Direction
role-duty = Alert desk
role-health = Health
role-lawyer = Lawyer
role-mel = Monitoring and evaluation
role-monitora = House carer
role-psychologist = Psychologist
role-reporter = Reporter
role-social_worker = Social worker
role-survivor = Her own plan
save = Save
sign-out = Sign out
site-clinic = clinic
site-house = house
site-office = office
somebody = somebody of the team
supervision-caption = Open cases and tasks past their date, by person
supervision-cases = Open cases
supervision-late = Tasks past their date
supervision-link = Supervision
supervision-text = To talk about how much everybody carries. It is no grade.
supervision-title = Supervision
supervision-who = Person
supervision-window = Supervision
task-consent-first = Explain and record her permissions
task-done = Done
task-due = Until when
task-first-goal = Write a first goal in her words
task-needs-first = Give the first service she asked for
task-new = New task
task-owner = Who does it
task-plan-agreed = Agree the plan with her
task-safety-first = Evaluate the risk and agree a safety plan
task-text = What is to be done
today-alerts =
    { $n ->
        [one] One alert waits
       *[other] { $n } alerts wait
    }. { $urgent ->
        [0] None is urgent.
        [one] One is urgent.
       *[other] { $urgent } are urgent.
    }
today-cases = See my cases
today-closing = Approve or return the closing of
today-decisions = They wait for your decision
today-empty = You have no tasks for these days.
today-past = Past their date
today-reviews =
    { $n ->
        [one] Review one emergency access
       *[other] Review { $n } emergency accesses
    }
today-soon = Today and the next days
today-title = Today
today-window = Today
undo = Undo this change
undo-text = This goes back to the version before. What is there now is kept too.
unit-years = years
urgency-now = Now
urgency-today = Today
urgency-week = This week
yes = yes
nothing-due = Nothing due
erasures-none = Nothing waits for a decision.
erasures-text = Here you see the code and the reason, never whose it is. Whoever did not ask decides.
erasures-title = Erasures to decide
erasures-window = Erasures to decide
