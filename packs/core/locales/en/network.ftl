### The community network, the log and the end of a grant

access-act-closing-choose = noted a decision about the end of the grant
access-act-closing-read = saw the list of the end of the grant
access-act-lesson-done = finished a lesson
access-act-logbook-back = took back a line of the log
access-act-logbook-slip = added a slip of opinion
access-act-logbook-slips = slips of opinion were counted
access-act-network-card = made a card for somebody of the network
access-act-network-forget = erased somebody of the network, at her word
access-act-network-held = noted how an activity of the network went
access-act-network-leave = noted that somebody left the network
access-act-network-material = noted materials given in the network
access-act-network-off = called off an activity of the network
access-act-network-open = somebody of the network opened her page
access-act-network-partner = saw somebody of the network
access-act-network-plan = planned an activity of the network
access-act-network-read = saw the community network
access-act-network-trainee = joined somebody of the network with her training
access-act-network-try = somebody typed a number on a page of the network
access-act-network-withdraw = withdrew a card of the network
ending-admins = At least one open account of administration. There are { $of }.
ending-alerts = Alerts decided: { $n }
ending-backup-age = { $n ->
    [0] The last backup is less than an hour old.
    [one] The last backup is 1 hour old.
   *[other] The last backup is { $n } hours old.
 } One of today is needed.
ending-backup-key = Who has the key that opens the backups
ending-backup-none = No backup was ever made. Whoever administers uses «ceiba backup».
ending-cases = Closed files: { $n }
ending-choice = What was decided
ending-code-one = Who has the first recovery code
ending-code-three = Who has the third recovery code
ending-code-two = Who has the second recovery code
ending-destroy = Files to destroy
ending-destroy-follow = she is still to be asked how she is
ending-destroy-none = The closing plan asks for nothing to be destroyed at this site, or it is asked for already.
ending-destroy-text = So the direction decided for the end of the grant. Open each file and ask for it; another person decides.
ending-directors = At least one director with an open account. There are { $of }.
ending-handovers = { $n ->
    [0] No handover of a post is half done.
    [one] One handover of a post is half done.
   *[other] { $n } handovers of posts are half done.
 }
ending-held = { $n ->
    [0] No closed file is held for a court.
    [one] One closed file is held for a court: it is archived, not destroyed.
   *[other] { $n } closed files are held for a court: they are archived, not destroyed.
 }
ending-in-hands = { $cases ->
    [one] 1 open case
   *[other] { $cases } open cases
 }, { $alerts ->
    [one] 1 alert
   *[other] { $alerts } alerts
 }
ending-keys-due = { $n ->
    [0] All keys of locked folders are up to date.
    [one] One folder waits for a new key: whoever has it opens it.
   *[other] { $n } folders wait for a new key: whoever has it opens them.
 }
ending-leavers = Accounts of those who leave with the grant
ending-left = { $n ->
    [0] Everything is done.
    [one] 1 of { $of } is left.
   *[other] { $n } of { $of } are left.
 }
ending-lessons = { $n ->
    [0] All staff have read the lessons.
    [one] One person of { $of } has not read all lessons.
   *[other] { $n } people of { $of } have not read all lessons.
 }
ending-list = List by code: { $n }
ending-list-text = No names, the oldest first, up to two hundred. To destroy one, whoever coordinates asks for it in the file and another person approves it under «Erasures».
ending-network = People of the network: { $n }
ending-orphans = { $n ->
    [0] Nothing is in the hands of a closed account.
    [one] One thing is in the hands of a closed account.
   *[other] { $n } things are in the hands of closed accounts.
 }
ending-part-accounts = 1. Accounts
ending-part-backups = 3. Backups
ending-part-data = 6. Data: archive or destroy
ending-part-keys = 2. Keys and codes
ending-part-posts = 5. What is open
ending-part-training = 4. Training
ending-posts = By post
ending-print = You can print and sign this page: it has no names of survivors.
ending-recipient = { $n ->
    [0] There is a key to seal backups.
   *[other] There is no key to seal backups: none can be made.
 }
ending-restore = Try the backup on another computer
ending-second-step = { $n ->
    [0] All accounts have a second step.
    [one] One account of { $of } has no second step.
   *[other] { $n } accounts of { $of } have no second step.
 }
ending-text = What must move in a day so that the clinic, the office and the system go on. The program says what it knows; you say the rest.
ending-title = End of the grant
ending-waiting = { $n ->
    [0] No alert waits for somebody to take it.
    [one] One alert waits for somebody to take it.
   *[other] { $n } alerts wait for somebody to take them.
 }
