//! Her rules: through which channels she may be reached, where, when, and by whom it may be answered. None: nobody contacts her.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::feared;
use super::hours::{self, Hours};
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// A way to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Somebody calls and speaks with whoever answers.
    Call,
    /// A text message.
    Sms,
    /// A message through the application of that name.
    Whatsapp,
    /// Paper, carried or posted.
    Letter,
    /// Somebody goes there.
    Visit,
    /// A person of her trust is told.
    Through,
}

impl Channel {
    /// All of them, as forms list them.
    pub const ALL: [Self; 6] =
        [Self::Call, Self::Sms, Self::Whatsapp, Self::Letter, Self::Visit, Self::Through];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Sms => "sms",
            Self::Whatsapp => "whatsapp",
            Self::Letter => "letter",
            Self::Visit => "visit",
            Self::Through => "through",
        }
    }

    /// The channel of a code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }

    /// Whether it needs a telephone number.
    #[must_use]
    pub const fn dials(self) -> bool {
        matches!(self, Self::Call | Self::Sms | Self::Whatsapp)
    }

    /// Whether whatever goes this way stays there: to allow the channel is to allow that.
    #[must_use]
    pub const fn stays(self) -> bool {
        matches!(self, Self::Sms | Self::Whatsapp | Self::Letter)
    }
}

/// One rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The channel; none is every channel, of a «never» only.
    pub channel: Option<Channel>,
    /// She does not want it, ever.
    pub never: bool,
    /// Number, address or place.
    pub place: String,
    /// Who may answer; for [`Channel::Through`], through whom.
    pub who: String,
    /// When.
    pub hours: Hours,
    /// What to say so that she knows who it is.
    pub code_word: String,
    /// Whether a message may be left when she does not answer.
    pub leave_message: bool,
}

impl Kind for Rule {
    const KIND: &'static str = "contact_rule";
    const COMPARTMENT: Option<&'static str> = Some("safety");
}

/// A rule as somebody enters it.
#[derive(Clone, Copy, Debug, Default)]
pub struct New<'a> {
    /// A channel's code, or `all`.
    pub channel: &'a str,
    /// Never this way.
    pub never: bool,
    /// Number, address or place.
    pub place: &'a str,
    /// Who may answer, or through whom.
    pub who: &'a str,
    /// Days on which it may be: `1` is Monday, `7` Sunday.
    pub days: &'a [&'a str],
    /// From which hour, as typed.
    pub from: &'a str,
    /// Until which hour, as typed.
    pub to: &'a str,
    /// The code word.
    pub code_word: &'a str,
    /// Whether a message may be left.
    pub leave_message: bool,
    /// The last day, as ISO text; empty: without an end.
    pub until: &'a str,
}

/// The code of every channel at once.
pub const EVERY: &str = "all";

fn check(new: &New<'_>, today: Date, problems: &mut Problems) -> Rule {
    let channel = Channel::find(new.channel);
    problems.when(channel.is_none() && new.channel != EVERY, "way", "problem-choose");
    problems.when(new.channel == EVERY && !new.never, "way", "problem-contact-every");
    let long = [new.place, new.who, new.code_word].iter().any(|t| t.chars().count() > 200);
    problems.when(long, "place", "problem-too-long");
    if new.never {
        return Rule { channel, never: true, ..Rule::default() };
    }
    let digits = new.place.chars().filter(char::is_ascii_digit).count();
    let dials = channel.is_some_and(Channel::dials);
    problems.when(dials && !(8..=15).contains(&digits), "place", "problem-contact-number");
    problems.when(!dials && new.place.trim().is_empty(), "place", "problem-contact-place");
    let through = channel == Some(Channel::Through) && new.who.trim().is_empty();
    problems.when(through, "who", "problem-contact-through");
    let days = std::array::from_fn(|n| new.days.iter().any(|d| *d == (n + 1).to_string()));
    problems.when(!days.contains(&true), "days", "problem-contact-days");
    let (from, to) = (hours::read(new.from), hours::read(new.to));
    problems.when(from.is_none(), "from", "problem-clinic-time");
    problems.when(to.is_none(), "to", "problem-clinic-time");
    let until = new.until.trim().parse::<Date>();
    problems.when(!new.until.trim().is_empty() && until.is_err(), "until", "problem-date-impossible");
    problems.when(until.as_ref().is_ok_and(|d| *d < today), "until", "problem-contact-until");
    Rule {
        channel,
        never: false,
        place: new.place.trim().to_owned(),
        who: new.who.trim().to_owned(),
        hours: Hours { days, from: from.unwrap_or(0), to: to.unwrap_or(0), until: until.ok() },
        code_word: new.code_word.trim().to_owned(),
        leave_message: new.leave_message || channel.is_some_and(Channel::stays),
    }
}

/// Adds a rule.
///
/// # Errors
/// The gate's refusal; [`ProgrammeError::Invalid`] with what to mend: also when the way leads to somebody she fears.
pub async fn add(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    new: &New<'_>,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::SAFETY_WRITE, case).await?;
    let mut problems = Problems::default();
    let rule = check(new, dates::day(work.at(), &p.pack.zone), &mut problems);
    let feared = feared::of(p, work.tx(), case).await?;
    problems.when(!rule.never && feared.reached_by(p, &way(&rule)), "place", "problem-contact-feared");
    problems.done()?;
    let plain = Plain { state: "in_force", ..Plain::default() };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &rule).await
}

/// What of a rule may lead to somebody.
pub(super) fn way(rule: &Rule) -> String {
    format!("{} ; {}", rule.place, rule.who)
}

/// Ends a rule. It stays in the file, as what held until now.
///
/// # Errors
/// [`ProgrammeError::Stale`] when somebody changed it meanwhile or it has ended; the gate's refusal.
pub async fn end(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, id, seen): (Uuid, Uuid, i64),
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::SAFETY_WRITE, case).await?;
    let rule: Entry<Rule> = entries::get(p, work.tx(), caller, &grant, case, id).await?;
    if rule.head.state != "in_force" {
        return Err(ProgrammeError::Stale);
    }
    let plain = Plain { state: "ended", ..Plain::from(&rule.head) };
    entries::change(p, work, caller, &grant, &rule.head, seen, plain, &rule.body, "ended").await
}

/// The grant with which somebody may read how she is reached: of her team, of the house she lives in or of her clinic.
///
/// # Errors
/// The gate's refusal when she is none of them.
pub async fn reader(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Grant> {
    first(p, tx, caller, case, &[Act::CASE_READ, Act::CLINIC_READ, Act::HOUSE_READ]).await
}

/// The first of these acts that the gate allows.
pub(super) async fn first(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    case: Uuid,
    acts: &[Act],
) -> Outcome<Grant> {
    let mut refused = ProgrammeError::Refused(ceiba_access::Refusal::Absent);
    for (n, act) in acts.iter().enumerate() {
        match p.may_case(tx, caller, *act, case).await {
            Ok(grant) => return Ok(grant),
            // What she is told is what the first, the usual one, says.
            Err(ProgrammeError::Refused(why)) if n == 0 => refused = why.into(),
            Err(ProgrammeError::Refused(_)) => {}
            Err(e) => return Err(e),
        }
    }
    Err(refused)
}

/// Her rules, newest first: those in force and those that ended.
///
/// # Errors
/// When something breaks or the grant does not open them.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Rule>>> {
    entries::list(p, tx, caller, grant, (case, Folder::Social)).await
}
