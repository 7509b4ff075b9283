//! Consent to unmask, from both sides: each lists which pairs of marks it agrees to unmask, and why. Only pairs that both list
//! come out.

use super::BlindError;
use super::exchange::Exchange;
use super::sealed::Mark;

const HEAD: &str = "ceiba blind consent 1";
/// The longest reason, in characters.
const WHY: usize = 500;
/// What the seal of such a list is of.
const DOMAIN: u8 = 3;

/// What one side agrees to: of each pair its own mark, the other side's, and why.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Consent(Vec<(Mark, Mark, String)>);

/// A pair that both sides agree to unmask.
#[derive(Clone, PartialEq, Eq)]
pub struct Agreed {
    /// Our mark.
    pub ours: Mark,
    /// Theirs.
    pub theirs: Mark,
    /// Why we do.
    pub why_ours: String,
    /// Why they do.
    pub why_theirs: String,
}

impl Consent {
    /// Adds a pair. Reasons are kept as one line of at most 500 characters; one without a letter or digit is none, and the pair
    /// is not added.
    pub fn add(&mut self, ours: Mark, theirs: Mark, why: &str) -> bool {
        let Some(why) = clean(why) else { return false };
        self.0.push((ours, theirs, why));
        true
    }

    /// How many pairs it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was agreed to.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The list as a file: one line a pair, and a seal that only holders of the secret can make.
    #[must_use]
    pub fn to_text(&self, exchange: &Exchange) -> String {
        let mut text = format!("{HEAD}\n");
        for (ours, theirs, why) in &self.0 {
            text.push_str(&format!("{} {} {why}\n", hex(ours), hex(theirs)));
        }
        let seal = hex(&exchange.seal(DOMAIN, text.as_bytes()));
        text.push_str(&format!("seal {seal}\n"));
        text
    }

    /// Reads a list.
    ///
    /// # Errors
    /// [`BlindError::NoSuchFile`], [`BlindError::Damaged`], also when a pair has no reason, or [`BlindError::NotOfSecret`] when anything
    /// was changed, or the secret or the exchange is another.
    pub fn from_text(text: &str, exchange: &Exchange) -> Result<Self, BlindError> {
        let rest =
            text.strip_prefix(HEAD).and_then(|rest| rest.strip_prefix('\n')).ok_or(BlindError::NoSuchFile)?;
        let (lines, seal) = match rest.rfind("seal ") {
            Some(at) if at == 0 || rest[..at].ends_with('\n') => rest.split_at(at),
            _ => return Err(BlindError::Damaged),
        };
        let sealed = &text[..text.len() - seal.len()];
        if seal != format!("seal {}\n", hex(&exchange.seal(DOMAIN, sealed.as_bytes()))) {
            return Err(BlindError::NotOfSecret);
        }
        let pair = |line: &str| {
            let mut parts = line.splitn(3, ' ');
            let (ours, theirs) = (mark(parts.next()?)?, mark(parts.next()?)?);
            // The seal says that the other side wrote it, not that it is as this program writes it.
            Some((ours, theirs, clean(parts.next()?)?))
        };
        lines.lines().map(pair).collect::<Option<_>>().map(Self).ok_or(BlindError::Damaged)
    }

    /// What both sides list, in our order. A reason of either is shown to both.
    #[must_use]
    pub fn both(&self, theirs: &Self) -> Vec<Agreed> {
        let agreed = |(ours, other, why): &(Mark, Mark, String)| {
            let same = theirs.0.iter().find(|(a, b, _)| (a, b) == (other, ours))?;
            Some(Agreed { ours: *ours, theirs: *other, why_ours: why.clone(), why_theirs: same.2.clone() })
        };
        self.0.iter().filter_map(agreed).collect()
    }
}

/// A reason as one line; none without a letter or digit.
fn clean(why: &str) -> Option<String> {
    let line = |c: char| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c };
    let why: String = why.chars().take(WHY).map(line).collect();
    let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
    why.chars().any(char::is_alphanumeric).then_some(why)
}

/// Bytes as small hexadecimal digits, as marks are written.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a mark of 32 hexadecimal digits.
#[must_use]
pub fn mark(text: &str) -> Option<Mark> {
    let text = text.trim();
    let digits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
    digits.then(|| u128::from_str_radix(text, 16).ok().map(u128::to_be_bytes))?
}

impl std::fmt::Debug for Consent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Consent({})", self.0.len())
    }
}

impl std::fmt::Debug for Agreed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Agreed(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::super::exchange::Kind;
    use super::*;

    #[test]
    fn what_the_other_side_sealed_is_cleaned_as_what_we_type() {
        let keys =
            Exchange::new(b"an invented secret, 0123456789 abcdefghij", "a test", Kind::Consent).unwrap();
        let sealed = |why: &str| {
            let text = format!("{HEAD}\n{} {} {why}\n", hex(&[1; 16]), hex(&[2; 16]));
            let seal = hex(&keys.seal(DOMAIN, text.as_bytes()));
            Consent::from_text(&format!("{text}seal {seal}\n"), &keys)
        };
        let list = sealed(&format!("\u{1b}[2Jshe\u{2028} asked  {}", "x".repeat(900))).unwrap();
        let why = &list.0[0].2;
        assert!(why.starts_with("[2Jshe asked xxx") && why.chars().count() <= WHY, "{why}");
        assert!(matches!(sealed(" -- "), Err(BlindError::Damaged)), "no reason is no yes");
    }
}
