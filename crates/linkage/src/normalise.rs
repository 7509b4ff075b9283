//! Names as people write them, made comparable.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What is read of a text: longer ones are no names.
const MOST_CHARACTERS: usize = 400;
const MOST_TOKENS: usize = 12;
const MOST_LETTERS: usize = 24;

/// Words that stand between names and are written or left out at will.
const PARTICLES: [&str; 9] = ["de", "del", "la", "las", "lo", "los", "el", "y", "e"];

/// The words of a name, small letters without accents, particles left out, every glottal mark (' ’ ʼ ꞌ and
/// the like) the same `'`. Signs, emoji and direction marks fall away; hyphens part words. A name of only
/// particles keeps them. At most 12 words of 24 letters.
///
/// ```
/// use ceiba_linkage::normalise;
/// assert_eq!(normalise("María de los Ángeles Q’eqchiꞌ-Muñoz"), ["maria", "angeles", "q'eqchi'", "munoz"]);
/// ```
#[must_use]
pub fn normalise(name: &str) -> Vec<String> {
    // Twice over: some letters come apart into marks or capitals, and some capitals into letters and marks.
    let apart = name.chars().take(MOST_CHARACTERS).map(one_mark).nfkd().map(one_mark);
    let words: String = apart.flat_map(char::to_lowercase).nfkd().filter_map(letter).collect();
    let words: Vec<String> = words.split_whitespace().filter_map(word).take(MOST_TOKENS).collect();
    let names: Vec<String> =
        words.iter().filter(|word| !PARTICLES.contains(&word.as_str())).cloned().collect();
    if names.is_empty() { words } else { names }
}

/// Whether a word in small letters stands between names and belongs to the one that follows: *de*, *los*.
#[must_use]
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Every glottal mark as `'`; also before letters are taken apart, or some become a space and an accent.
const fn one_mark(c: char) -> char {
    match c {
        '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | 'ʽ' | 'ˈ' | 'ꞌ' | 'Ꞌ' | 'ʔ' | '`' | '´' | '′' | '＇' => {
            '\''
        }
        _ => c,
    }
}

/// A letter or digit, the glottal mark, a space; nothing for what is only seen or steers the line.
fn letter(c: char) -> Option<char> {
    match c {
        '\'' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        c if is_combining_mark(c) || is_invisible(c) => None,
        _ => Some(' '),
    }
}

/// Direction marks, joiners and the like stand inside words without parting them.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// One word; nothing when only marks are left of it.
fn word(word: &str) -> Option<String> {
    let word: String = word.chars().take(MOST_LETTERS).collect();
    word.chars().any(char::is_alphanumeric).then_some(word)
}
