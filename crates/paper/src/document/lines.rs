//! Lines: text is broken between words, and inside a word only when it is wider than the line.

use super::font::Face;

/// What is not seen, or would turn the reading of what follows, is a space here: text from outside sets no direction.
fn seen(c: char) -> char {
    let hidden = c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    if hidden { ' ' } else { c }
}

/// The lines of a text in a width, in points. No line but the last of a paragraph loses its space, so that copied text stays whole.
pub(crate) fn broken(face: &Face, size: f32, width: f32, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let clean: String = paragraph.chars().map(seen).collect();
        let mut line = String::new();
        let mut used = 0.0;
        for word in clean.split(' ').filter(|w| !w.is_empty()) {
            let mut rest = word;
            loop {
                let gap = if line.is_empty() { 0.0 } else { face.width(" ", size) };
                let wide = face.width(rest, size);
                if used + gap + wide <= width {
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    line.push_str(rest);
                    used += gap + wide;
                    break;
                }
                if !line.is_empty() {
                    line.push(' ');
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                    continue;
                }
                let fits = fitting(face, size, width, rest);
                let (head, tail) = rest.split_at(fits);
                lines.push(head.to_owned());
                rest = tail;
            }
        }
        lines.push(line);
    }
    lines
}

/// How many bytes of a word fit into a line: one character at least.
fn fitting(face: &Face, size: f32, width: f32, word: &str) -> usize {
    let mut used = 0.0;
    let mut last = word.chars().next().map_or(0, char::len_utf8);
    for (at, c) in word.char_indices() {
        used += face.width(c.encode_utf8(&mut [0; 4]), size);
        if used > width {
            break;
        }
        last = at + c.len_utf8();
    }
    last
}
