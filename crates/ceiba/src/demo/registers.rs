//! Registers on paper of the office, the clinic and the houses, of the time before each wrote here: what a week had, counted by Sofía.

use std::fmt::Write as _;

use ceiba_programme::results::frozen::Period;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// What a week of the registers has: kind, code, outcome, site, sex, age band, how many; and every how many weeks.
const WEEKS: [(&str, usize); 13] = [
    ("clinic.visit,health,done,K1,,,5", 1),
    ("clinic.visit,social,done,K1,,,3", 1),
    ("clinic.visit,psychological,done,K1,,,4", 1),
    ("office.received,documents,herself,O1,,,1", 1),
    ("office.received,family,mother_father,O1,,,1", 2),
    ("office.received,violence_home,neighbour,O1,,,1", 3),
    ("office.received,information,school,O1,,,1", 2),
    ("shelter.refused,no_bed,alone,M1,Feminine,15-17,1", 2),
    ("shelter.refused,not_profile,alone,M2,Feminine,18-24,1", 4),
    ("shelter.incident,conflict,,M1,,,1", 3),
    ("shelter.incident,at_the_door,,M1,,,1", 4),
    ("shelter.incident,illness,,M2,,,1", 5),
    ("conduct.received,exchange,,M1,,,1", 9),
];

/// Those whose file was closed half a year and a year before and who were reached: a closed file is not written in, so the calls are
/// noted on a sheet. In each quarter, which mark, after how long, whether she feels safe.
pub fn calls(periods: &[Period]) -> String {
    let mut file = "kind,day,code,outcome,site,sex,age_band,subject,amount,after\n".to_owned();
    for period in periods {
        let Ok(from) = period.from.parse::<Date>() else { continue };
        for (after, marks) in [("months6", 7), ("months12", 6)] {
            for n in 0..marks {
                let Ok(day) = from.checked_add((n * 11 + 3).days()) else { continue };
                let site = ["K1", "M1", "M2"][usize::try_from(n % 3).unwrap_or(0)];
                let mark = format!("{after}-{}-{n}", period.code);
                _ = writeln!(file, "followup,{day},yes,reached,{site},Feminine,15-17,{mark},1,{after}");
            }
        }
    }
    file
}

/// Writes the weeks of a quarter, behind the head of `results`.
pub fn quarter(file: &mut String, period: &Period) {
    let Ok(from) = period.from.parse::<Date>() else { return };
    for week in 0..13 {
        let Ok(day) = from.checked_add((i64::try_from(week).unwrap_or(0) * 7 + 2).days()) else { continue };
        for (line, _) in WEEKS.iter().filter(|(_, every)| week % every == 0) {
            let cells: Vec<&str> = line.split(',').collect();
            let [kind, code, outcome, site, sex, age, many] = cells[..] else { continue };
            _ = writeln!(file, "{kind},{day},{code},{outcome},{site},,{sex},{age},,,,,,,,,{many}");
        }
    }
}
