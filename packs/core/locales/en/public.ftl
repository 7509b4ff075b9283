### survivor
# Pages without an account, and alerts. Reporters and survivors read them: short sentences.

# Age bands for the numbers.
age-band-0-11 = 0 to 11 years
age-band-12-14 = 12 to 14 years
age-band-15-17 = 15 to 17 years
age-band-18-24 = 18 to 24 years
age-band-25-more = 25 years or more
age-band-unknown = Age unknown
age-group-child = Child (0 to 12 years)
age-group-adolescent = Adolescent (13 to 17 years)
age-group-adult = Adult (18 years or more)
age-group-unknown = I do not know
age-refused = preferred not to say her age
age-unknown = age unknown

# Reporting a concern: read in a hurry, perhaps in fear.
alert-window = Alerts
alert-title = Report a concern
alert-two-minutes = It takes two minutes. No names are needed, yours or anybody else’s.
alert-who = Where do you report from? This shows you the signs that you may have noticed.
alert-danger-call = If somebody is in danger now, call the police or the fire service first. Then report here.
alert-advice-title = To protect the person and yourself
alert-advice-1 = Do not investigate on your own. What you already saw or heard is enough.
alert-advice-2 = Do not confront anybody you believe to be responsible.
alert-advice-3 = Do not take photos, videos or recordings.
alert-advice-4 = Do not ask the child for details. Listen if the child wants to talk.
alert-advice-5 = Do not promise secrecy. Say that you will look for help.
alert-advice-6 = Do not tell neighbours, relatives or workmates.
alert-limits = Only the alerts team reads what you write. If somebody is in danger, the team may inform the authorities. It also does so when the law requires it.
alert-signs = Signs
alert-signs-hint = Tick what you saw, heard or were told. One sign alone rarely shows what is going on.
alert-age = Age, more or less
alert-since = Since when
alert-certainty = How you know
alert-municipality = Municipality
alert-municipality-hint = Where it is happening. No address is needed here.
alert-danger = Danger
alert-danger-yes = Somebody is in danger now
alert-words = In your own words
alert-words-hint = If you like, say what you noticed. Names and intimate details are not needed.
alert-contact = Safe contact
alert-contact-hint = Only if you want to be contacted. Add the time that suits you.
alert-send = Send alert
alert-back-title = I already reported
alert-back-text = With your code you can read the answer or add something.
alert-back = Use my code
reporter-teacher = School
reporter-health = Health services
reporter-community = Community or market
reporter-official = Public institution
reporter-other = Somewhere else
since-today = Since today
since-days = For some days
since-weeks = For weeks or longer
since-unknown = I do not know since when
certainty-saw = I saw or heard it
certainty-told = I was told
certainty-suspect = I suspect it

# Alerts that the team enters, reads and decides.
alert-enter-window = Enter alert
alert-enter-title = Enter an alert that came in
alert-channel = How it came
channel-phone = by phone
channel-person = in person
channel-web = by the web page
alert-call-kind = What the call is about
call-worry = Worried about somebody
call-asks_for_self = Asks for help for herself or himself
call-asks_for_other = Asks for help for somebody else
call-information = Asks for information
call-follow = Asks about an earlier alert
alert-reporter = Who reports
alert-col-urgency = Urgency
alert-col-signs = Signs
alert-col-place = Municipality
alert-col-due = Answer
alert-col-who = In charge
alert-only-words = No signs ticked, words only
alert-nobody = nobody yet
alert-one-window = Alert
alert-one-title = Alert
alert-state-received = received
alert-state-taken = taken
alert-state-screening = in screening
alert-state-oriented = guidance given
alert-state-converted = case opened
alert-state-closed = closed
alert-state-duplicate = same as another
alert-taken-by = In the hands of
alert-told = What was reported
alert-came = How and when it came
alert-alike-title = Similar alerts
alert-alike-text = Same municipality, same week and a sign in common. They may be about the same thing.
alert-take = Take this alert
alert-messages = Messages with the reporter
alert-from-reporter = The reporter
alert-say = Message
alert-say-hint = Whoever has the code can read it. Leave out names and what was decided.
alert-say-send = Send message
alert-decide = What comes next
alert-screen-now = Do the screening
alert-to-case = Open a case
alert-decision = Decision
alert-reason = Reason
alert-reason-hint = Only needed to close without further action.
alert-same-as = Same as the alert of
alert-decide-send = Save decision
alert-became-case = A case was opened from this alert.
alert-open-case = Open the case file

