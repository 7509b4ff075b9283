//! How far a pack has come, and what counts as a signature: a name and a day.

use jiff::civil::Date;
use serde::Deserialize;

/// How far a pack has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Written, signed by nobody.
    Draft,
    /// A lawyer signed every row.
    Signed,
    /// Somebody else put it in force.
    Published,
    /// Another took its place: it starts no clock.
    Retired,
}

impl State {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Published => "published",
            Self::Retired => "retired",
        }
    }
}

/// A step of a pack from draft to retired.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) state: State,
    by: String,
    on: Date,
}

/// Who signed and when; none without both.
pub(super) fn signature<'a>(by: &'a str, on: &str) -> Option<(&'a str, Date)> {
    let by = Some(by.trim()).filter(|by| !by.is_empty())?;
    Some((by, on.parse().ok()?))
}

/// A name without a day, or a day without a name, is a mistake and no signature.
pub(super) fn half_signed(what: &str, by: &str, on: &str) -> Result<(), String> {
    let none = by.trim().is_empty() && on.trim().is_empty();
    if none || signature(by, on).is_some() {
        return Ok(());
    }
    Err(format!("{what} says that somebody signed, and not who and on which day"))
}

/// The state a pack has reached: one step after the other, in order, and never published by whoever signed.
pub(super) fn reached(history: &[Step]) -> Result<State, String> {
    let all = [State::Draft, State::Signed, State::Published, State::Retired];
    let in_order =
        history.iter().zip(all).all(|(step, state)| step.state == state) && history.len() <= all.len();
    // A draft that nobody needs any more is retired without having been in force.
    let given_up = matches!(history, [one, two] if (one.state, two.state) == (State::Draft, State::Retired));
    if history.iter().any(|s| s.by.trim().is_empty()) || history.windows(2).any(|two| two[1].on < two[0].on) {
        return Err("a step of its history has no name, or is before the one it follows".to_owned());
    }
    if let [_, signed, published, ..] = history
        && signed.by.trim() == published.by.trim()
    {
        return Err("whoever signed it cannot publish it".to_owned());
    }
    match history.last() {
        Some(last) if in_order || given_up => Ok(last.state),
        _ => Err("its history does not go draft, signed, published, retired".to_owned()),
    }
}
