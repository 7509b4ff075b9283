//! Dates as people write them. The names are a table here: they are a closed set and never translated apart.

use jiff::civil::{Date, DateTime, Time, Weekday};

use super::{Lang, Words};

const MONTHS: [[&str; 12]; 2] = [
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];
const SHORT: [[&str; 12]; 2] = [
    ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
];
const DAYS: [[&str; 7]; 2] = [
    ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];

impl Words {
    /// «24 de noviembre de 2026», `24 November 2026`.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let (day, month, year) = (date.day(), self.month_name(date), date.year());
        match self.lang() {
            Lang::Es => format!("{day} de {month} de {year}"),
            Lang::En => format!("{day} {month} {year}"),
        }
    }

    /// «24 nov».
    #[must_use]
    pub fn day(&self, date: Date) -> String {
        format!("{} {}", date.day(), self.pick(SHORT, date.month() - 1))
    }

    /// «24 nov 2026», for where the year may be another one.
    #[must_use]
    pub fn day_year(&self, date: Date) -> String {
        format!("{} {}", self.day(date), date.year())
    }

    /// «noviembre de 2026», `November 2026`.
    #[must_use]
    pub fn month(&self, date: Date) -> String {
        let (month, year) = (self.month_name(date), date.year());
        match self.lang() {
            Lang::Es => format!("{month} de {year}"),
            Lang::En => format!("{month} {year}"),
        }
    }

    /// «martes», `Tuesday`.
    #[must_use]
    pub fn weekday(&self, day: Weekday) -> &'static str {
        self.pick(DAYS, day.to_monday_zero_offset())
    }

    /// `08:10`, the same in both languages.
    #[must_use]
    pub fn time(&self, time: Time) -> String {
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// «24 de noviembre de 2026, 08:10».
    #[must_use]
    pub fn moment(&self, at: DateTime) -> String {
        format!("{}, {}", self.date(at.date()), self.time(at.time()))
    }

    fn month_name(&self, date: Date) -> &'static str {
        self.pick(MONTHS, date.month() - 1)
    }

    fn pick<const N: usize>(&self, table: [[&'static str; N]; 2], index: i8) -> &'static str {
        let row = match self.lang() {
            Lang::Es => 0,
            Lang::En => 1,
        };
        usize::try_from(index).ok().and_then(|i| table[row].get(i).copied()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::Lang::{En, Es};

    #[test]
    fn dates_read_as_people_write_them() {
        let at = date(2026, 11, 24).at(8, 10, 59, 0);
        assert_eq!(Es.words().date(at.date()), "24 de noviembre de 2026");
        assert_eq!(En.words().date(at.date()), "24 November 2026");
        assert_eq!(Es.words().day(at.date()), "24 nov");
        assert_eq!(Es.words().month(at.date()), "noviembre de 2026");
        assert_eq!(Es.words().weekday(at.date().weekday()), "martes");
        assert_eq!(En.words().moment(at), "24 November 2026, 08:10");
        assert_eq!(En.words().day_year(date(-44, 3, 15)), "15 Mar -44");
    }
}
