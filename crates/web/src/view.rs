//! Turning what the programme knows into what a reader reads.

use std::collections::HashMap;

use ceiba_access::{Act, Situation};
use ceiba_programme::dates::{Birth, day};
use ceiba_programme::shelter::rules::Finding;
use ceiba_programme::{Problem, accounts, cases};
use ceiba_store::{Micros, Tx};
use jiff::civil::{Date, DateTime};
use uuid::Uuid;

use crate::me::Me;
use crate::parts::{Choice, Problems};
use crate::{App, Failure, Words};

impl App {
    /// An instant in the programme's own time.
    #[must_use]
    pub fn local(&self, at: Micros) -> DateTime {
        let stamp = jiff::Timestamp::from_microsecond(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        stamp.to_zoned_datetime(self.programme.pack.zone.clone()).datetime()
    }

    /// The present moment in the programme's own time.
    #[must_use]
    pub fn now(&self) -> DateTime {
        self.local(self.programme.store.clock.now())
    }

    /// Today in the programme's zone.
    #[must_use]
    pub fn today(&self) -> Date {
        day(self.programme.store.clock.now(), &self.programme.pack.zone)
    }

    /// A new one-time number for a form.
    #[must_use]
    pub fn once(&self) -> String {
        self.programme.store.chance.id().to_string()
    }

    /// The name of a code in a list, or the code.
    #[must_use]
    pub fn code<'a>(&'a self, me: &Me, list: &str, code: &'a str) -> &'a str {
        self.programme.pack.lists.name(list, code, me.lang.code()).unwrap_or(code)
    }

    /// The name of her language, or that somebody has to ask: nobody does at two in the morning.
    #[must_use]
    pub fn language(&self, me: &Me, code: &str) -> String {
        if code.is_empty() {
            me.words(self).t("language-to-ask")
        } else {
            self.code(me, "languages", code).to_owned()
        }
    }

    /// The codes of a list as choices.
    #[must_use]
    pub fn choices(&self, lang: crate::Lang, list: &str) -> Vec<Choice> {
        self.programme
            .pack
            .lists
            .codes(list)
            .iter()
            .map(|c| Choice::new(&c.code, c.name(lang.code())))
            .collect()
    }

    /// Municipalities as choices: those of the programme first.
    #[must_use]
    pub fn municipalities(&self, lang: crate::Lang) -> Vec<Choice> {
        let pack = &self.programme.pack;
        let own = pack.municipalities.iter().filter_map(|m| {
            pack.lists.name("municipalities", m, lang.code()).map(|name| Choice::new(m, name))
        });
        let others =
            pack.lists.codes("municipalities").iter().filter(|c| !pack.municipalities.contains(&c.code));
        own.chain(others.map(|c| Choice::new(&c.code, c.name(lang.code())))).collect()
    }
}

/// The names of colleagues by account.
pub struct Names(HashMap<Uuid, String>);

impl Names {
    /// Reads them.
    pub async fn read(app: &App, tx: &mut Tx) -> Result<Self, Failure> {
        Ok(Self(accounts::names(&app.programme, tx).await?))
    }

    /// A colleague's name.
    pub fn of(&self, w: &Words, account: Uuid) -> String {
        self.0.get(&account).cloned().unwrap_or_else(|| w.t("somebody"))
    }
}

/// Codes of a fixed set as choices, with words of keys `prefix-code`.
pub fn keyed(w: &Words, prefix: &str, codes: &[&str]) -> Vec<Choice> {
    codes.iter().map(|c| Choice::new(*c, w.t(&format!("{prefix}-{c}")))).collect()
}

/// The programme's problems as sentences beside their fields.
pub fn problems(w: &Words, list: &[Problem]) -> Problems {
    let mut problems = Problems::new();
    for p in list {
        problems.add(p.field, w.t(p.key));
    }
    problems
}

/// Rules of safety that a bed does not meet, as sentences beside it: what it is, what to do, and who may decide otherwise. About
/// whom it is besides her is said only to whoever may read that file too.
pub async fn unsafe_bed(app: &App, me: &Me, tx: &mut Tx, found: &[Finding]) -> Result<Problems, Failure> {
    let w = me.words(app);
    let mut problems = Problems::new();
    for f in found.iter().filter(|f| f.stops) {
        let may = f.pass.is_some_and(|act| app.programme.gate.would(me.caller(), act, &at_home()));
        let who = match (f.pass, may) {
            (Some(_), true) => "rule-pass-you",
            (Some(_), false) => "rule-pass-ask",
            (None, _) => "rule-pass-nobody",
        };
        let text = |key: &str| w.t(&format!("rule-{}{key}", f.rule));
        let mut said = format!("{} {} {}", text(""), text("-do"), w.t(who));
        if let Some(other) = f.other
            && app.programme.may_case(tx, me.caller(), Act::CASE_READ, other).await.is_ok()
        {
            let code = cases::lookup(tx, other).await?.code;
            said = format!("{said} {}", w.with("rule-about", &[("code", code.into())]));
        }
        problems.add("bed", said);
    }
    Ok(problems)
}

/// How somebody stands to her own house.
pub fn at_home() -> Situation {
    Situation { same_site: true, ..Situation::default() }
}

/// «unos 15 años», «16 años», or that it is not known.
pub fn age(w: &Words, birth: &Birth, today: Date) -> String {
    let years = |n: i16| u16::try_from(n).unwrap_or(0);
    match (birth, birth.age_on(today)) {
        (_, Some((least, most))) => w.age(years(i16::midpoint(least, most)), least != most),
        (Birth::Refused, None) => w.t("age-refused"),
        (_, None) => w.t("age-unknown"),
    }
}

/// A band of age, as facts have it, in words.
pub fn band(w: &Words, code: &str) -> String {
    w.t(&format!("age-band-{}", code.replace('+', "-more")))
}

/// A civil day that stands as ISO text.
pub fn iso_day(w: &Words, text: Option<&str>) -> String {
    text.and_then(|t| t.parse::<Date>().ok()).map_or_else(String::new, |d| w.date(d))
}
