//! The one door: whoever wants to reach her asks here, and so does whatever sends. Only here is a [`Passed`] made.

use ceiba_access::{Act, Caller, Folder};
use ceiba_store::{Micros, Tx, Work};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::feared;
use super::rules::{self, Channel, Rule};
use super::staff::Own;
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Programme};

/// A rule in force, as the door weighs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The entry.
    pub id: Uuid,
    /// What it says.
    pub rule: Rule,
    /// It leads to somebody she fears.
    pub feared: bool,
}

/// All that holds for somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The rules in force.
    pub held: Vec<Held>,
    /// One of them cannot be read: it may be a «never».
    pub unreadable: bool,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Through which channel.
    pub channel: Channel,
    /// When.
    pub at: Micros,
    /// Whether something stays there when she does not answer.
    pub leaving: bool,
}

/// Why not. Its code is what the file keeps and what pages compose their sentence from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no rule: nobody contacts her.
    NoRules,
    /// She said never.
    Never,
    /// There is no rule of this channel.
    NoWay,
    /// Not at this hour.
    Hours,
    /// Nothing may be left there.
    Message,
    /// It held until a day that is over.
    Over,
    /// It leads to somebody she fears.
    Feared,
    /// A rule of hers cannot be read, and may be a «never».
    Unreadable,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::NoRules,
        Self::Never,
        Self::NoWay,
        Self::Hours,
        Self::Message,
        Self::Over,
        Self::Feared,
        Self::Unreadable,
    ];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoRules => "no_rules",
            Self::Never => "never",
            Self::NoWay => "no_way",
            Self::Hours => "hours",
            Self::Message => "message",
            Self::Over => "over",
            Self::Feared => "feared",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A way that is open, now or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Which channel.
    pub channel: Channel,
    /// From when on.
    pub at: Micros,
}

/// No; why, and what would be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Why.
    pub why: Why,
    /// What would be allowed and when, the wanted channel first, then the soonest.
    pub instead: Vec<Opening>,
}

/// An attempt that passed: the only thing that shows a number, and the only one a message can be made of. Nobody else can
/// make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed(To);

#[derive(Clone, Debug, PartialEq, Eq)]
enum To {
    Her { id: Uuid, rule: Box<Rule> },
    Staff { account: Uuid, address: String },
}

impl Passed {
    /// The rule by which it passed; none for staff.
    #[must_use]
    pub fn rule(&self) -> Option<(Uuid, &Rule)> {
        match &self.0 {
            To::Her { id, rule } => Some((*id, rule)),
            To::Staff { .. } => None,
        }
    }

    /// The account; none for her.
    #[must_use]
    pub const fn account(&self) -> Option<Uuid> {
        match &self.0 {
            To::Staff { account, .. } => Some(*account),
            To::Her { .. } => None,
        }
    }

    /// Number, address or place.
    #[must_use]
    pub fn place(&self) -> &str {
        match &self.0 {
            To::Her { rule, .. } => &rule.place,
            To::Staff { address, .. } => address,
        }
    }
}

/// Decides. Looks at nothing but what it is given.
///
/// # Errors
/// [`Blocked`], with the reason.
pub fn decide(rules: &Rules, wanted: &Attempt, zone: &TimeZone) -> Result<Passed, Blocked> {
    let why = match refused(rules, wanted, zone) {
        Ok(held) => {
            return Ok(Passed(To::Her { id: held.id, rule: Box::new(held.rule.clone()) }));
        }
        Err(why) => why,
    };
    Err(Blocked { why, instead: openings(rules, wanted, zone) })
}

fn refused<'a>(rules: &'a Rules, wanted: &Attempt, zone: &TimeZone) -> Result<&'a Held, Why> {
    if rules.unreadable {
        return Err(Why::Unreadable);
    }
    if rules.held.is_empty() {
        return Err(Why::NoRules);
    }
    if never(rules, wanted.channel) {
        return Err(Why::Never);
    }
    let ways = || rules.held.iter().filter(|h| h.rule.channel == Some(wanted.channel));
    if let Some(open) = ways().find(|h| fits(h, wanted.leaving) && h.rule.hours.hold(wanted.at, zone)) {
        return Ok(open);
    }
    // Of several ways that are shut, the one that opens again is the one to say.
    let later = ways().any(|h| fits(h, wanted.leaving) && !h.rule.hours.over(wanted.at, zone));
    let still = ways().any(|h| !h.feared && !h.rule.hours.over(wanted.at, zone));
    let known = ways().any(|h| !h.feared);
    Err(match (later, still, known, ways().next()) {
        (_, _, _, None) => Why::NoWay,
        (true, ..) => Why::Hours,
        (_, true, ..) => Why::Message,
        (_, _, true, _) => Why::Over,
        _ => Why::Feared,
    })
}

fn never(rules: &Rules, channel: Channel) -> bool {
    rules.held.iter().any(|h| h.rule.never && h.rule.channel.is_none_or(|c| c == channel))
}

fn fits(held: &Held, leaving: bool) -> bool {
    !held.feared && !held.rule.never && (held.rule.leave_message || !leaving)
}

/// What would be allowed from an instant on.
fn openings(rules: &Rules, wanted: &Attempt, zone: &TimeZone) -> Vec<Opening> {
    if rules.unreadable {
        return Vec::new();
    }
    let mut all: Vec<Opening> = Channel::ALL
        .into_iter()
        .filter(|c| !never(rules, *c))
        .filter_map(|channel| {
            let leaving = wanted.leaving && channel == wanted.channel;
            let ways = rules.held.iter().filter(|h| h.rule.channel == Some(channel) && fits(h, leaving));
            let at = ways.filter_map(|h| h.rule.hours.next(wanted.at, zone)).min()?;
            Some(Opening { channel, at })
        })
        .collect();
    all.sort_by_key(|o| (o.channel != wanted.channel, o.at, o.channel));
    all
}