# Signs: what is seen or heard, without conclusions.
sign-about_to_be_moved = About to be taken to another place
sign-absent_days = Absent many days or left school suddenly
sign-afraid_pickup = Frightened when a certain person comes to collect her
sign-asks_help = Asks for help today
sign-bar_adolescents = Adolescents in a bar, truck stop or lodging house
sign-begging_driven = A vehicle drops and collects children who beg
sign-child_long_hours = A child works many hours a day
sign-child_pays_debt = A child works or is handed over for a debt
sign-exhausted_hands = Arrives exhausted, or with burnt or hurt hands
sign-found_in_raid = Was in a place searched by the authorities
sign-given_medicine = Given pills to stay awake or stop her periods
sign-house_many_girls = A house or business with many changing girls, hardly ever seen outside
sign-images_blackmail = Threatened with showing photos or videos of her
sign-irregular_adoption = Somebody offers or seeks babies outside the legal process
sign-job_offer_no_contract = Work is offered far away, without contract, and papers are collected
sign-job_online = Talks of a trip or job arranged online
sign-locked_in = Locked in, or watched so that she cannot leave
sign-mark_of_ownership = Has a tattoo or mark and is frightened when asked
sign-missing_now = Nobody knows where she is
sign-never_alone = Never left alone
sign-new_things_older_friend = New things or money, and a much older partner or friend
sign-no_address_papers = Does not know her address or has no papers
sign-no_papers = Somebody else keeps her papers, or she has none
sign-one_adult_many_girls = The same adult collects several girls
sign-other_answers = Somebody else answers for her
sign-pregnant_under_14 = Pregnant before the age of 14
sign-recent_violence = Sexual or physical violence in the last days
sign-returned_alone = Came back from another country without family or support
sign-threats_weapons = There are threats or weapons
sign-united_minor = Lives with a partner before the age of 18
sign-untreated_injuries = Untreated injuries from different days
sign-wages_held = Pay is withheld, and she sleeps where she works
sign-wants_to_die = Says that she does not want to live

# The code of an alert and what it shows.
receipt-window = Code
receipt-title = Thank you for reporting
receipt-saved = Your alert arrived and is saved.
receipt-code = This is your code. It is shown only once.
receipt-keep = Write it down where nobody else sees it. With it you can read the team’s answer.
receipt-back-title = Come back to an alert
receipt-your-code = Your code
receipt-code-hint = It begins with A. Capitals, spaces and the hyphen make no difference.
receipt-look = See my alert
receipt-wrong = Check the code: as typed it opens no alert. If you lost it, you can report again.
receipt-state-title = Your alert
receipt-received = Your alert arrived. Nobody of the team has taken it yet.
receipt-in-hands = Somebody of the team is working on it.
receipt-closed = The team has finished with this alert. If you notice anything new, write it here.
receipt-privacy = To protect the person, this page does not say what was decided.
receipt-team = The team
receipt-you = You
receipt-add = Add something or answer
receipt-send = Send
receipt-added = What you wrote is now saved with your alert.

# The first page of the demonstration.
demo-window = Start
demo-title = Choose whom to enter as
demo-text = Each person sees only what the work needs. Enter, try things and change what you like.
demo-as-lucia = Enter as Lucía, social worker
demo-about-lucia = Alerts that wait, her cases and what is due today.
demo-as-blanca = Enter as Blanca, night shift
demo-about-blanca = Who sleeps in the house and what to watch for, without histories.
demo-as-julio = Enter as Julio, lawyer
demo-about-julio = The legal side of his cases; nothing from psychology or health.
demo-as-marta = Enter as Marta, teacher
demo-about-marta = How to report a concern from school; no case files.
demo-as-sofia = Enter as Sofía, monitoring
demo-about-sofia = The programme’s numbers, without names or small counts.
demo-as-luz = Enter as Luz, 16, her own plan
demo-about-luz = Her goals, her next steps and her permissions.
demo-try = You can also try without an account
demo-try-alert = Report a concern, without names
demo-try-sign-in = Sign in with username and password

# Signing in, unlocking, and what was not sent.
sign-in-window = Sign in
sign-in-title = Sign in
sign-in = Sign in
sign-in-username = Username
sign-in-password = Password
sign-in-code = Verification code
sign-in-code-hint = The six digits from your app. Leave it empty if your account does not use one.
sign-in-send = Sign in
sign-in-forgot = If you forgot your password, talk to the person who manages accounts in your programme.
sign-in-wrong =
    { $left ->
        [0] The username, password or code does not match. Wait a moment before trying again.
        [one] The username, password or code does not match. { $left } try is left before a short wait.
       *[other] The username, password or code does not match. { $left } tries are left before a short wait.
    }
sign-in-wait = There were several tries in a row. Try again from { $time } on.
unlock-window = Unlock
unlock-title = Screen locked
unlock-text = Type your password to go on. Anything you sent meanwhile was kept.
unlock-send = Unlock
unlock-other = Sign out and use another account
draft-window = To be sent
draft-title = This was not sent yet
draft-text = It was kept because the screen was locked or the session was over. Check it and send it; it stays for a day.
draft-typed = What you wrote
draft-send = Send now
draft-drop = Continue without sending it

# Help.
help-window = Help
help-title = Help
help-text = If you work in the programme, ask your coordinator. If you are worried about somebody, use “Report a concern”.
help-keys-title = With the keyboard
help-keys = Tab moves to the next thing and Enter chooses it. Where you see “Quick exit”, press Shift three times in a row to leave.
help-promise-title = How information is protected
help-promise-1 = Each person on the team sees only what the work needs.
help-promise-2 = Each time somebody opens a case file, it is written down.
help-promise-3 = Any personal question may be left unanswered.
help-promise-4 = Without permission no data is shared, except for danger or by law.
