//! Micro-lessons: a text of three minutes and one question, from `packs/core/lessons.toml`. That somebody finished one is kept; what she
//! answered is not.

use std::collections::BTreeMap;

use ceiba_access::Caller;
use ceiba_store::{Fact, Tx, Work};
use serde::Deserialize;
use uuid::Uuid;

use crate::network::{Partner, own};
use crate::packs::{PackError, parse};
use crate::{Outcome, Problems, Programme, alerts};

const FILE: &str = "core/lessons.toml";
/// Words that somebody who reads slowly reads in a minute.
const A_MINUTE: usize = 130;
/// The longest lesson, in minutes.
const LONGEST: usize = 3;
/// The languages that a lesson has.
const LANGUAGES: [&str; 2] = ["es", "en"];

/// An answer to the question of a lesson.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The answer.
    pub text: String,
    /// What is said to whoever gives it.
    pub say: String,
    /// Whether it is what the lesson recommends.
    #[serde(default)]
    pub good: bool,
}

/// A lesson in one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Its title.
    pub title: String,
    /// Its paragraphs; one that begins with `* ` is a point of a list.
    pub text: Vec<String>,
    /// One question.
    pub question: String,
    /// What can be answered.
    pub answer: Vec<Answer>,
}

/// A lesson.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Its code.
    pub code: String,
    /// By language.
    pub es: Text,
    /// By language.
    pub en: Text,
}

impl Lesson {
    /// Its text in a language (`es` or `en`).
    #[must_use]
    pub const fn text(&self, language: &str) -> &Text {
        // Two bytes are enough to tell `en` from everything else.
        if matches!(language.as_bytes(), b"en") { &self.en } else { &self.es }
    }

    /// How many minutes it takes somebody who reads slowly.
    #[must_use]
    pub fn minutes(&self, language: &str) -> usize {
        words(self.text(language)).div_ceil(A_MINUTE)
    }
}

fn words(t: &Text) -> usize {
    let answers = t.answer.iter().map(|a| a.text.as_str());
    let all = t.text.iter().map(String::as_str).chain([t.question.as_str()]).chain(answers);
    all.map(|s| s.split_whitespace().count()).sum()
}

/// The lessons of the programme, in their order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lessons {
    lesson: Vec<Lesson>,
}

impl Lessons {
    /// Reads them.
    ///
    /// # Errors
    /// Says which lesson is too long, or is not the same in both languages.
    pub fn read() -> Result<Self, PackError> {
        let all: Self = parse(FILE)?;
        all.check().map_err(|what| PackError(FILE.to_owned(), what))?;
        Ok(all)
    }

    fn check(&self) -> Result<(), String> {
        let mut seen = BTreeMap::new();
        for lesson in &self.lesson {
            let plain = |c: char| c.is_ascii_lowercase() || c == '-';
            if lesson.code.is_empty()
                || !lesson.code.chars().all(plain)
                || seen.insert(&lesson.code, ()).is_some()
            {
                return Err(format!("{} is no code, or stands twice", lesson.code));
            }
            for language in LANGUAGES {
                let t = lesson.text(language);
                if lesson.minutes(language) > LONGEST {
                    return Err(format!("{} in {language} takes more than {LONGEST} minutes", lesson.code));
                }
                if t.answer.len() < 2 || !t.answer.iter().any(|a| a.good) || t.text.is_empty() {
                    return Err(format!(
                        "{} in {language} has no text, or no question with an answer",
                        lesson.code
                    ));
                }
            }
            let good = |t: &Text| t.answer.iter().map(|a| a.good).collect::<Vec<_>>();
            if lesson.es.text.len() != lesson.en.text.len() || good(&lesson.es) != good(&lesson.en) {
                return Err(format!("{} is not the same in both languages", lesson.code));
            }
        }
        Ok(())
    }

    /// In their order.
    #[must_use]
    pub fn all(&self) -> &[Lesson] {
        &self.lesson
    }

    /// The lesson with this code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Lesson> {
        self.lesson.iter().find(|l| l.code == code)
    }
}

/// What is said to an answer, by its number.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] when none was chosen.
pub fn answered<'l>(text: &'l Text, answer: &str) -> Outcome<&'l Answer> {
    let chosen = answer.parse::<usize>().ok().and_then(|n| text.answer.get(n));
    let mut problems = Problems::default();
    problems.when(chosen.is_none(), "answer", "problem-choose");
    problems.done()?;
    chosen.ok_or_else(|| ceiba_access::Refusal::Absent.into())
}

/// The lessons that somebody finished: a partner or an account.
///
/// # Errors
/// When the database breaks.
pub async fn done(tx: &mut Tx, who: Uuid) -> Outcome<Vec<String>> {
    let rows =
        tx.sql("SELECT lesson FROM lesson_done WHERE who = $1 ORDER BY lesson").bind(who).all().await?;
    rows.iter().map(|r| Ok(r.get("lesson")?)).collect()
}

/// A partner finished a lesson. The first time counts. Says whether it was.
///
/// # Errors
/// When the gate refuses or something breaks.
pub async fn by_partner(p: &Programme, work: &mut Work, partner: &Partner, lesson: &Lesson) -> Outcome<bool> {
    own::herself(p, partner)?;
    let fact = Fact {
        subject: Some(p.office.pseudonym(partner.id.as_bytes())),
        municipality: Some(partner.municipality.clone()),
        dims: vec![("partner_type", partner.kind.clone())],
        ..Fact::default()
    };
    finished(p, work, partner.id, lesson, fact).await
}

/// A colleague finished one. The first time counts. Says whether it was.
///
/// # Errors
/// When something breaks.
pub async fn by_staff(p: &Programme, work: &mut Work, caller: &Caller, lesson: &Lesson) -> Outcome<bool> {
    let fact = Fact {
        municipality: alerts::municipality(p, caller).map(str::to_owned),
        dims: vec![("partner_type", "staff".to_owned())],
        ..Fact::default()
    };
    finished(p, work, caller.account, lesson, fact).await
}

async fn finished(p: &Programme, work: &mut Work, who: Uuid, lesson: &Lesson, fact: Fact) -> Outcome<bool> {
    let (at, day) = (work.at(), p.day(work.at()));
    let added = work
        .sql("INSERT INTO lesson_done (who, lesson, on_day) VALUES ($1, $2, $3) ON CONFLICT (who, lesson) DO NOTHING")
        .bind(who)
        .bind(&lesson.code)
        .bind(&day)
        .run()
        .await?;
    work.record("lesson.done", "lesson", Uuid::nil(), [0; 32]).await?;
    if added == 0 {
        return Ok(false);
    }
    let fact = Fact { kind: "lesson.completed", at, day, code: Some(lesson.code.clone()), amount: 1, ..fact };
    work.fact(fact).await?;
    Ok(true)
}
