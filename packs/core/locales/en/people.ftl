# Words of the person, her file and her own page.
section-summary = Summary
section-timeline = Timeline
section-plan = Life plan
section-safety = Safety
section-services = Services
section-follow = Follow-up
section-legal = Legal proceeding
section-health = Health
section-psychological = Psychology
section-family = Network and family
section-documents = Documents
section-consent = Permissions
section-team = Team
section-access = Access log

# Phases of the case and levels of risk.
phase-reception = Reception
phase-assessment = Assessment
phase-plan = Life plan
phase-process = Under way
phase-followup = Follow-up
risk-high = High
risk-medium = Medium
risk-low = Low
risk-unknown = Not evaluated

# The person: the name she chooses comes first.
person-chosen-name = Chosen name
person-chosen-name-hint = What she wants to be called. It need not be her legal name.
person-sex = Sex
person-years = Approximate age
person-years-hint = If the date of birth is not known. It may stay empty.
person-birth = Date of birth
person-birth-hint = Only if it is known. You can leave the day empty, or the day and month. With this, the age is not needed.
person-language = Language she prefers to speak
person-interpreter = Interpreter
person-interpreter-yes = Needs an interpreter
person-paper = Name and details on her papers
person-paper-text = It may stay empty. It is kept apart, and each time somebody opens it is recorded.
person-given = Given names
person-surnames = Surnames
person-mother = Her mother’s name
person-document = Identity document
person-phone = Phone
person-origin = Municipality of origin

# Who gives the permission, and whether she agrees.
by-self = Herself
by-mother = Her mother
by-father = Her father
by-guardian = Her carer or guardian
by-court = The court
assent-yes = She agrees
assent-no = She does not agree
assent-not_asked = She was not asked
assent-adult = She is an adult and decides for herself

# Notes: what was seen or asked for, not what happened to her.
note-new = Write a note
note-kind = What it is
note-note = Note
note-visit = Visit
note-call = Call
note-session = Session
note-meeting = Meeting
note-text = Note
note-hint = Write what you saw or what she asked for. There is no need to tell what happened to her.
note-day = Day
note-correct = Correct
note-correct-text = What was written stays. Your correction shows beside it, with your name and the date.
note-correction = Correction

# Safety: what everybody who meets her needs to know.
safety-none = There is no risk evaluation yet. Until then, the usual precautions hold.
safety-default-1 = Do not call or write to her home, family or work without her permission.
safety-default-2 = Tell nobody where she is, nor that the team knows her.
safety-default-3 = Before talking, ask her whether she is alone and able to.
safety-in-force = Evaluation in force
safety-review = Next review:
safety-new = New risk evaluation
safety-level = Level of risk
safety-avoid = What not to do
safety-avoid-hint = For example: no calls at night, no mention of the programme’s name.
safety-keep-away = People who must not come near
safety-keep-away-hint = Their name or how to recognise them. Only what the team needs.
safety-now = What to do now
safety-now-hint = What comes first, and who does it.
safety-plan = Safety plan
safety-plan-hint = What was agreed with her: where to go, whom to call, which signal to give.
safe-yes = She is safe
safe-no = She is not safe
safe-unknown = It is not known whether she is safe

# Life plan and agreement.
plan-empty = There are no goals yet. The first one may be small, and in her words.
plan-agreed-on = Agreed to the plan on
plan-review = Next review:
plan-agree-title = Agreement to the plan
plan-agree-how = How she said that she agrees
plan-agree-send = Save the agreement

# Services.
services-given = Services received
services-none = No services are recorded yet.
service-col-kind = Service
service-col-day = Day
service-col-amount = Amount
service-col-provider = Given by
service-team = The team
service-new = Record a service
service-kind = Service
service-amount = Amount
service-amount-hint = How many times, sessions or packages. From 1 to 1000.
service-provider = Who gave it
service-provider-hint = Leave it empty if it was the team.
service-remark = Something worth knowing

