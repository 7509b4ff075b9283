# The programme’s numbers. Each figure says what it shows and how it counts.
data-window = Data
data-title = Programme data
data-span = From { $from } to { $to }
data-months = Period
data-last-months =
    { $n ->
        [one] Last month
       *[other] Last { $n } months
    }
data-show = Show
data-now = In this period
data-served = People served, each counted once
data-answer = Time to the first answer to an alert (median)
data-accepted = Time until a referral is accepted (median)
hours = { $n } h
hidden = fewer than 5 or hidden
served-new = First time
served-continuing = Continuing
answered-on_time = On time
answered-late = Later than planned

# Words of all figures.
figure-as-of = Data as of { $day }.
figure-cascade-origins = Referrals by step and by who had referred her to the programme
figure-cascade-origins-about = Table: a row for each step and a column for whoever brought or referred her.
figure-cascade-origins-rule = Referrals are counted, not people. Who referred her is noted when her case is opened, or told by the alert. Without it a referral stands under “not known”.
figure-empty = There is no data in this period.
figure-goals-entry = Goals at first, by area and level
figure-goals-entry-about = Table: a row for each area and a column for each level, from −2 to +2.
figure-goals-entry-rule = Each goal once, with the level it had when it was set.
figure-goals-now = How far goals came: at first and now
figure-goals-now-about = Two bars for each area: at first and now. Each is parted into five levels, from much less than expected to much more.
figure-goals-now-rule = Each goal set in the period counts: the level it had when it was set and that of its last rating. With fewer than five people behind it a number is not said, and the rest of the bar shows only what can be said.
figure-table = View as table
figure-row = Group
figure-month = Month
figure-step = Step
figure-result = Result
figure-number = Number

# The figures.
figure-cascade = How the referrals went on
figure-cascade-about = Horizontal bars, one for each step from sent to closed. Each bar says how many referrals got there.
figure-cascade-rule = Referrals are counted, not people. Each step counts on the day it was recorded. A referral may be in several steps, and may skip some.
figure-months = People served each month, by site
figure-months-about = Stacked bars, one for each month. Each part of a bar is a site.
figure-months-rule = Each person with any service counts once for each month and site. Months do not add up: a person may be in several.
figure-alerts = Alerts that came in each month, by urgency
figure-alerts-about = Stacked bars, one for each month. Each part of a bar is a degree of urgency.
figure-alerts-rule = Alerts are counted, not people, in the month they came in. Alerts carry no site: if you choose one, they do not show.
figure-answers = Alerts answered on time, by urgency
figure-answers-about = A table with a row for each urgency. The columns part first answers on time from those that came later.
figure-answers-rule = The first answer of a team member to each alert counts, on the day it was given. On time means within the alert’s deadline. Alerts carry no site: if you choose one, they do not show.
figure-screening = What came of the screenings
figure-screening-about = Horizontal bars, one for each result, from the longest to the shortest.
figure-screening-rule = Forms that were kept are counted, not people. A result guides the team; it is no verdict. Screenings carry no site: if you choose one, they do not show.
figure-plans = People who agreed to their plan, by month
figure-plans-about = Bars, one for each month. Their height says how many people agreed to their plan.
figure-plans-rule = Each person counts once in each month in which she agreed to a plan. Agreeing again in another month counts again.
figure-goals = How the goals are going, by area of life
figure-goals-about = A table with a row for each area. The columns say how many people reached what was expected, and how many go on.
figure-goals-rule = Each person’s last rating in each area counts, within the period. Met means as expected or more. A goal that was not rated again does not count.
figure-services = People served, by service
figure-services-about = A table with a row for each service. The columns part the first time from continuing.
figure-services-rule = Each person counts once for each service and column. First time means that she never had that service before. Whoever began and went on within the period is in both.
figure-sexage = People served, by sex and age
figure-sexage-about = A table with a row for each age group and a column for each sex.
figure-sexage-rule = Each person counts once in each group, by the age recorded with the service. Whoever had a birthday may be in two groups.
days = { $n } days
data-houses-title = The houses in numbers
data-houses-window = Numbers
data-slept = People who slept in a house, each counted once
data-stay = Time in the programme’s houses until leaving (median)
data-occupied = Nights taken, of all for which there was a place
refused-alone = Alone
refused-with_children = With children
figure-nights = Nights in each house, by month
figure-nights-about = Stacked bars, one a month. Each part of a bar is a house.
figure-nights-rule = Each resident in a bed at three in the morning is one night. Who was noted late corrects the night. Babies who sleep with their mother do not count here. If it was fewer than five people, the nights are not said.
figure-refused-why = Why there was no place
figure-refused-why-about = Horizontal bars, one a reason, the longest first.
figure-refused-why-rule = Requests are counted, not people: who it was is not noted. One person may stand in several.
figure-refused = For whom there was no place
figure-refused-about = Table with a row for each age group. The columns part those who asked alone and those who brought children.
figure-refused-rule = Requests without a place are counted, with the age that whoever asked said.
figure-left = Where they went
figure-left-about = Table with a row for each destination. The columns part leavings that were planned and those that nobody had planned.
figure-left-rule = Leavings are counted, not people. The destination is the one prepared with her; if nobody prepared it, it is not known. Moving to another house of the programme is no leaving: it is counted apart.
figure-incidents = Incidents in the houses, by kind
figure-incidents-about = Horizontal bars, one a kind, the longest first.
figure-incidents-rule = Noted incidents are counted. More of them may mean that noting got better.
data-services-title = Clinic and services in numbers
data-services-window = Numbers
data-moved = People who moved from one house to another
figure-conduct = Reports about the conduct of staff, by kind
figure-conduct-about = Horizontal bars, one for each kind, from the longest to the shortest.
figure-conduct-rule = Reports received are counted, without names. More of them may mean that there is more trust to report.
