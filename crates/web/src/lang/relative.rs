//! Days and hours seen from now: «mañana», «hace 2 h». Calm: late is said, never shouted.

use jiff::civil::{Date, DateTime};

use super::Words;

impl Words {
    /// «hoy», «mañana», «ayer», else «24 nov», with the year when it is another one.
    #[must_use]
    pub fn near(&self, date: Date, today: Date) -> String {
        match days(today, date) {
            0 => self.t("dates-today"),
            1 => self.t("dates-tomorrow"),
            -1 => self.t("dates-yesterday"),
            _ if date.year() == today.year() => self.day(date),
            _ => self.day_year(date),
        }
    }

    /// «ayer, 08:10»: a past moment in full.
    #[must_use]
    pub fn near_moment(&self, at: DateTime, now: DateTime) -> String {
        format!("{}, {}", self.near(at.date(), now.date()), self.time(at.time()))
    }

    /// How long ago: «ahora», «hace 5 min», «hace 2 h», «ayer, 08:10», «24 nov».
    #[must_use]
    pub fn ago(&self, at: DateTime, now: DateTime) -> String {
        match minutes(at, now) {
            i64::MIN..1 => self.t("dates-now"),
            n @ 1..60 => self.with("dates-minutes-ago", &[("n", n.into())]),
            n @ 60..720 => self.with("dates-hours-ago", &[("n", (n / 60).into())]),
            _ if days(at.date(), now.date()) < 2 => self.near_moment(at, now),
            _ => self.near(at.date(), now.date()),
        }
    }

    /// When a day is due: «vence hoy», «vence mañana», «vence en 3 días», «venció ayer».
    #[must_use]
    pub fn due(&self, date: Date, today: Date) -> String {
        match days(today, date) {
            0 => self.t("dates-due-today"),
            1 => self.t("dates-due-tomorrow"),
            -1 => self.t("dates-due-was-yesterday"),
            n @ 2..15 => self.with("dates-due-in-days", &[("n", n.into())]),
            n @ -14..-1 => self.with("dates-due-days-ago", &[("n", (-n).into())]),
            n if n > 0 => self.with("dates-due-on", &[("day", self.near(date, today).into())]),
            _ => self.with("dates-due-was-on", &[("day", self.near(date, today).into())]),
        }
    }

    /// When an hour is due: «vence en 20 min», «vence en 2 h», «venció hace 2 h», else as [`due`](Self::due).
    #[must_use]
    pub fn due_at(&self, at: DateTime, now: DateTime) -> String {
        match minutes(now, at) {
            0 => self.t("dates-due-now"),
            n @ 1..60 => self.with("dates-due-in-minutes", &[("n", n.into())]),
            n @ 60..720 => self.with("dates-due-in-hours", &[("n", (n / 60).into())]),
            n @ -59..0 => self.with("dates-due-minutes-ago", &[("n", (-n).into())]),
            n @ -719..-59 => self.with("dates-due-hours-ago", &[("n", (-n / 60).into())]),
            _ => self.due(at.date(), now.date()),
        }
    }
}

/// Whole days from one to the other; civil dates of jiff are at most some seven million days apart.
fn days(from: Date, to: Date) -> i32 {
    to.since(from).map_or(0, |span| span.get_days())
}

fn minutes(from: DateTime, to: DateTime) -> i64 {
    to.duration_since(from).as_secs() / 60
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::Lang::{En, Es};

    #[test]
    fn days_have_names() {
        let (w, today) = (Es.words(), date(2026, 12, 31));
        assert_eq!(w.near(today, today), "hoy");
        assert_eq!(w.near(date(2027, 1, 1), today), "mañana");
        assert_eq!(w.near(date(2026, 12, 30), today), "ayer");
        assert_eq!(w.near(date(2026, 11, 24), today), "24 nov");
        assert_eq!(w.near(date(2027, 2, 3), today), "3 feb 2027");
    }

    #[test]
    fn clocks_are_calm() {
        let (w, now) = (Es.words(), date(2026, 11, 24).at(9, 0, 0, 0));
        let day = |n: i8| date(2026, 11, n);
        assert_eq!(w.due(day(25), day(24)), "vence mañana");
        assert_eq!(w.due(day(27), day(24)), "vence en 3 días");
        assert_eq!(w.due(day(22), day(24)), "venció hace 2 días");
        assert_eq!(w.due(date(2026, 12, 24), day(24)), "vence el 24 dic");
        assert_eq!(w.due(date(2025, 1, 2), day(24)), "venció el 2 ene 2025");
        assert_eq!(w.due_at(day(24).at(11, 30, 0, 0), now), "vence en 2 h");
        assert_eq!(w.due_at(day(24).at(8, 1, 0, 0), now), "venció hace 59 min");
        assert_eq!(w.due_at(day(24).at(8, 0, 0, 0), now), "venció hace 1 h");
        assert_eq!(w.ago(day(24).at(6, 30, 0, 0), now), "hace 2 h");
        assert_eq!(w.ago(day(23).at(8, 10, 0, 0), now), "ayer, 08:10");
        assert_eq!(w.ago(day(24).at(9, 5, 0, 0), now), "ahora");
        assert_eq!(En.words().due(day(24), day(24)), "due today");
    }

    #[test]
    fn ages_say_when_they_are_guessed() {
        assert_eq!(Es.words().age(15, true), "unos 15 años");
        assert_eq!(Es.words().age(1, false), "1 año");
        assert_eq!(En.words().age(15, true), "about 15 years old");
        assert_eq!(Es.words().age_band(12, 14), "de 12 a 14 años");
    }
}
