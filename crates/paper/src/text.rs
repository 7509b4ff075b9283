//! Words and numbers in a drawing.

/// What a letter takes at most, in units of the drawing, at its one font size. An estimate for system fonts.
pub(crate) const LETTER: f64 = 7.4;

/// A text without control characters and direction overrides: neither may stand in XML or turn a label round.
pub(crate) fn clean(text: &str) -> String {
    let steers =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}');
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !steers(*c))
        .collect()
}

/// A text cut to `most` characters, with an ellipsis when something is missing.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let text = clean(text);
    if text.chars().count() <= most {
        return text;
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A text in at most three lines of `width` characters; an ellipsis says that there was more.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in clean(text).split_whitespace() {
        let fits = |line: &String| line.chars().count() + 1 + word.chars().count() <= width;
        match lines.last_mut() {
            Some(line) if fits(line) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(cut(word, width)),
        }
        if lines.len() > 3 {
            lines.truncate(3);
            if let Some(last) = lines.last_mut() {
                *last = cut(&format!("{last} …"), width);
            }
            break;
        }
    }
    lines
}

/// An id that is safe in markup and in `url(#…)`.
pub(crate) fn id(text: &str) -> String {
    let id: String =
        text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(60).collect();
    if id.starts_with(|c: char| c.is_ascii_alphabetic()) { id } else { format!("f{id}") }
}

/// A place or length in the drawing, to a tenth.
pub(crate) fn at(value: f64) -> String {
    let tenths = if value.is_finite() { (value.clamp(-1e6, 1e6) * 10.0).round() / 10.0 } else { 0.0 };
    // Not "-0".
    format!("{}", tenths + 0.0)
}

/// A measure to two decimal places at most.
pub(crate) fn measure(value: f64, decimal: char) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.replace('.', &decimal.to_string())
}

/// How wide a text is drawn, about; digits are wider than letters are on the whole.
pub(crate) fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii_digit() { DIGIT } else { LETTER }).sum()
}

/// A digit of the widest of the fonts that a page may be shown in: 0.636 of its 14.
const DIGIT: f64 = 9.0;

#[cfg(test)]
mod tests {
    use super::{at, clean, cut, id, measure, wrap};

    #[test]
    fn words_are_cut_and_wrapped() {
        assert_eq!(wrap("uno dos tres", 7), ["uno dos", "tres"]);
        assert_eq!(wrap("a b c d e f g h", 3), ["a b", "c d", "e…"]);
        assert_eq!(wrap(&"x".repeat(500), 10), ["xxxxxxxxx…"]);
        assert!(wrap(" ", 10).is_empty());
        assert_eq!(cut("áéíóú", 4), "áéí…");
        assert_eq!(clean("a\u{0}\u{202e}b\n"), "ab ");
    }

    #[test]
    fn numbers_and_ids() {
        assert_eq!((at(1.25), at(-0.01), at(f64::NAN)), ("1.3".to_owned(), "0".to_owned(), "0".to_owned()));
        assert_eq!((measure(4.5, ','), measure(12.0, '.')), ("4,5".to_owned(), "12".to_owned()));
        assert_eq!((id("a b\"<c"), id(""), id("9")), ("abc".to_owned(), "f".to_owned(), "f9".to_owned()));
    }
}
