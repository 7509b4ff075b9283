//! What pages of numbers count, and how the parts of each hang together; its statement stands in `sql`.

use std::collections::BTreeSet;

use ceiba_disclosure::Region;
use jiff::civil::Date;

use super::span::{Span, days};
use crate::Outcome;

mod sql;

/// The enum and the list of all, from one list: a measure that is counted and not in the list could not be given again.
macro_rules! measures {
    ($(#[$of_all:meta])* pub enum Measure { $($(#[$of_one:meta])* $name:ident,)* }) => {
        $(#[$of_all])*
        pub enum Measure {
            $($(#[$of_one])* $name,)*
        }

        const ALL: &[Measure] = &[$(Measure::$name),*];
    };
}

measures! {
    /// What can be counted. Each says which facts, what makes the row, what makes the column, and whether people
    /// or things are counted.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Measure {
        /// People served, by service and new or continuing.
        ServedByService,
        /// People served, by month and site.
        ServedByMonth,
        /// People served, by sex and age band.
        ServedBySexAge,
        /// Referrals by how far they came.
        Cascade,
        /// Referrals by how far they came, and by who had referred her to us.
        CascadeByOrigin,
        /// Screenings by result.
        Screening,
        /// Plans agreed, by month.
        Plans,
        /// Goals by domain and whether met at the last rating.
        Goals,
        /// Goals by domain and the level at which they were set.
        GoalsAtEntry,
        /// The same goals by domain and the level of their last rating.
        GoalsNow,
        /// Alerts by month and urgency.
        Alerts,
        /// First answers on time and late, by urgency.
        Answers,
        /// Nights that residents slept in a house, by month and house.
        BedNights,
        /// Requests for which there was no place, by age band, alone or with children.
        Refused,
        /// Requests for which there was no place, by reason.
        RefusedWhy,
        /// How people left a house, by destination.
        Left,
        /// Incidents by kind.
        Incidents,
        /// Reports about the conduct of staff by kind, without anybody.
        Conduct,
        /// Visits to a clinic by month and desk.
        ClinicVisits,
        /// What was offered after recent violence, and what she said to it.
        ClinicOffers,
        /// People with a place, by service and what became of it.
        Seats,
        /// Marks of who came, by service.
        Attendance,
        /// People by domain and whether they are better, the same or worse than the first time, at the last assessment.
        Outcomes,
        /// Reviews of plans by month, on time or late.
        Reviews,
        /// People who got economic support, each once whoever paid, by kind.
        Supported,
        /// Money handed over less what came back, in whole units of the currency, by line. A line from which fewer than five people got any is hidden.
        Money,
        /// Hours of staff, by service.
        Effort,
        /// Interviews that were held, by what for and in what kind of place.
        Tellings,
        /// Requests for another interview, by what for: asked, and avoided.
        TellingRequests,
        /// Who came to a municipal office, by what about.
        OfficeReceived,
        /// Calls of a municipal office, by whom and whether somebody answered.
        OfficeCalls,
        /// What institutions said they would do, by whom and whether they did.
        OfficePromises,
        /// Visits of a municipal office, by kind and result.
        OfficeVisits,
        /// Community activities, by month and kind.
        OfficeActivities,
        /// People whom community activities reached, by age band and sex. Whoever came twice is counted twice: nobody asks for names.
        OfficeReached,
        /// Agreements of the commission that ended, by how.
        OfficeAgreements,
        /// Case conferences by month: held, and called off.
        Conferences,
        /// What case conferences decided, by kind: kept, kept late, dropped.
        ConferenceTasks,
        /// Alerts by department of the place they tell of.
        AlertsByDepartment,
        /// People served, by department.
        ServedByDepartment,
        /// People whose case was opened, by the department they come from, as far as it is known.
        Origin,
        /// People identified, by the department where they were recruited, as far as it is known.
        Recruited,
        /// Alerts by channel and quarter of the year.
        AlertsByChannel,
        /// Alerts by warning sign and quarter of the year. One with several signs stands in each.
        AlertsBySign,
        /// Steps with a term that were taken, and plans that were looked at again: in time or late.
        Terms,
        /// People served, by service and month.
        ServicesByMonth,
        /// People who completed a course, by institution and audience.
        TrainedByInstitution,
        /// People who completed a course, by sex and audience.
        TrainedBySex,
        /// People who should do a course again within three months or should have, by institution.
        RefreshersDue,
        /// People whose next follow-up is due within three months or was, by institution.
        FollowUpsDue,
    }
}

impl Measure {
    /// Its code in the log of what left.
    #[must_use]
    pub fn code(self) -> String {
        format!("{self:?}")
    }

    /// The measure of a code; none for what is no measure of its own: how many people, a median.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        ALL.iter().copied().find(|measure| measure.code() == code)
    }

    /// The kind of fact whose people it divides, each of them counted once in the whole; none when pages show no whole.
    pub(super) const fn whole(self) -> Option<&'static str> {
        match self {
            Self::ServedByMonth | Self::ServedBySexAge | Self::ServedByDepartment => Some("service.given"),
            Self::TrainedByInstitution | Self::TrainedBySex => Some("training.completed"),
            _ => None,
        }
    }

    /// The spans of its wholes: all of it, and each month where those are its rows.
    pub(super) fn wholes(self, span: &Span) -> Vec<Span> {
        let months = if matches!(self, Self::ServedByMonth) { span.months() } else { Vec::new() };
        std::iter::once(span.clone()).chain(months).collect()
    }

    /// Whether it counts things, so that numbers of parts add up. A person may be in two parts, and be counted once in the whole; and where
    /// a cell of few people says how many they are, it does not say how often they came.
    pub(super) const fn adds_up(self) -> bool {
        matches!(
            self,
            Self::Cascade
                | Self::CascadeByOrigin
                | Self::Alerts
                | Self::Answers
                | Self::Refused
                | Self::RefusedWhy
                | Self::Left
                | Self::Conduct
                | Self::OfficeReceived
                | Self::OfficeCalls
                | Self::OfficePromises
                | Self::OfficeVisits
                | Self::OfficeActivities
                | Self::OfficeReached
                | Self::OfficeAgreements
                | Self::AlertsByDepartment
                | Self::AlertsByChannel
        )
    }

    /// Whom a cell counts, when its row is a month or its column a site: the same whatever span was asked for.
    pub(super) fn part(self, span: &Span, row: &str, column: &str) -> Outcome<Option<Region>> {
        let months = matches!(
            self,
            Self::ServedByMonth
                | Self::Plans
                | Self::Alerts
                | Self::BedNights
                | Self::Reviews
                | Self::ClinicVisits
                | Self::OfficeActivities
                | Self::Conferences
        );
        let (first, last) = match self {
            Self::AlertsByChannel | Self::AlertsBySign => {
                let Some(quarter) = super::span::quarter(column) else { return Ok(None) };
                quarter
            }
            _ => {
                let month = match self {
                    Self::ServicesByMonth => column,
                    _ if months => row,
                    _ => return Ok(None),
                };
                let Ok(month) = format!("{month}-01").parse::<Date>() else { return Ok(None) };
                (month, month.last_of_month())
            }
        };
        let mut region = span.region()?;
        region.days.0 = region.days.0.max(days(&first.to_string())?);
        region.days.1 = region.days.1.min(days(&last.to_string())? + 1);
        if matches!(self, Self::ServedByMonth | Self::BedNights) {
            region.filters.insert("site".to_owned(), BTreeSet::from([column.to_owned()]));
        }
        Ok(Some(region))
    }
}
