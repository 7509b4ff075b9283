//! A sheet that came back: forty rows as somebody types them, looked at as a whole, and kept all or not at all.

use ceiba_access::{Act, Caller};
use ceiba_store::{Tx, Work};
use uuid::Uuid;

use super::{Sheet, Standing, stand, standing};
use crate::partners::directory;
use crate::training::known::{Alike, folded};
use crate::training::people::New;
use crate::training::{Course, courses, known, marks, may, people, roster, sessions};
use crate::{Outcome, Programme, ProgrammeError};

/// A blank row as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The number of the row.
    pub n: i64,
    /// The name; an empty row is nobody.
    pub name: String,
    /// The institution, by code or by (the beginning of) its name; empty: as in the row above.
    pub institution: String,
    /// The post, the same way.
    pub post: String,
    /// When somebody alike is known: `new`, or the code of the person it is.
    pub who: String,
}

/// What is wrong in a row.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// The row.
    pub n: i64,
    /// `name`, `institution`, `post` or `who`.
    pub field: &'static str,
    /// The key of the sentence.
    pub key: &'static str,
    /// Who it may be, when that is the question.
    pub alike: Vec<Alike>,
}

/// What came of typing a sheet.
#[derive(Debug)]
pub enum Kept {
    /// All is written: so many people are present by this sheet.
    Done(usize),
    /// These rows need a look; nothing was written.
    Mend(Vec<Wrong>),
}

/// The institutions and posts that can be typed: code and name in a language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Institutions.
    pub institutions: Vec<(String, String)>,
    /// Posts; for partners of the community, their kinds.
    pub posts: Vec<(String, String)>,
    community: bool,
}

/// What can be typed into a sheet of a course.
///
/// # Errors
/// When the database breaks.
pub async fn words(p: &Programme, tx: &mut Tx, course: &Course, lang: &str) -> Outcome<Words> {
    let list = |name: &str| {
        p.pack.lists.codes(name).iter().map(|c| (c.code.clone(), c.name(lang).to_owned())).collect::<Vec<_>>()
    };
    let curriculum = p.pack.training.find(&course.curriculum, course.curriculum_version);
    let community = curriculum.is_some_and(|c| c.audience == "community");
    let mut institutions = list("justice_institutions");
    institutions.extend(directory::offered(tx).await?.iter().map(|i| (i.code.clone(), i.name.clone())));
    let posts = list(if community { "network_kinds" } else { "training_posts" });
    Ok(Words { institutions, posts, community })
}

/// The code that was meant: the same code or name, or the only one that begins so, or has a word that begins so.
fn meant<'w>(all: &'w [(String, String)], typed: &str) -> Option<&'w str> {
    let wanted = folded(typed);
    if wanted.is_empty() {
        return None;
    }
    let exact = all.iter().find(|(code, name)| folded(code) == wanted || folded(name) == wanted);
    let only =
        |found: Vec<&'w (String, String)>| if found.len() == 1 { found.first().copied() } else { None };
    let begins = || only(all.iter().filter(|(_, name)| folded(name).starts_with(&wanted)).collect());
    let word = || {
        let has = |name: &str| folded(name).split(' ').any(|w| w.starts_with(&wanted));
        only(all.iter().filter(|(_, name)| has(name)).collect())
    };
    exact.or_else(begins).or_else(word).map(|(code, _)| code.as_str())
}

/// Types a sheet. `present` are the rows with somebody on them that are ticked; `rows` the others. Typed a second time it changes what
/// differs and adds nobody again.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody typed it meanwhile; [`ProgrammeError::State`] before the day of the session or when the course does not run.
pub async fn keep(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (sheet, seen): (&Sheet, i64),
    (present, rows): (&[i64], &[Typed]),
) -> Outcome<Kept> {
    may(p, caller, Act::TRAINING_WRITE)?;
    let session = sessions::lookup(work.tx(), sheet.session).await?;
    let course = courses::lookup(work.tx(), session.course).await?;
    let words = words(p, work.tx(), &course, "es").await?;
    let standing = standing(p, work.tx(), caller, sheet).await?;
    let (ready, wrong) = look(p, work.tx(), caller, (sheet, &words), (&standing, rows)).await?;
    if !wrong.is_empty() {
        return Ok(Kept::Mend(wrong));
    }
    if !ready.is_empty() {
        courses::open(&course)?;
    }
    let now = work.at();
    let touched = work
        .sql("UPDATE training_sheet SET typed_at = $1, typed_by = $2, version = $3 + 1 WHERE id = $4 AND version = $3")
        .bind(now)
        .bind(caller.account)
        .bind(seen)
        .bind(sheet.id)
        .run()
        .await?;
    if touched != 1 {
        return Err(ProgrammeError::Stale);
    }
    let mut marks = Vec::new();
    for s in &standing {
        let ticked = present.contains(&s.n);
        // Somebody excused, or marked by her telephone, is not made absent by a box that was left empty.
        match (ticked, s.mark.as_str()) {
            (true, _) => marks.push((s.trainee.id, "present".to_owned())),
            (false, "present") if seen > 1 => marks.push((s.trainee.id, String::new())),
            _ => {}
        }
    }
    for (n, one) in ready {
        let who = match one {
            Meant::Known(id) => id,
            Meant::New(new) => people::arrived(p, work, caller, &new).await?,
        };
        roster::enrol(p, work, caller, &course, who).await?;
        stand(work, (sheet.id, n), who).await?;
        marks.push((who, "present".to_owned()));
    }
    let came = marks.iter().filter(|(_, m)| !m.is_empty()).count();
    marks::note(p, work, caller, &session, "paper", &marks).await?;
    work.record("training.sheet.typed", "sheet", sheet.id, [0; 32]).await?;
    Ok(Kept::Done(came))
}

