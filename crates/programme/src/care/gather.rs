//! What the sections of a report say, gathered from the shared record. The grant opens no other folder.

use std::collections::BTreeMap;

use ceiba_access::{Caller, Folder, Grant};
use ceiba_store::Tx;
use uuid::Uuid;

use super::reports::{HealthLine, Line};
use super::schooling;
use crate::cases::{plan, services};
use crate::entries::{self, Entry};
use crate::{Outcome, Programme};

/// The lines of a section.
pub(super) async fn section(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    code: &str,
) -> Outcome<Vec<Line>> {
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    Ok(match code {
        "goals" => plan::list(p, tx, caller, grant, case)
            .await?
            .into_iter()
            .map(|g| Line {
                day: p.day(g.head.changed_at),
                code: text(&g.head.code),
                state: g.body.level.to_string(),
                words: g.body.words,
            })
            .collect(),
        "services" => counted(
            services::list(p, tx, caller, grant, case)
                .await?
                .into_iter()
                .map(|s| (text(&s.head.code), String::new(), text(&s.head.on_day), i64::from(s.body.amount))),
        ),
        "attendance" => {
            let rows = tx
                .sql("SELECT code, state, on_day FROM entry WHERE file = $1 AND kind = 'attendance' ORDER BY on_day")
                .bind(case)
                .all()
                .await?;
            let marks = rows
                .iter()
                .map(|r| Ok((r.get("code")?, r.get("state")?, r.get("on_day")?, 1)))
                .collect::<Outcome<Vec<(String, String, String, i64)>>>()?;
            counted(marks.into_iter())
        }
        "school" => schooling::list(p, tx, caller, grant, case)
            .await?
            .into_iter()
            .map(|s| Line {
                day: text(&s.head.on_day),
                code: s.body.grade,
                state: s.head.state,
                words: s.body.school,
            })
            .collect(),
        _ => {
            let all: Vec<Entry<HealthLine>> =
                entries::list(p, tx, caller, grant, (case, Folder::Social)).await?;
            let line = |h: Entry<HealthLine>| Line {
                day: p.day(h.head.created_at),
                words: h.body.text,
                ..Line::default()
            };
            all.into_iter().next().map(line).into_iter().collect()
        }
    })
}

/// How many of each kind, with the last day: a court needs no list of every session.
fn counted(all: impl Iterator<Item = (String, String, String, i64)>) -> Vec<Line> {
    let mut sums: BTreeMap<(String, String), (i64, String)> = BTreeMap::new();
    for (code, state, day, amount) in all {
        let sum = sums.entry((code, state)).or_default();
        sum.0 += amount;
        if day > sum.1 {
            sum.1 = day;
        }
    }
    sums.into_iter()
        .map(|((code, state), (n, day))| Line { day, code, state, words: n.to_string() })
        .collect()
}
