# What is to be corrected. Never blames; says what to do.
problems-title = Something needs correcting
problems-kept = What you wrote is still here. Each line takes you to its question.
problems-date-incomplete = Fill in day, month and year, or leave all three empty.
problems-date-no-such-day = There is no such day. Check day, month and year (four digits).

# Answers and words that are missing or unclear.
problem-answer = Check this answer and the ones related to it.
problem-choose = Choose one of the options in the list.
problem-too-long = Shorten the text; there is not room for so much here.
problem-amount = Write a whole number from 1 to 1000.
problem-who = Write which person or institution it is.
problem-reason = Choose a reason from the list.
problem-reason-words = Explain the reason in a sentence of ten letters or more.
problem-municipality = Choose a municipality from the list.
problem-site = Choose the house, clinic or office of the case.
problem-name-needed = Write a name.
problem-note-empty = Write the note before saving it.
problem-message-empty = Write the message before sending it.
problem-task-empty = Write what is to be done.
problem-goal-words = Write the goal, in her own words if possible.

# Dates and age.
problem-date-numbers = Write day, month and year as numbers.
problem-date-year = Write the year with four digits, between 1900 and 2100.
problem-date-impossible = Check the date: it is missing or there is no such day.
problem-date-future = Put today’s date or an earlier one.
problem-date-past = Put today’s date or a later one.
problem-years = Write the age in years, from 0 to 110.

# Alerts.
problem-reporter = Choose where the report comes from.
problem-signs = Tick at least one sign or write what you noticed.
problem-same-as = Choose which other alert is the same as this one.

# People, team and permissions.
problem-chosen-name = Write what she wants to be called; it need not be her legal name.
problem-same-case = Choose another person; this is the same case.
problem-no-team-role = Choose somebody with a function on teams; this account has none.
problem-conflict = Choose another person; this one cannot be on this team.
problem-not-on-team = Choose somebody on the case’s team, or add that person first.
problem-consent-until = Put the last day of the permission.
problem-minor-representative = Under 18, choose who represents her or note the legal basis.
problem-assent = Ask whether she agrees; without her assent the permission does not count.
problem-guardian-invalid = Choose somebody else; a family member on file cannot give this permission.

# Services, safety, telling, identification and closure.
problem-referral-need = Write what is needed from that institution.
problem-not-covered = Untick the data that the permission does not cover, or ask for a new permission first.
problem-declined-why = Write why the institution could not accept.
problem-high-needs-now = With high risk, write what is being done right now.
problem-told-already = She has told her story before: use the record, or tick that it is needed again.
problem-told-return = Tell her that she may return at any time, and tick it here.
problem-purpose-needed = Tick at least one purpose of exploitation for this stage.

# Files.
problem-file-empty = Choose a file that is not empty.
problem-file-large = Choose a file of 5 MB or less.
problem-file-title = Write a short title, without people’s names.
problem-file-type = Attach a JPEG or PNG picture, or a PDF.
problem-file-active = This PDF holds a program or another file. Save it again as a plain PDF, or print it to PDF.
problem-file-damaged = Save the picture again and attach it once more; it cannot be read as it is.
problem-file-pixels = Make the picture smaller, up to 40 million pixels, and attach it again.

# Accounts.
problem-username = Use three or more plain letters, digits, dots or hyphens.
problem-username-taken = Choose another username; that one exists already.
problem-password-short = Use a password of twelve letters or signs, or more.
problem-role = Choose a role from the list.

# Why a step is not possible now, and what to do.
state-alert-decided = This alert is already decided. Open it in the list of decided alerts to see the outcome.
state-answers-to-mend = Some answers need correcting. Check the marked lines and save again.
state-case-still-open = The earlier case is still open. Go on in that file, or close it before opening another.
state-closing-asked = Closure has been asked for, or the case is closed. See its state on the closure page.
state-consent-not-live = This permission is no longer in force. If it is needed, record a new one.
state-founded = The programme is already set up. Sign in with your account.
state-legal-hold = This file is kept by legal order and cannot be deleted. Ask the legal team.
state-not-on-team = That person is not on the team. Add her first, then change who is responsible.
state-nothing-asked = No request is waiting. Somebody on the team may ask first.
state-nothing-to-undo = There is no earlier change to undo. If something is wrong, correct it.
state-own-account = You cannot close your own account. Ask another administrator to do it.
state-plan-empty = The plan has no goals yet. Add one together with her, then record the agreement.
state-referral-order = That step does not follow from the present state. Open services again and choose an available answer.
state-responsible-stays = This person is responsible for the case. Name another responsible person first.
state-reviewed = This access has already been reviewed. Nothing more is needed.
state-undo-too-late = More than 30 days have passed and it cannot be undone. Make a new correction.

# Short states, for lists.
state-closure-asked = asked for
state-closure-approved = approved
state-closure-returned = returned
state-consent-live = in force
state-consent-refused = not given
state-consent-replaced = replaced
state-consent-withdrawn = withdrawn
state-file-kept = kept
state-followup-reached = reached
state-followup-not_reached = not reached; will be tried again
state-followup-lost = not reached; not tried any more this time
state-followup-declined = preferred no follow-up
state-goal-met = met
state-goal-open = under way
state-guardian-valid = may represent her
state-guardian-invalid = may not represent her
state-guardian-replaced = replaced
state-identification-presumed = presumed
state-identification-identified = identified
state-identification-confirmed = confirmed
state-identification-not = not trafficking
state-note-written = written
state-plan-agreed = agreed
state-relation-safe = safe contact
state-relation-unsafe = unsafe contact
state-relation-unknown = safety not known
state-safety-in_force = in force
state-safety-replaced = replaced
state-screening-kept = kept
state-service-given = given
state-task-done = done
state-task-open = to do
state-telling-held = held
state-telling-planned = planned
problem-birth-empty = Write at least the year, or choose another answer.
state-undo-not-this = This cannot be undone. Record what holds now.
problem-code-again = That is not the code of this case. Type it as it stands above.
state-erasure-asked = Erasing was already asked for. It waits for a director's decision.
form-changed = The form was kept as a draft, without what cannot be here.
form-taken-out = What was taken out
form-to-draft = See the draft
problem-conference-came = Tick at least one of those invited.
problem-conference-colleague = Choose only people of this case's team.
problem-conference-early = The conference has not begun yet.
problem-conference-nobody = Tick who comes: of the team or of an institution.
problem-conference-not-covered = Take out what she did not allow to share with that institution.
problem-conference-points = Choose at least one topic.
problem-conference-whose = Choose whose it is: somebody of the team or an institution that was invited.
problem-conference-words = Write only what will be done, in one line and one sentence of at most 140 letters.
problem-form-file = Choose an .xlsx file.
problem-form-scale = A scale holds only questions with one answer, of two to ten steps each, and notes. Take the rest out of the survey sheet.
problem-form-version-known = That version exists already. Write a new version in the sheet settings.
problem-form-version-missing = Write form_id and version in the sheet settings.
problem-leak-window = The first day is before the last, and there are no more than 400 days between them.
state-form-other-publishes = You brought this form. Another person publishes it.
problem-password-again = The two new passwords are not the same. Type them again.
problem-search-before = She cannot be back before she was looked for: check the day.
problem-search-plan-first = Before she goes home or to family, make the safety plan with her.
problem-second-code = That code is not the present one. Wait for the next one and type it.
