//! What a packet can hold, field by field: which kind of consent covers it, and which right of the sender opens it.

use ceiba_access::{Act, Caller, Folder, Situation};
use ceiba_store::Work;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cases::plan::Goal;
use crate::cases::{self, consent};
use crate::contact::door;
use crate::contact::rules::Rule;
use crate::entries::{self, Entry};
use crate::people::{self, Person};
use crate::shelter::bedside;
use crate::{Outcome, Programme};

/// One field. Its text is `packet-field-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its code.
    pub code: &'static str,
    /// The kind of data that her consent must name: one of [`consent::DATA`].
    pub data: &'static str,
    /// The right that opens it to the sender.
    pub act: Act,
}

const fn field(code: &'static str, data: &'static str, act: Act) -> Field {
    Field { code, data, act }
}

/// Every field, in the order of the sheet. The one table of what can leave in a packet.
pub const FIELDS: [Field; 12] = [
    field("chosen_name", "contact", Act::CASE_READ),
    field("language", "contact", Act::CASE_READ),
    field("interpreter", "contact", Act::CASE_READ),
    field("reach", "contact", Act::CASE_READ),
    field("age", "needs", Act::CASE_READ),
    field("sex", "needs", Act::CASE_READ),
    field("goals", "plan", Act::READ_SOCIAL),
    field("allergies", "health", Act::READ_HEALTH),
    field("given", "identity", Act::READ_IDENTITY),
    field("surnames", "identity", Act::READ_IDENTITY),
    field("birth", "identity", Act::READ_IDENTITY),
    field("document", "identity", Act::READ_IDENTITY),
];

/// A value as it goes: codes and days, so that the reader's language says them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Value {
    /// Words as they were written.
    Text {
        /// The words.
        text: String,
    },
    /// A code of a list.
    Code {
        /// The list.
        list: String,
        /// The code.
        code: String,
    },
    /// Yes or no.
    Truth {
        /// Which.
        yes: bool,
    },
    /// Years of age: at least and at most.
    Age {
        /// At least.
        least: i16,
        /// At most.
        most: i16,
    },
    /// How she may be reached, and when.
    Ways {
        /// Each way.
        rules: Vec<Rule>,
    },
    /// A civil day, ISO.
    Day {
        /// The day.
        day: String,
    },
}

/// One line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Code of the [`Field`].
    pub field: String,
    /// What it says.
    pub value: Value,
}

/// Why a field cannot be ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Off {
    /// No live consent for this institution names this kind of data.
    NotCovered,
    /// The sender may not open it herself.
    NotYours,
}

/// For each field, why it is off; none: it can be ticked.
///
/// # Errors
/// When the database breaks or the grant does not open consents.
pub async fn offered(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, institution): (Uuid, Uuid),
) -> Outcome<Vec<(&'static Field, Option<Off>)>> {
    let now = work.at();
    let grant = p.may_case(work.tx(), caller, Act::CASE_READ, case).await?;
    let situation = Situation::of(work.tx(), caller, case, now).await?.unwrap_or_default();
    let covered = consent::kinds(p, work.tx(), caller, &grant, (case, institution), now).await?;
    let off = |f: &Field| {
        if !covered.iter().any(|d| d == f.data) {
            Some(Off::NotCovered)
        } else if !p.gate.would(caller, f.act, &situation) {
            Some(Off::NotYours)
        } else {
            None
        }
    };
    Ok(FIELDS.iter().map(|f| (f, off(f))).collect())
}

/// Reads the chosen fields, each under its own right. What is empty in the file gives no line. Opening her identity is
/// an entry of the ledger of its own.
///
/// # Errors
/// The gate's refusal for a field that the sender may not open.
pub(super) async fn gather(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    chosen: &[String],
) -> Outcome<Vec<Line>> {
    let grant = p.may_case(work.tx(), caller, Act::CASE_READ, case).await?;
    let person = cases::lookup(work.tx(), case).await?.person;
    let person = people::of(p, work.tx(), caller, &grant, person).await?;
    let mut lines = Vec::new();
    for f in FIELDS.iter().filter(|f| chosen.iter().any(|c| c == f.code)) {
        let value = match f.act {
            Act::READ_IDENTITY => identity(p, work, caller, (case, &person), f.code).await?,
            Act::READ_HEALTH => allergies(p, work, caller, case).await?,
            Act::READ_SOCIAL => goals(p, work, caller, case).await?,
            _ if f.code == "reach" => {
                let ways = door::to_tell(p, work.tx(), caller, case).await?;
                let rules: Vec<Rule> = ways.iter().filter_map(|w| w.rule()).map(|(_, r)| r.clone()).collect();
                (!rules.is_empty()).then_some(Value::Ways { rules })
            }
            _ => everyday(p, work, &person, f.code),
        };
        lines.extend(value.map(|value| Line { field: f.code.to_owned(), value }));
    }
    Ok(lines)
}

fn text(words: &str) -> Option<Value> {
    (!words.trim().is_empty()).then(|| Value::Text { text: words.trim().to_owned() })
}

fn everyday(p: &Programme, work: &Work, person: &Person, code: &str) -> Option<Value> {
    let core = &person.core;
    match code {
        "chosen_name" => text(&core.chosen_name),
        "language" => (!core.language.is_empty())
            .then(|| Value::Code { list: "languages".to_owned(), code: core.language.clone() }),
        "interpreter" => core.interpreter.then_some(Value::Truth { yes: true }),
        "sex" => Some(Value::Code { list: "gender".to_owned(), code: person.sex.clone() }),
        "age" => {
            let today = crate::dates::day(work.at(), &p.pack.zone);
            core.birth.age_on(today).map(|(least, most)| Value::Age { least, most })
        }
        _ => None,
    }
}

async fn identity(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, person): (Uuid, &Person),
    code: &str,
) -> Outcome<Option<Value>> {
    let grant = p.may_case(work.tx(), caller, Act::READ_IDENTITY, case).await?;
    if code == "birth" {
        return Ok(match &person.core.birth {
            crate::dates::Birth::Day { day } => Some(Value::Day { day: day.to_string() }),
            _ => None,
        });
    }
    let (identity, _) = people::identity(p, work, caller, &grant, person.id, "referral").await?;
    Ok(match code {
        "given" => text(&identity.given),
        "surnames" => text(&identity.surnames),
        _ => text(&identity.document),
    })
}

async fn allergies(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid) -> Outcome<Option<Value>> {
    let grant = p.may_case(work.tx(), caller, Act::READ_HEALTH, case).await?;
    let known = bedside::known(p, work.tx(), caller, &grant, case).await?;
    Ok(text(&known.iter().map(|e| e.body.text.as_str()).collect::<Vec<_>>().join("; ")))
}

async fn goals(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid) -> Outcome<Option<Value>> {
    let grant = p.may_case(work.tx(), caller, Act::READ_SOCIAL, case).await?;
    let goals: Vec<Entry<Goal>> = entries::list(p, work.tx(), caller, &grant, (case, Folder::Social)).await?;
    Ok(text(&goals.iter().map(|g| g.body.words.as_str()).collect::<Vec<_>>().join("; ")))
}
