# Questions and answers.
forms-must = Needed: { $reason }
forms-wrong = To correct:
forms-declined = Prefers not to say
forms-not-asked = Not asked
forms-instead = Instead of an answer: { $label }
forms-why = Why is this asked?
forms-who = Who will see this
forms-if-not = If it is not answered
forms-choose = Choose
forms-day = Day
forms-month = Month
forms-year = Year
forms-about = Approximate date
