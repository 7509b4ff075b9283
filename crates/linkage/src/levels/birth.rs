//! Births: the nearer they are known, the more it says that they agree.

use crate::record::born::{Born, Kind, YEAR};

pub(super) const LEVELS: &[&str] = &[
    "unknown",
    "same_day",
    "day_and_month_exchanged",
    "day_differs",
    "month_differs",
    "year_off_by_1_2_or_10",
    "year_differs",
    "same_year_only",
    "days_a_year_apart",
    "days_two_or_three_years_apart",
    "days_far_apart",
    "same_month",
    "same_year_other_month",
    "month_a_year_apart",
    "month_far_apart",
    "day_in_the_year",
    "day_a_year_off",
    "day_two_years_off",
    "day_far_off",
    "same_written_year",
    "years_one_apart",
    "years_two_or_three_apart",
    "years_far_apart",
    "age_fits",
    "age_one_off",
    "age_two_off",
    "age_three_off",
    "age_five_off",
    "age_far_off",
];

pub(super) const COARSE: [usize; 29] =
    [0, 1, 2, 2, 2, 2, 5, 4, 5, 5, 6, 2, 4, 5, 6, 3, 4, 5, 6, 3, 4, 5, 6, 3, 4, 4, 5, 5, 6];

pub(super) fn level(one: &Born, other: &Born) -> u8 {
    let years = i32::from(one.year).abs_diff(i32::from(other.year));
    let (less, more) = if one.kind <= other.kind { (one, other) } else { (other, one) };
    match (less.kind, more.kind) {
        (Kind::Unknown, _) => 0,
        (Kind::Age, _) => {
            let ((first, last), (from, to)) = (one.span(), other.span());
            age((first - to).max(from - last))
        }
        (Kind::Year, Kind::Year) => [19, 20, 21, 21, 22][years.min(4) as usize],
        (Kind::Year, _) => [15, 16, 17, 18][years.min(3) as usize],
        (Kind::Month, _) => match years {
            0 if one.month == other.month => 11,
            0 => 12,
            1 => 13,
            _ => 14,
        },
        (Kind::Day, _) => days(one, other, years),
    }
}

/// By how many years the spans are apart; a gap below one day is none.
fn age(gap: i32) -> u8 {
    match gap {
        ..=0 => 23,
        gap if gap <= YEAR => 24,
        gap if gap <= 2 * YEAR => 25,
        gap if gap <= 3 * YEAR => 26,
        gap if gap <= 5 * YEAR => 27,
        _ => 28,
    }
}

fn days(one: &Born, other: &Born, years: u32) -> u8 {
    let (month, day) = (one.month == other.month, one.day == other.day);
    match years {
        0 => match (month, day) {
            (true, true) => 1,
            _ if one.month == other.day && one.day == other.month => 2,
            (true, false) => 3,
            (false, true) => 4,
            _ => 7,
        },
        1 | 2 | 10 if month && day => 5,
        _ if month && day => 6,
        1 => 8,
        2 | 3 => 9,
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::{LEVELS, level};
    use crate::record::born::Born;

    #[test]
    fn dates_as_people_tell_them() {
        let read = |date: &str| match date.split_once('@') {
            Some((age, at)) => Born::read("", age, at),
            None => Born::read(date, "", ""),
        };
        for (one, other, expected) in [
            ("2010-03-07", "2010-03-07", "same_day"),
            ("2010-03-07", "2010-07-03", "day_and_month_exchanged"),
            ("2010-03-07", "2000-03-07", "year_off_by_1_2_or_10"),
            ("2010-03-07", "2010-03", "same_month"),
            ("2010-03", "2010-03", "same_month"),
            ("2010-03-07", "2010-01-01", "day_in_the_year"),
            ("2011", "2010-01-01", "years_one_apart"),
            ("15@2026-03-01", "2010-06-30", "age_fits"),
            ("15@2026-03-01", "2012", "age_one_off"),
            ("15@2026-03-01", "30@2026-03-01", "age_far_off"),
            ("", "2010", "unknown"),
        ] {
            let (one, other) = (read(one), read(other));
            assert_eq!(LEVELS[usize::from(level(&one, &other))], expected, "{one:?} {other:?}");
            assert_eq!(level(&one, &other), level(&other, &one));
        }
    }
}