/// An attempt, as the file keeps it: state `passed` or `blocked`, code the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// The channel's code.
    pub channel: String,
    /// What for: one of [`PURPOSES`].
    pub purpose: String,
    /// When it was to be.
    pub at: Micros,
    /// Whether something was to be left.
    pub leaving: bool,
}

impl Kind for Tried {
    const KIND: &'static str = "contact_try";
}

/// What an attempt is for.
pub const PURPOSES: [&str; 5] = ["no_show", "followup", "letter", "hearing", "other"];

/// Asks the door, in somebody's name. The attempt is written into her case, passed or blocked.
///
/// # Errors
/// The gate's refusal when she may neither know how to reach her nor write that she tried.
pub async fn knock(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (wanted, purpose): (&Attempt, &'static str),
) -> Outcome<Result<Passed, Blocked>> {
    const WRITES: [Act; 6] = [
        Act::FOLLOW_WRITE,
        Act::SERVICE_WRITE,
        Act::SAFETY_WRITE,
        Act::HEARING_WRITE,
        Act::CLINIC_RECEIVE,
        Act::HOUSE_LOG,
    ];
    // How she is after her file was closed is asked from the closed file: the first right holds there, and is for nothing else.
    let writes = if purpose == "followup" { &WRITES[..] } else { &WRITES[1..] };
    rules::reader(p, work.tx(), caller, case).await?;
    let grant = rules::first(p, work.tx(), caller, case, writes).await?;
    let decided = decide(&held(p, work.tx(), case).await?, wanted, &p.pack.zone);
    let (state, code) = match &decided {
        Ok(_) => ("passed", None),
        Err(blocked) => ("blocked", Some(blocked.why.code().to_owned())),
    };
    let tried = Tried {
        channel: wanted.channel.code().to_owned(),
        purpose: purpose.to_owned(),
        at: wanted.at,
        leaving: wanted.leaving,
    };
    let plain = Plain { state, code, on_day: Some(p.day(wanted.at)), ..Plain::default() };
    entries::add(p, work, caller, &grant, (case, Folder::Social), plain, &tried).await?;
    Ok(decided)
}

/// What each channel would say at an instant, for pages that list ways: nothing is tried yet. `leaving`: the channel on which
/// something is to be left.
///
/// # Errors
/// The gate's refusal for whoever may not know how to reach her.
pub async fn ways(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    case: Uuid,
    (at, leaving): (Micros, Option<Channel>),
) -> Outcome<Vec<(Channel, Result<Passed, Blocked>)>> {
    rules::reader(p, tx, caller, case).await?;
    let rules = held(p, tx, case).await?;
    let asked =
        |channel: Channel| Attempt { channel, at, leaving: channel.stays() || leaving == Some(channel) };
    Ok(Channel::ALL.into_iter().map(|c| (c, decide(&rules, &asked(c), &p.pack.zone))).collect())
}

/// The ways that are open, now or later: what may be told to an institution that is to reach her. Each holds in its own hours.
///
/// # Errors
/// The gate's refusal for whoever may not know how to reach her.
pub async fn to_tell(p: &Programme, tx: &mut Tx, caller: &Caller, case: Uuid) -> Outcome<Vec<Passed>> {
    rules::reader(p, tx, caller, case).await?;
    let (rules, now, zone) = (held(p, tx, case).await?, p.store.clock.now(), &p.pack.zone);
    let mut all = Vec::new();
    for h in &rules.held {
        let Some(channel) = h.rule.channel else { continue };
        let Some(at) = h.rule.hours.next(now, zone) else { continue };
        let alone = Rules { held: vec![h.clone()], ..Rules::default() };
        let wanted = Attempt { channel, at, leaving: false };
        // One «never» beside it is enough.
        if decide(&rules, &wanted, zone).is_ok() {
            all.extend(decide(&alone, &wanted, zone));
        }
    }
    Ok(all)
}

/// What holds for her, read in the name of the office: the caller's right was asked before, or it is the postman.
pub(super) async fn held(p: &Programme, tx: &mut Tx, case: Uuid) -> Outcome<Rules> {
    let rows = tx
        .sql("SELECT * FROM entry WHERE file = $1 AND kind = $2 AND state = 'in_force' ORDER BY created_at DESC, id")
        .bind(case)
        .bind(Rule::KIND)
        .all()
        .await?;
    let feared = feared::of(p, tx, case).await?;
    let mut rules = Rules::default();
    for row in &rows {
        let read: Option<Entry<Rule>> = entries::office_read(p, tx, row).await?;
        let Some(Entry { head, body: rule }) = read else {
            rules.unreadable = true;
            continue;
        };
        let feared = !rule.never && feared.reached_by(p, &rules::way(&rule));
        rules.held.push(Held { id: head.id, rule, feared });
    }
    Ok(rules)
}

/// Whether a colleague may be woken now; if not, when.
///
/// # Errors
/// The instant at which her quiet hours end; none when she has confirmed no channel.
pub(super) fn staff(
    own: &Own,
    confirming: bool,
    at: Micros,
    zone: &TimeZone,
) -> Result<Passed, Option<Micros>> {
    if own.confirmed == confirming {
        return Err(None);
    }
    // Whoever confirms a channel sits before the page that asks for the code.
    if !confirming && let Some(ends) = own.quiet_until(at, zone) {
        return Err(Some(ends));
    }
    Ok(Passed(To::Staff { account: own.account, address: own.address.clone() }))
}