# Referrals to other institutions.
referrals-title = Referrals
referrals-none = There are no referrals yet.
referral-new = New referral
referral-need = What is asked for
referral-need-hint = One sentence with what she needs. There is no need to tell what happened to her.
referral-data = Data that is sent
referral-send = Send the referral
referral-no-grant = She has not given permission for any institution yet. You can record it under Permissions.
referral-call = Next contact:
referral-answer = What the institution answered
referral-declined-if = If it was declined, why
referral-declined-why = Why it was declined:

# Interviews: so that she need not tell it again.
told-times =
    { $n ->
        [0] There is no record that she has told her story.
        [one] She has told her story { $n } time.
       *[other] She has told her story { $n } times.
    }
tellings-title = Tell it once
tellings-text = Before asking her, use what is already written.
telling-new = Record or plan an interview
telling-warning =
    { $n ->
        [0] Before planning another interview, see whether what is already written is enough.
        [one] She has told her story { $n } time. First see whether what is already written is enough.
       *[other] She has told her story { $n } times. First see whether what is already written is enough.
    }
telling-purpose = What for
telling-needs = To learn what she needs
telling-screening = Screening
telling-police = Police
telling-prosecutor = Prosecutor
telling-court = Court
telling-health = Health
telling-day-hint = A day still to come is kept as a planned interview.
telling-who = Whom she talks with
telling-record = Where the official record is
telling-record-hint = Only the number or the place. What she said is not kept here.
telling-aware = Before saving
telling-aware-yes = I saw how often she has told it. This interview is needed.

# Network and family.
relation-new = Add a person
relation-kind = Who this is to her
relation-mother = Mother
relation-father = Father
relation-sibling = Sister or brother
relation-child = Daughter or son
relation-partner = Partner
relation-co_victim = Went through the same situation
relation-trusted = Trusted person
relation-other = Another person
relation-name = Name
relation-name-hint = As she calls this person. The first name is enough.
relation-safety = Is contact safe?
relation-case = Code of this person’s case
relation-case-hint = Only if this person has a case here too and you may open it.
relation-remark = Something worth knowing

# Identification: where it stands, from what is known today.
stage-presumed = There are indications of trafficking
stage-identified = Identified by the team
stage-confirmed = Confirmed by the authority
stage-not = Not identified for now

# Care team.
team-name = Add somebody to the team
team-who = Colleague
team-name-send = Add to the team
team-responsible = Make responsible
team-relieve = Remove from the team

# Opening again.
reopen-title = She may come back
reopen-text = A new case is opened, linked to this one. You become the responsible person.
reopen-send = Open a new case

# Screening: signs and what to do; never a verdict.
screening-window = Questions
screening-intro = Any question may stay without an answer. That she feels at ease comes first.
screening-look = See which questions follow
screening-keep = Save
screening-result = What was seen
screening-done = Screenings done
screening-signs = Signs that were seen
screening-open = What is not known yet
screening-open-text = No answer does not mean no. It can be talked about another day, if she wishes.
screening-not-asked = not asked
screening-declined = prefers not to say
screening-not-validated = No screening tool is validated for Guatemalan adolescents. The team decides, not the form.
outcome-act_now = Act now
outcome-act_now-text = There may be danger. First see that she is safe. Then call the coordination.
outcome-talk_with_team = Talk with the team
outcome-talk_with_team-text = Talk today or tomorrow about what to do. Ask her what she wants.
outcome-give_information = Give information
outcome-give_information-text = Tell her what help there is and where. She chooses.
outcome-no_sign_today = No sign was seen today
outcome-no_sign_today-text = Tell her that she may come back whenever she wishes, and where to find the team.
outcome-none = No result
outcome-never-verdict = This is no verdict. A result without signs never closes the door.

# Technical words and words of lists.

## survivor
# My plan: she reads it herself.
my-plan-window = My plan
my-plan-title = This is your plan
my-plan-who = You can talk with
my-plan-empty = Your plan is still blank. The first goal can be whatever you want.
my-plan-step = Next step:
my-plan-permissions = Your permissions
my-plan-permissions-text = You decide what is shared. You can change your mind any day. You can tell your team.
my-plan-seen = Who saw your file
my-plan-seen-text = Up to five recent visits show here. You can ask why somebody opened it.
