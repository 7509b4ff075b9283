//! Identification: presumed, identified, confirmed or not; the national and the international definition side
//! by side.
//!
//! Sources: Código Penal de Guatemala art. 202 Ter (act and purpose); Palermo Protocol art. 3 (act, means and
//! purpose; for a child the means need not be shown).

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// A decision, with what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identification {
    /// Acts: codes of the list of acts.
    pub acts: Vec<String>,
    /// Means: codes of the list of means. May be empty.
    pub means: Vec<String>,
    /// Purposes: codes of the list of forms of exploitation.
    pub purposes: Vec<String>,
    /// Who decided: the team, or which authority.
    pub by: String,
    /// On what basis: the document or reason.
    pub basis: String,
    /// In which departments she was recruited, as far as it is known: codes of `departments`. Nobody asks her for this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recruited: Vec<String>,
}

impl Kind for Identification {
    const KIND: &'static str = "identification";
}

/// Stages; the state of the entry.
pub const STAGES: [&str; 4] = ["presumed", "identified", "confirmed", "not"];

/// What the definitions say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definitions {
    /// Act and purpose (202 Ter).
    pub national: bool,
    /// Act, means and purpose; for a child act and purpose (Palermo).
    pub international: bool,
}

impl Identification {
    /// What each definition says of what was recorded.
    #[must_use]
    pub fn definitions(&self, minor: bool) -> Definitions {
        let national = !self.acts.is_empty() && !self.purposes.is_empty();
        Definitions { national, international: national && (minor || !self.means.is_empty()) }
    }
}

/// Records a decision. An earlier one stays in the file.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn decide(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (stage, on_day): (&str, &str),
    body: &Identification,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::IDENTIFY, case).await?;
    let lists = &p.pack.lists;
    let known = |list: &str, codes: &[String]| codes.iter().all(|c| lists.has(list, c));
    let mut problems = Problems::default();
    let stage = STAGES.iter().find(|s| **s == stage);
    problems.when(stage.is_none(), "stage", "problem-choose");
    problems.when(!known("trafficking_acts", &body.acts), "acts", "problem-choose");
    problems.when(!known("means_of_control", &body.means), "means", "problem-choose");
    problems.when(!known("purposes", &body.purposes), "purposes", "problem-choose");
    problems.when(!known("departments", &body.recruited), "recruited", "problem-choose");
    let positive = stage.is_some_and(|s| *s == "identified" || *s == "confirmed");
    problems.when(positive && body.purposes.is_empty(), "purposes", "problem-purpose-needed");
    problems.when(body.by.trim().is_empty(), "by", "problem-who");
    problems.when(on_day.parse::<jiff::civil::Date>().is_err(), "on_day", "problem-date-impossible");
    problems.done()?;
    let plain = Plain {
        state: stage.copied().unwrap_or("presumed"),
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (case, Folder::Social), plain, body).await?;
    let mut fact = super::fact(p, work, caller, &grant, case, "person.identified").await?;
    fact.outcome = stage.map(|s| (*s).to_owned());
    fact.code = body.purposes.first().cloned();
    fact.dims = dims(p, work, caller, &grant, (case, &fact), body).await?;
    work.fact(fact).await?;
    Ok(id)
}

/// By what identifications are divided in reports: each act and purpose, the departments where she was recruited, what each
/// definition says, her language, who found her where that was noted. All are codes; her nationality is not asked, so it is not there.
async fn dims(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    (case, fact): (Uuid, &ceiba_store::Fact),
    body: &Identification,
) -> Outcome<Vec<(&'static str, String)>> {
    let file = super::lookup(work.tx(), case).await?;
    let person = file.person;
    let language = crate::people::of(p, work.tx(), caller, grant, person).await?.core.language;
    let minor = matches!(fact.age_band.as_deref(), Some("0-11" | "12-14" | "15-17"));
    let said = body.definitions(minor);
    let found = work
        .sql(
            "SELECT d.value FROM fact f JOIN fact_dim d ON d.fact = f.id AND d.dim = 'found_by'
             WHERE f.kind = 'case.found' AND f.subject = $1 ORDER BY f.at DESC LIMIT 1",
        )
        .bind(fact.subject.map(|s| s.to_vec()))
        .optional()
        .await?;
    // Whether a trained partner sent the alert from which her case arose: the alert's own fact says so, and has its instant.
    let partner = work
        .sql(
            "SELECT d.value FROM alert a JOIN fact f ON f.kind = 'alert.received' AND f.at = a.created_at
               AND f.municipality = a.municipality JOIN fact_dim d ON d.fact = f.id AND d.dim = 'partner'
             WHERE a.id = $1 ORDER BY d.value LIMIT 1",
        )
        .bind(file.alert)
        .optional()
        .await?;
    let mut dims: Vec<(&'static str, String)> = vec![("language", language)];
    dims.extend(partner.map(|r| r.get("value")).transpose()?.map(|p| ("partner", p)));
    let once = |codes: &[String]| codes.iter().cloned().collect::<std::collections::BTreeSet<_>>();
    dims.extend(once(&body.acts).into_iter().map(|c| ("act", c)));
    dims.extend(once(&body.purposes).into_iter().map(|c| ("purpose", c)));
    dims.extend(once(&body.recruited).into_iter().map(|c| ("recruited", c)));
    let definitions = [(said.national, "national"), (said.international, "international")];
    dims.extend(
        definitions.iter().filter(|(holds, _)| *holds).map(|(_, code)| ("definition", (*code).to_owned())),
    );
    dims.extend(found.map(|r| r.get("value")).transpose()?.map(|by| ("found_by", by)));
    dims.retain(|(_, value)| !value.is_empty());
    Ok(dims)
}

/// The decisions of a case, newest first.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Identification>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Acceptance I2 of the standards: the means matter for an adult under Palermo, never for a child, and
    /// never under 202 Ter.
    #[test]
    fn the_two_definitions_differ_by_the_means() {
        let one = |means: &[&str]| Identification {
            acts: vec!["recruitment".into()],
            purposes: vec!["begging".into()],
            means: means.iter().map(|m| (*m).into()).collect(),
            ..Identification::default()
        };
        assert_eq!(one(&[]).definitions(true), Definitions { national: true, international: true });
        assert_eq!(one(&[]).definitions(false), Definitions { national: true, international: false });
        assert_eq!(one(&["debt"]).definitions(false), Definitions { national: true, international: true });
        let none = Identification::default();
        assert_eq!(none.definitions(true), Definitions { national: false, international: false });
    }
}
