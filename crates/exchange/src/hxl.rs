//! HXL 1.1: tags under the headings of a table, that say to every humanitarian's program what its columns hold. Source:
//! hxlstandard.org, «Tagging conventions» and its dictionary.
//!
//! A table with tags is a [`crate::csvw::Table`]; what is here is which tags there are for what we count.

use crate::csvw::{Column, Kind};

/// Whether a text has the form of a tag: `#reached+f+children`.
#[must_use]
pub fn tag(text: &str) -> bool {
    let word = |w: &str| {
        w.starts_with(|c: char| c.is_ascii_lowercase())
            && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    text.strip_prefix('#').is_some_and(|rest| rest.split('+').all(word))
}

/// The columns of «who was reached, where, with what»: the heading of each, then what it means, in the reader's language and in this
/// order: department, its code, municipality, its code, first day, last day, organisation, service, people, women and girls,
/// children, note.
#[must_use]
pub fn reached(words: [(&str, &str); 12]) -> Vec<Column> {
    const COLUMNS: [(&str, &str, Kind); 12] = [
        ("department", "#adm1+name", Kind::Text),
        ("department_code", "#adm1+code", Kind::Text),
        ("municipality", "#adm2+name", Kind::Text),
        ("municipality_code", "#adm2+code", Kind::Text),
        ("start", "#date+start", Kind::Day),
        ("end", "#date+end", Kind::Day),
        ("organisation", "#org+name+impl", Kind::Text),
        ("service", "#service+type", Kind::Text),
        ("people", "#reached+ind", Kind::Count),
        ("women_girls", "#reached+f", Kind::Count),
        ("children", "#reached+children", Kind::Count),
        ("note", "#meta+suppressed", Kind::Text),
    ];
    let all = COLUMNS.into_iter().zip(words);
    all.map(|((name, tag, kind), (title, about))| Column {
        name: name.to_owned(),
        title: title.to_owned(),
        tag: tag.to_owned(),
        kind,
        about: about.to_owned(),
    })
    .collect()
}
