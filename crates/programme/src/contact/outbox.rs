//! What is to be sent, and the postman who sends it. A message holds neither address nor words: he asks the door again when
//! he goes, and reads the address then.

use std::future::Future;
use std::pin::Pin;

use ceiba_store::{HOUR, MINUTE, Micros, Row, Tx, Work};
use uuid::Uuid;

use super::door::Passed;
use crate::{Outcome, Programme, ProgrammeError};

mod post;
pub use post::work_off;

/// What carries a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wire {
    /// E-mail.
    Email,
    /// Text messages.
    Sms,
}

impl Wire {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Email, Self::Sms];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    /// The wire of a code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|w| w.code() == code)
    }
}

/// What a message says. There is nothing else that could be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// «Tiene una tarea.»
    Task,
    /// The code by which she confirms her channel.
    Code,
}

impl Text {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Task, Self::Code];

    /// Its code, and the end of the key of its sentence: `message-…`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Code => "code",
        }
    }

    fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.code() == code)
    }
}

/// A message on its way out: made by the postman of what passed the door, and of nothing else.
pub struct Letter {
    /// The message's id: sent again, it has the same.
    pub id: Uuid,
    /// What carries it.
    pub wire: Wire,
    /// What it says.
    pub text: Text,
    /// In which language, `es` or `en`.
    pub language: String,
    /// The code, of a [`Text::Code`].
    pub code: Option<String>,
    /// When it is sent.
    pub at: Micros,
    passed: Passed,
}

impl Letter {
    /// Where it goes: address or number as somebody entered it.
    #[must_use]
    pub fn to(&self) -> &str {
        self.passed.place()
    }
}

/// It did not leave. Neither says what the server answered: answers repeat addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// The server is down or busy: again later.
    Later,
    /// The server refuses this message.
    Refused,
}

/// The answer of a carrier.
pub type Carried<'a> = Pin<Box<dyn Future<Output = Result<(), Undelivered>> + Send + 'a>>;

/// What carries messages out of the house: an SMTP server, a gateway of text messages.
pub trait Carrier: Send + Sync {
    /// Whether this wire is set up.
    fn carries(&self, wire: Wire) -> bool;
    /// Carries one letter; answers within a minute.
    fn carry<'a>(&'a self, letter: &'a Letter) -> Carried<'a>;
}

impl Programme {
    /// Says what carries messages. Without it nothing is sent.
    #[must_use]
    pub fn with_carrier(mut self, carrier: std::sync::Arc<dyn Carrier>) -> Self {
        self.carrier = Some(carrier);
        self
    }

    /// Whether messages of this wire can be sent.
    #[must_use]
    pub fn carries(&self, wire: Wire) -> bool {
        self.carrier.as_ref().is_some_and(|c| c.carries(wire))
    }
}

/// How long the postman has for one message.
const CLAIM: Micros = 5 * MINUTE;
/// The longest pause between two tries.
const LONGEST: Micros = 6 * HOUR;

/// A message as pages show it.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id.
    pub id: Uuid,
    /// What carries it.
    pub wire: Wire,
    /// What it says.
    pub text: Text,
    /// Her case, when it goes to her.
    pub case: Option<Uuid>,
    /// The account, when it goes to a colleague.
    pub account: Option<Uuid>,
    /// What it is about.
    pub about: Uuid,
    /// `queued`, `sent`, `blocked` or `failed`.
    pub state: String,
    /// Why it was blocked: a code of [`super::door::Why`], or `ended`, `seen`, `erased`, `refused`.
    pub why: Option<String>,
    /// How often it was tried.
    pub tries: i64,
    /// When it is to leave.
    pub due: Micros,
    /// Until when it makes sense.
    pub until: Micros,
    /// When it was queued.
    pub created_at: Micros,
}

impl Message {
    fn read(row: &Row) -> Outcome<Self> {
        let wire = Wire::find(&row.get::<String>("wire")?);
        let text = Text::find(&row.get::<String>("kind")?);
        Ok(Self {
            id: row.get("id")?,
            wire: wire.ok_or(ProgrammeError::Unreadable("a wire"))?,
            text: text.ok_or(ProgrammeError::Unreadable("a kind of message"))?,
            case: row.get("case_id")?,
            account: row.get("account")?,
            about: row.get("about")?,
            state: row.get("state")?,
            why: row.get("why")?,
            tries: row.get("tries")?,
            due: row.get("due_at")?,
            until: row.get("until")?,
            created_at: row.get("created_at")?,
        })
    }
}

/// When a message leaves: not before, and not after.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    pub(crate) due: Micros,
    pub(crate) until: Micros,
}

/// Queues a message of what passed the door. `case`: hers, when it goes to her.
pub(crate) async fn queue(
    work: &mut Work,
    passed: &Passed,
    (wire, text): (Wire, Text),
    (case, about): (Option<Uuid>, Uuid),
    term: Term,
) -> Outcome<Uuid> {
    let (id, now) = (work.chance().id(), work.at());
    work.sql(
        "INSERT INTO message (id, wire, kind, case_id, account, about, state, tries, due_at, until, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'queued', 0, $7, $8, $9)",
    )
    .bind(id)
    .bind(wire.code())
    .bind(text.code())
    .bind(case)
    .bind(passed.account())
    .bind(about)
    .bind(term.due)
    .bind(term.until)
    .bind(now)
    .once()
    .await?;
    let whose = case.map_or(("account", passed.account().unwrap_or_default()), |c| ("case", c));
    work.record("message.queue", whose.0, whose.1, [0; 32]).await?;
    Ok(id)
}

/// The messages to her, newest first.
///
/// # Errors
/// When the database breaks.
pub async fn of_case(tx: &mut Tx, case: Uuid) -> Outcome<Vec<Message>> {
    let rows = tx
        .sql("SELECT * FROM message WHERE case_id = $1 ORDER BY created_at DESC, id LIMIT 20")
        .bind(case)
        .all()
        .await?;
    rows.iter().map(Message::read).collect()
}

/// Nothing more leaves for a case: it was erased, or what a message was about is gone.
pub(crate) async fn stop(work: &mut Work, case: Uuid, why: &'static str) -> Outcome<()> {
    let now = work.at();
    work.sql("UPDATE message SET state = 'blocked', why = $1, ended_at = $2 WHERE case_id = $3 AND state = 'queued'")
        .bind(why)
        .bind(now)
        .bind(case)
        .run()
        .await?;
    Ok(())
}
