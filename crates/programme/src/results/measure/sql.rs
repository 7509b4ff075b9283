//! The statement of each measure, written out: what a figure counts can be read here, and nowhere else.

use super::Measure;

impl Measure {
    /// One query for each: written out, so that a reader sees the whole rule of a figure.
    pub(in crate::results) const fn sql(self) -> &'static str {
        match self {
            // What was taken back is one and minus one: whoever is left with nothing is not counted.
            Self::ServedByService => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT code AS r, outcome AS c FROM fact_person
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY code, outcome, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::ServedByMonth => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT SUBSTR(day, 1, 7) AS r, site AS c FROM fact_person
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), site, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::ServedBySexAge => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT age_band AS r, sex AS c FROM fact_person
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY age_band, sex, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::Cascade => {
                "SELECT COALESCE(outcome, 'requested') AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind IN ('referral.sent', 'referral.answered') AND day BETWEEN $1 AND $2
                   AND ($3 IS NULL OR site = $3) GROUP BY COALESCE(outcome, 'requested')"
            }
            Self::CascadeByOrigin => {
                "SELECT COALESCE(f.outcome, 'requested') AS r, COALESCE(d.value, 'unknown') AS c, COUNT(*) AS n FROM fact f
                 LEFT JOIN fact_dim d ON d.fact = f.id AND d.dim = 'referred_by'
                 WHERE f.kind IN ('referral.sent', 'referral.answered') AND f.day BETWEEN $1 AND $2
                   AND ($3 IS NULL OR f.site = $3) GROUP BY COALESCE(f.outcome, 'requested'), COALESCE(d.value, 'unknown')"
            }
            // Of fewer than five people the number given to the gate is theirs, which it hides: five forms may be one girl. Whoever has no
            // pseudonym is each one of their own.
            Self::Screening => {
                "SELECT COALESCE(outcome, 'none') AS r, 'all' AS c,
                   CASE WHEN COUNT(DISTINCT subject) + COUNT(*) - COUNT(subject) < 5
                     THEN COUNT(DISTINCT subject) + COUNT(*) - COUNT(subject) ELSE COUNT(*) END AS n FROM fact_person
                 WHERE kind = 'screening.kept' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY COALESCE(outcome, 'none')"
            }
            Self::Plans => {
                "SELECT SUBSTR(day, 1, 7) AS r, 'all' AS c, COUNT(DISTINCT subject) AS n FROM fact_person
                 WHERE kind = 'plan.agreed' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY SUBSTR(day, 1, 7)"
            }
            // A goal's last rating counts, not every rating on the way.
            Self::Goals => {
                "SELECT f.code AS r, f.outcome AS c, COUNT(DISTINCT COALESCE(s.as_subject, f.subject)) AS n FROM fact f LEFT JOIN subject_same s ON s.subject = f.subject
                 WHERE f.kind = 'goal.rated' AND f.day BETWEEN $1 AND $2 AND ($3 IS NULL OR f.site = $3)
                   AND f.at = (SELECT MAX(g.at) FROM fact g WHERE g.kind = 'goal.rated' AND g.subject = f.subject
                               AND g.code = f.code AND g.day BETWEEN $1 AND $2)
                 GROUP BY f.code, f.outcome"
            }
            // Goals are counted; of fewer than five people the number given to the gate is theirs, which it hides.
            Self::GoalsAtEntry => {
                "SELECT r, c, CASE WHEN COUNT(*) < 5 THEN COUNT(*) ELSE CAST(SUM(n) AS BIGINT) END AS n FROM (
                   SELECT f.code AS r, d.value AS c, SUM(f.amount) AS n FROM fact f
                   JOIN fact_dim d ON d.fact = f.id AND d.dim = 'entry' LEFT JOIN subject_same s ON s.subject = f.subject
                   WHERE f.kind = 'goal.scored' AND f.day BETWEEN $1 AND $2 AND ($3 IS NULL OR f.site = $3)
                   GROUP BY f.code, d.value, COALESCE(s.as_subject, f.subject) HAVING SUM(f.amount) > 0) held GROUP BY r, c"
            }
            Self::GoalsNow => {
                "SELECT r, c, CASE WHEN COUNT(*) < 5 THEN COUNT(*) ELSE CAST(SUM(n) AS BIGINT) END AS n FROM (
                   SELECT code AS r, outcome AS c, SUM(amount) AS n FROM fact_person
                   WHERE kind = 'goal.scored' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                   GROUP BY code, outcome, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::Alerts => {
                "SELECT SUBSTR(day, 1, 7) AS r, code AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'alert.received' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), code"
            }
            // A night that was counted and corrected is one and minus one. With fewer than five people behind it the number given
            // to the gate is theirs, which it hides: thirty nights of a month are one girl.
            Self::BedNights => {
                "SELECT r, c, CASE WHEN COUNT(*) < 5 THEN COUNT(*) ELSE CAST(SUM(n) AS BIGINT) END AS n FROM (
                   SELECT SUBSTR(day, 1, 7) AS r, site AS c, SUM(amount) AS n FROM fact_person
                   WHERE kind = 'shelter.night' AND code = 'resident' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                   GROUP BY SUBSTR(day, 1, 7), site, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::Refused => {
                "SELECT age_band AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'shelter.refused' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY age_band, outcome"
            }
            Self::RefusedWhy => {
                "SELECT code AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'shelter.refused' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            Self::Left => {
                "SELECT COALESCE(code, 'unknown') AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'shelter.left' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY COALESCE(code, 'unknown'), outcome"
            }
            Self::Incidents => {
                "SELECT code AS r, 'all' AS c,
                   CASE WHEN COUNT(DISTINCT subject) + COUNT(*) - COUNT(subject) < 5
                     THEN COUNT(DISTINCT subject) + COUNT(*) - COUNT(subject) ELSE COUNT(*) END AS n FROM fact_person
                 WHERE kind = 'shelter.incident' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            Self::Conduct => {
                "SELECT code AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'conduct.received' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            Self::Seats => {
                "SELECT code AS r, outcome AS c, COUNT(DISTINCT subject) AS n FROM fact_person
                 WHERE kind = 'seat.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            // Two girls and three meetings are two. Of more people meetings are counted.
            Self::Attendance => {
                "SELECT r, c, CASE WHEN COUNT(*) < 5 THEN COUNT(*) ELSE CAST(SUM(n) AS BIGINT) END AS n FROM (
                   SELECT code AS r, outcome AS c, SUM(amount) AS n FROM fact_person
                   WHERE kind = 'attendance.noted' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                   GROUP BY code, outcome, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::Outcomes => {
                "SELECT f.code AS r, f.outcome AS c, COUNT(DISTINCT COALESCE(s.as_subject, f.subject)) AS n FROM fact f LEFT JOIN subject_same s ON s.subject = f.subject
                 WHERE f.kind = 'outcome.scored' AND f.outcome <> 'first' AND f.day BETWEEN $1 AND $2
                   AND ($3 IS NULL OR f.site = $3)
                   AND f.at = (SELECT MAX(g.at) FROM fact g WHERE g.kind = 'outcome.scored' AND g.subject = f.subject
                               AND g.code = f.code AND g.day BETWEEN $1 AND $2)
                 GROUP BY f.code, f.outcome"
            }
            Self::Reviews => {
                "SELECT SUBSTR(day, 1, 7) AS r, outcome AS c,
                   CASE WHEN COUNT(DISTINCT subject) + COUNT(*) - COUNT(subject) < 5
                     THEN COUNT(DISTINCT subject) + COUNT(*) - COUNT(subject) ELSE COUNT(*) END AS n FROM fact_person
                 WHERE kind = 'plan.reviewed' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), outcome"
            }
            Self::Supported => {
                "SELECT code AS r, 'all' AS c, COUNT(DISTINCT subject) AS n FROM fact_person
                 WHERE kind = 'support.delivered' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            // Of fewer than five people who got some the number given to the gate is theirs, which it hides: never a sum.
            Self::Money => {
                "SELECT r, 'all' AS c, CASE WHEN people < 5 THEN people WHEN net < 0 THEN 0 ELSE net / 100 END AS n FROM (
                   SELECT r, CAST(SUM(CASE WHEN net > 0 THEN 1 ELSE 0 END) AS BIGINT) AS people, CAST(SUM(net) AS BIGINT) AS net FROM (
                     SELECT code AS r, SUM(CASE WHEN kind = 'money.paid' THEN amount ELSE -amount END) AS net FROM fact_person
                     WHERE kind IN ('money.paid', 'money.returned') AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                     GROUP BY code, subject) hers GROUP BY r) m"
            }
            Self::Effort => {
                "SELECT code AS r, 'all' AS c, CAST(SUM(minutes) AS BIGINT) / 60 AS n FROM fact
                 WHERE kind = 'effort.noted' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            // Fewer than five people behind a cell: the number given to the gate is theirs, which it hides. Nine times may be one girl.
            Self::Tellings => {
                "SELECT code AS r, COALESCE(outcome, 'unknown') AS c,
                   CASE WHEN COUNT(DISTINCT subject) < 5 THEN COUNT(DISTINCT subject) ELSE COUNT(*) END AS n FROM fact_person
                 WHERE kind = 'telling.held' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY code, COALESCE(outcome, 'unknown')"
            }
            Self::TellingRequests => {
                "SELECT code AS r, kind AS c,
                   CASE WHEN COUNT(DISTINCT subject) < 5 THEN COUNT(DISTINCT subject) ELSE COUNT(*) END AS n FROM fact_person
                 WHERE kind IN ('telling.requested', 'telling.avoided') AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY code, kind"
            }
            Self::OfficeReceived => {
                "SELECT code AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.received' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code"
            }
            Self::OfficeCalls => {
                "SELECT code AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.call' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::OfficePromises => {
                "SELECT code AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.promise' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::OfficeVisits => {
                "SELECT code AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.visit' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::OfficeActivities => {
                "SELECT SUBSTR(day, 1, 7) AS r, code AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.activity' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), code"
            }
            Self::OfficeReached => {
                "SELECT age_band AS r, sex AS c, CAST(SUM(amount) AS BIGINT) AS n FROM fact
                 WHERE kind = 'office.reached' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY age_band, sex"
            }
            Self::OfficeAgreements => {
                "SELECT outcome AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'office.agreement' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY outcome"
            }
            Self::Conferences => {
                "SELECT SUBSTR(day, 1, 7) AS r, outcome AS c,
                   CASE WHEN COUNT(DISTINCT subject) < 5 THEN COUNT(DISTINCT subject) ELSE COUNT(*) END AS n FROM fact_person
                 WHERE kind = 'conference.ended' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), outcome"
            }
            // A task opened again takes back what was counted.
            Self::ConferenceTasks => {
                "SELECT r, c, CASE WHEN COUNT(*) < 5 THEN COUNT(*) ELSE CAST(SUM(n) AS BIGINT) END AS n FROM (
                   SELECT code AS r, outcome AS c, SUM(amount) AS n FROM fact_person
                   WHERE kind = 'conference.followed' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                   GROUP BY code, outcome, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::Answers => {
                "SELECT code AS r, outcome AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'alert.answered' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::ClinicVisits => {
                "SELECT SUBSTR(day, 1, 7) AS r, code AS c,
                   CASE WHEN COUNT(DISTINCT subject) + COUNT(*) - COUNT(subject) < 5
                     THEN COUNT(DISTINCT subject) + COUNT(*) - COUNT(subject) ELSE COUNT(*) END AS n FROM fact_person
                 WHERE kind = 'clinic.visit' AND outcome = 'done' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(day, 1, 7), code"
            }
            Self::ClinicOffers => {
                "SELECT code AS r, outcome AS c,
                   CASE WHEN COUNT(DISTINCT subject) + COUNT(*) - COUNT(subject) < 5
                     THEN COUNT(DISTINCT subject) + COUNT(*) - COUNT(subject) ELSE COUNT(*) END AS n FROM fact_person
                 WHERE kind = 'clinic.offer' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3) GROUP BY code, outcome"
            }
            Self::AlertsByDepartment => {
                "SELECT SUBSTR(COALESCE(municipality, ''), 1, 4) AS r, 'all' AS c, COUNT(*) AS n FROM fact
                 WHERE kind = 'alert.received' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(COALESCE(municipality, ''), 1, 4)"
            }
            Self::ServedByDepartment => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT SUBSTR(COALESCE(municipality, ''), 1, 4) AS r, 'all' AS c FROM fact_person
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY SUBSTR(COALESCE(municipality, ''), 1, 4), subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::Origin => {
                "SELECT code AS r, 'all' AS c, COUNT(*) AS n FROM (SELECT code FROM fact_person
                 WHERE kind = 'person.origin' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY code, subject HAVING SUM(amount) > 0) held GROUP BY code"
            }
            // Her last decision counts, not every one on the way; what was decided not to be trafficking does not.
            Self::Recruited => {
                "SELECT d.value AS r, 'all' AS c, COUNT(DISTINCT COALESCE(s.as_subject, f.subject)) AS n FROM fact f
                 JOIN fact_dim d ON d.fact = f.id AND d.dim = 'recruited' LEFT JOIN subject_same s ON s.subject = f.subject
                 WHERE f.kind = 'person.identified' AND f.outcome <> 'not' AND f.day BETWEEN $1 AND $2 AND ($3 IS NULL OR f.site = $3)
                   AND f.at = (SELECT MAX(g.at) FROM fact g WHERE g.kind = 'person.identified' AND g.subject = f.subject
                               AND g.day BETWEEN $1 AND $2)
                 GROUP BY d.value"
            }
            Self::AlertsByChannel => {
                "SELECT d.value AS r, SUBSTR(f.day, 1, 4) || CASE WHEN SUBSTR(f.day, 6, 2) <= '03' THEN '-Q1' WHEN SUBSTR(f.day, 6, 2) <= '06' THEN '-Q2'
                    WHEN SUBSTR(f.day, 6, 2) <= '09' THEN '-Q3' ELSE '-Q4' END AS c, COUNT(*) AS n
                 FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'channel'
                 WHERE f.kind = 'alert.received' AND f.day BETWEEN $1 AND $2 AND ($3 IS NULL OR f.site = $3) GROUP BY 1, 2"
            }
            Self::AlertsBySign => {
                "SELECT d.value AS r, SUBSTR(f.day, 1, 4) || CASE WHEN SUBSTR(f.day, 6, 2) <= '03' THEN '-Q1' WHEN SUBSTR(f.day, 6, 2) <= '06' THEN '-Q2'
                    WHEN SUBSTR(f.day, 6, 2) <= '09' THEN '-Q3' ELSE '-Q4' END AS c, COUNT(*) AS n
                 FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'sign'
                 WHERE f.kind = 'alert.received' AND f.day BETWEEN $1 AND $2 AND ($3 IS NULL OR f.site = $3) GROUP BY 1, 2"
            }
            // Fewer than five people behind a cell: the number given to the gate is theirs, which it hides.
            Self::Terms => {
                "SELECT r, c, CASE WHEN COUNT(*) < 5 THEN COUNT(*) ELSE CAST(SUM(n) AS BIGINT) END AS n FROM (
                   SELECT CASE WHEN kind = 'route.kept' THEN 'route' ELSE 'plan' END AS r, outcome AS c, SUM(amount) AS n FROM fact_person
                   WHERE kind IN ('route.kept', 'plan.reviewed') AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                   GROUP BY kind, outcome, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::ServicesByMonth => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT code AS r, SUBSTR(day, 1, 7) AS c FROM fact_person
                 WHERE kind = 'service.given' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY code, SUBSTR(day, 1, 7), subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            Self::TrainedByInstitution => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT COALESCE(d.value, 'unknown') AS r, f.outcome AS c FROM fact f
                 LEFT JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
                 WHERE f.kind = 'training.completed' AND f.day BETWEEN $1 AND $2 AND ($3 IS NULL OR f.site = $3)
                 GROUP BY COALESCE(d.value, 'unknown'), f.outcome, f.subject HAVING SUM(f.amount) > 0) held GROUP BY r, c"
            }
            Self::TrainedBySex => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT COALESCE(sex, 'unknown') AS r, outcome AS c FROM fact
                 WHERE kind = 'training.completed' AND day BETWEEN $1 AND $2 AND ($3 IS NULL OR site = $3)
                 GROUP BY COALESCE(sex, 'unknown'), outcome, subject HAVING SUM(amount) > 0) held GROUP BY r, c"
            }
            // The day of such a fact is three months before what is due.
            Self::RefreshersDue => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT COALESCE(d.value, 'unknown') AS r, 'all' AS c FROM fact f
                 LEFT JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
                 WHERE f.kind = 'training.refresh' AND f.day BETWEEN $1 AND $2 AND ($3 IS NULL OR f.site = $3)
                 GROUP BY COALESCE(d.value, 'unknown'), f.subject HAVING SUM(f.amount) > 0) held GROUP BY r, c"
            }
            Self::FollowUpsDue => {
                "SELECT r, c, COUNT(*) AS n FROM (SELECT COALESCE(d.value, 'unknown') AS r, 'all' AS c FROM fact f
                 LEFT JOIN fact_dim d ON d.fact = f.id AND d.dim = 'institution'
                 WHERE f.kind = 'training.follow' AND f.day BETWEEN $1 AND $2 AND ($3 IS NULL OR f.site = $3)
                 GROUP BY COALESCE(d.value, 'unknown'), f.subject HAVING SUM(f.amount) > 0) held GROUP BY r, c"
            }
        }
    }
}