/// Who a row is.
enum Meant {
    Known(Uuid),
    New(Box<New>),
}

/// Looks at every row before anything is written.
async fn look(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    (sheet, words): (&Sheet, &Words),
    (standing, rows): (&[Standing], &[Typed]),
) -> Outcome<(Vec<(i64, Meant)>, Vec<Wrong>)> {
    let (mut ready, mut wrong): (Vec<(i64, Meant)>, Vec<Wrong>) = (Vec::new(), Vec::new());
    let mut taken: Vec<Uuid> = standing.iter().map(|s| s.trainee.id).collect();
    let mut names: Vec<(String, String)> = Vec::new();
    // The row above the first blank one is the last with somebody on it.
    let (mut institution, mut post) = standing
        .last()
        .map(|s| (s.institution.clone().unwrap_or_default(), s.post.clone().unwrap_or_default()))
        .unwrap_or_default();
    for row in rows.iter().filter(|r| (1..=sheet.rows).contains(&r.n)) {
        if standing.iter().any(|s| s.n == row.n) {
            continue;
        }
        let mut bad = |field, key| wrong.push(Wrong { n: row.n, field, key, alike: Vec::new() });
        let name = row.name.trim();
        let blank = name.is_empty();
        if !row.institution.trim().is_empty() {
            match meant(&words.institutions, &row.institution) {
                Some(code) => code.clone_into(&mut institution),
                None => bad("institution", "problem-training-institution"),
            }
        }
        if !row.post.trim().is_empty() {
            match meant(&words.posts, &row.post) {
                Some(code) => code.clone_into(&mut post),
                None => bad("post", "problem-training-post"),
            }
        }
        if blank {
            // Something beside no name is a row whose name was forgotten.
            if !(row.institution.trim().is_empty() && row.post.trim().is_empty()) {
                bad("name", "problem-training-name");
            }
            continue;
        }
        if !name.chars().any(char::is_alphabetic) || name.chars().count() > 120 {
            bad("name", "problem-training-name");
        }
        if institution.is_empty() && !words.community && row.institution.trim().is_empty() {
            bad("institution", "problem-training-institution");
        }
        let twin = (folded(name), institution.clone());
        if names.contains(&twin) && row.who != "new" {
            bad("name", "problem-training-twice");
        }
        names.push(twin);
        let alike = known::alike(p, tx, caller, name, Uuid::nil()).await?;
        match decided(&alike, &row.who) {
            Ok(Some(id)) if taken.contains(&id) => bad("name", "problem-training-twice"),
            Ok(Some(id)) => {
                taken.push(id);
                ready.push((row.n, Meant::Known(id)));
            }
            Ok(None) => ready.push((row.n, Meant::New(Box::new(new(words, name, (&institution, &post)))))),
            Err(()) => wrong.push(Wrong { n: row.n, field: "who", key: "problem-training-alike", alike }),
        }
    }
    Ok((ready, wrong))
}

/// Whom a row means, when somebody alike is known: what was chosen. An error when nothing was.
fn decided(alike: &[Alike], who: &str) -> Result<Option<Uuid>, ()> {
    if alike.is_empty() || who == "new" {
        return Ok(None);
    }
    alike.iter().find(|a| a.trainee.code == who).map(|a| Some(a.trainee.id)).ok_or(())
}

fn new(words: &Words, name: &str, (institution, post): (&str, &str)) -> New {
    let community = words.community;
    New {
        name: name.to_owned(),
        audience: if community { "community" } else { "official" }.to_owned(),
        institution: institution.to_owned(),
        post: if community { "" } else { post }.to_owned(),
        partner_type: if community { post } else { "" }.to_owned(),
        ..New::default()
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_list_is_typed_by_its_letters() {
        let all: Vec<(String, String)> = [
            ("mp", "Ministerio Público (MP)"),
            ("mintrab", "Ministerio de Trabajo"),
            ("oj", "Organismo Judicial (OJ)"),
        ]
        .map(|(c, n)| (c.to_owned(), n.to_owned()))
        .into();
        assert_eq!(meant(&all, "mp"), Some("mp"));
        assert_eq!(meant(&all, "Organismo"), Some("oj"));
        assert_eq!(meant(&all, "ministerio publico (mp)"), Some("mp"));
        assert_eq!(meant(&all, "ministerio"), None, "two begin so");
        assert_eq!(meant(&all, "trab"), Some("mintrab"));
        assert_eq!(meant(&all, "zzz"), None);
    }
}