ending-window = End of the grant
entry-logbook = Line of the log
entry-network = Person of the network
lessons-back = Back to the lessons
lessons-done = { $n } of { $of } read
lessons-finished = Lesson finished.
lessons-good = That is what we recommend.
lessons-kept = That you read it is noted. What you answer is not kept.
lessons-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
 }
lessons-other = There is a safer way.
lessons-read = Read
lessons-send = Answer
lessons-text = Four short readings with one question. They are the ones that the community network reads.
lessons-title = Lessons
lessons-window = Lessons
logbook-adviser-code = What they advised on
logbook-adviser-outcome = Were they paid?
logbook-adviser-text = Women and young people who know it from their own lives and advise the programme. Only how many and how long, no names.
logbook-back = Back to the log
logbook-decision-code = What the decision was about
logbook-decision-text = Something that the programme changed because they advised it.
logbook-hours = Hours
logbook-hours-hint = For example: 7.5.
logbook-hours-n =
    { $n ->
        [one] 1 hour
       *[other] { $n } hours
    }
logbook-kind-adviser = Survivors who advise
logbook-kind-decision = Decision that changed
logbook-kind-open = Hours open and who pays
logbook-kind-supervision = Supervision of staff
logbook-kind-trend = Note on trends
logbook-lines = What was noted last
logbook-none = Nothing is noted yet.
logbook-on-last = Last day of those hours
logbook-open-text = How many hours the site was open, for a day, a week or a month, and who pays its staff in that time.
logbook-payers = Who pays staff
logbook-people = How many people
logbook-site = Site
logbook-slip-kept = Saved. You can type the next one.
logbook-slip-text = Type what the paper says, without any name. Kept is how many people answered what each day; the three answers of one person do not stay together.
logbook-slip-title = Slip of opinion
logbook-slip-type = Type a paper slip
logbook-slip-wrong = Correction
logbook-slip-wrong-hint = Type the same answers, site and day that were saved wrongly.
logbook-slip-wrong-yes = Take this slip away: it was typed wrongly
logbook-slips = Opinions without a name
logbook-slips-n = { $n ->
    [one] 1 slip in three months
   *[other] { $n } slips in three months
 }
logbook-slips-none = None in three months.
logbook-slips-text = Only how many there are is seen here. What they say is in the results, once there are enough that nobody is recognised.
logbook-supervision-code = How it was
logbook-supervision-text = Time of support and review that staff received, without names.
logbook-tablet = Opinion page of
logbook-tablets = For the tablet of each site, without an account. It takes one opinion in two minutes:
logbook-take-back = Take back, it was wrong
logbook-taken-back = Taken back
logbook-text = What is in no file and a report needs. Codes and numbers only.
logbook-title = Programme log
logbook-trend-code = What about
logbook-trend-outcome = What became of it
logbook-trend-text = An analysis without names of what comes again: places, routes, ways of recruiting.
logbook-trend-words = What it may mean
logbook-trend-words-hint = A few lines without names, without codes of cases and without places smaller than a municipality. Everybody who sees the numbers of the programme reads it, signed by you.
logbook-window = Log
logbook-write = Note
network-activities = Activities
network-activities-all = See all activities
network-activities-back = Back to the activities
network-activities-none = There are no activities yet.
network-activities-text = What is planned and what was held in the community. What a municipal office notes is not here: it stands in its own data.
network-activity-about = The activity
network-activity-kind = What kind of activity
network-activity-new = Plan an activity
network-activity-send = Save activity
network-activity-text = For one to come and for one that was. How many came is noted afterwards.
network-activity-title = Activity of the network
network-alerts = { $n ->
    [0] None yet
    [one] 1 with her card
   *[other] { $n } with her card
 }
network-back = Back to the network
network-caption = People of the network
network-card = Card and page
network-card-again = Make new ones, those of now end
network-card-closed = Her page closed: somebody typed five wrong numbers. The card is good. Ask her whether it was she, and make new ones.
network-card-done = Done, she has them
network-card-good = She has a card and a page.
network-card-make = Make a card and a page
network-card-none = She has no card.
network-card-once = This is shown once. Print it, or let her take the picture before you leave this page.
network-card-text = The card gives alerts. The page says that her alerts were answered, nothing of any case. If she loses it or is afraid to carry it, withdraw it: whoever uses it can still tell us, but no longer as the network.
network-card-title = To be given by hand
network-card-withdraw = Withdraw card and page
network-change = Correct what is known of her
network-col-kind = What she is
network-col-language = Language
network-col-name = Name
network-col-place = Municipality
network-col-state = Training
network-correct = Correct what was noted
network-correct-send = Save correction
network-correct-text = What you write replaces what was there, also in reports that are not closed yet.
network-count = { $n ->
    [one] 1 person
   *[other] { $n } people
 }, { $trained } trained
