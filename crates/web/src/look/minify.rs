//! Makes CSS and the one script small: comments and needless white space out, nothing cleverer.

/// Our style sheets hold no strings with `/*` or doubled blanks; the test of the sheet would show it.
pub(super) fn css(source: &str) -> String {
    let words = without_comments(source);
    let mut out = String::with_capacity(words.len());
    for ch in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        let last = out.chars().last();
        match (last, ch) {
            // A blank before a colon may be a descendant (`.a :focus`), so only those behind it go.
            (Some('{' | '}' | ';' | ',' | ':' | '>'), ' ') => {}
            (Some(' '), '{' | '}' | ';' | ',' | '>') => {
                out.pop();
                push(&mut out, ch);
            }
            _ => push(&mut out, ch),
        }
    }
    out
}

fn push(out: &mut String, ch: char) {
    if ch == '}' && out.ends_with(';') {
        out.pop();
    }
    out.push(ch);
}

fn without_comments(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, behind)| behind);
    }
    out + rest
}

/// A script without its own lines of comment and indentation; ends of lines stay.
#[must_use]
pub fn script(source: &str) -> String {
    let lines = source.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn white_space_goes_where_it_means_nothing() {
        assert_eq!(
            super::css(
                "/* a */ .a  :focus ,\n b > i { color : red ; margin: 1px 2px; }\n@media (x: 1) { c { d: calc(1px + 2px) } }"
            ),
            ".a :focus,b>i{color :red;margin:1px 2px}@media (x:1){c{d:calc(1px + 2px)}}"
        );
    }
}