network-forget = Erase her name, if she asks for it
network-forget-send = Erase
network-forget-sure = Did she ask for it?
network-forget-text = Her name and how she is reached cannot be read any more, and her card ends. It cannot be undone. The counts of reports stay.
network-forget-yes = Yes, she asked for it
network-from = From the network
network-give = Note what was given
network-give-send = Save
network-going = Who takes part
network-going-hint = They see the day on their page.
network-held = { $n ->
    [one] 1 activity
   *[other] { $n } activities
 }
network-held-send = Save
network-held-title = How it went
network-her-alerts = Alerts
network-her-lessons = Lessons
network-how-many = How many
network-how-many-hint = If too many were noted before, write the surplus with a minus: -5.
network-kind = What she is
network-language = Language she prefers
network-leave = She is no longer in the network
network-leave-send = Note that she left
network-leave-text = Her card and her page end today. Her name stays, sealed, until she asks to erase it.
network-left = Left
network-material = Material
network-materials = Materials
network-materials-none = She was given nothing yet.
network-minutes = How long it took, in minutes
network-municipality = Municipality
network-name = Name
network-name-hint = As she wants to be called. It is sealed; only those who run the network open it.
network-new = Add somebody
network-new-send = Add
network-new-text = Ask her whether she wants to be in it, and tell her that she may leave and have her name erased whenever she wants. No address is written down.
network-new-title = Somebody of the network
network-none = Nobody is in the network yet.
network-number = Her number
network-number-text = Tell her, or let her write it in her own telephone. Do not write it on the card: whoever finds it would open her page.
network-off = It will not be held
network-off-send = Call off the activity
network-on = Day
network-page-code = Code of her page
network-page-text = Personal page. It asks for a number.
network-page-title = Page
network-paper-code = Code of the card
network-paper-text = If something worries you, you can say so here. It takes two minutes. It asks for no names.
network-paper-title = We listen
network-people = { $n ->
    [one] 1 person
   *[other] { $n } people
 }
network-people-title = People reached
network-place = Where she is found
network-place-hint = The kind of place, never which.
network-reach = How to reach her safely
network-reach-hint = A number and at what hour. It is sealed. It may stay empty.
network-reach-none = She left none
network-reach-whole = People not divided by sex or age
network-reach-whole-hint = An estimate goes only here.
network-reached = People reached in a year
network-reached-rule = Each number has its rule, and they are not added: an estimate is no count. Whoever came twice is counted twice.
network-rule = How they were counted
network-rule-hint = The rule goes with the number in every report.
network-since = In the network since
network-state-held = Held
network-state-off = Called off
network-state-planned = Planned
network-takes-part = Activities she takes part in
network-title = Community network
network-trained = Trained
network-trained-hint = The day on which she completed it. Empty: not yet.
network-trained-on = Training completed
network-unreadable = A name that cannot be read
network-untrained = Not trained
network-who = Who she is
network-window = Community network
network-written-in = Language of the material
problem-logbook-answers = Choose an answer for each question.
problem-logbook-code = Leave out codes of cases or people: many read this note.
problem-logbook-hours = Write the hours as a number, such as 7.5. A month has 744.
problem-logbook-payers = Tick at least one who pays.
problem-logbook-people = Write how many people, from 1 to 500.
problem-logbook-slip = No such slip is saved for that site and day. Check the answers.
problem-network-elsewhere = That municipality is not yours. Choose that of your office.
problem-network-estimate = An estimate is one number: write it under «people not divided» and leave the other cells empty.
problem-network-forget = Tick that she asked for it. Without her word nothing is erased.
problem-network-less = No more can be taken away than was noted.
problem-network-many = Write how many, as a whole number.
problem-network-minutes = Write the minutes as a whole number, between 1 and 1440.
problem-network-name = Write how she wants to be called.
problem-network-to-come = That day is still to come. Note how it went once it was.
shell-network = Network
state-network-left = This person has left the network.
state-network-off = This activity was called off. Plan another one.
