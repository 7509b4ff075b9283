//! Code lists: what a code is called in each language.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{PackError, below, bytes};

/// One code of a list.
#[derive(Clone, Debug, Deserialize)]
pub struct Code {
    /// The code, as stored and exported.
    pub code: String,
    /// English.
    pub label_en: String,
    /// Spanish.
    pub label_es: String,
    /// What it means.
    #[serde(default)]
    pub definition: String,
}

impl Code {
    /// Its name in a language (`es` or `en`).
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        if language == "en" { &self.label_en } else { &self.label_es }
    }
}

/// All lists of a programme, by file name.
pub struct Lists(BTreeMap<String, Vec<Code>>);

impl Lists {
    /// Reads `core/codelists` and the country's.
    pub(super) fn read(country: &str) -> Result<Self, PackError> {
        let own = format!("{country}/codelists");
        // A name that is none would be a programme without municipalities and languages, and nobody would be told.
        if below(&own).is_empty() {
            return Err(PackError(country.to_owned(), "there is no pack of this country".to_owned()));
        }
        let mut lists = BTreeMap::new();
        for folder in ["core/codelists".to_owned(), own] {
            for path in below(&folder).into_iter().filter(|p| p.ends_with(".csv")) {
                let name =
                    path.trim_start_matches(&folder).trim_matches('/').trim_end_matches(".csv").to_owned();
                let data = bytes(&path)?;
                let mut rows = csv::Reader::from_reader(data.as_slice());
                // Crosswalks have columns of their own; they are read where they are used.
                let wrong = |e: csv::Error| PackError(path.clone(), e.to_string());
                let headers = rows.headers().map_err(wrong)?;
                if !["code", "label_en", "label_es"].iter().all(|c| headers.iter().any(|h| h == *c)) {
                    continue;
                }
                let codes = rows.into_deserialize::<Code>().collect::<Result<Vec<_>, _>>().map_err(wrong)?;
                lists.entry(name).or_insert_with(Vec::new).extend(codes);
            }
        }
        Ok(Self(lists))
    }

    /// The codes of a list, in its order; none when there is no such list.
    #[must_use]
    pub fn codes(&self, list: &str) -> &[Code] {
        self.0.get(list).map_or(&[], Vec::as_slice)
    }

    /// The name of a code.
    #[must_use]
    pub fn name(&self, list: &str, code: &str, language: &str) -> Option<&str> {
        self.codes(list).iter().find(|c| c.code == code).map(|c| c.name(language))
    }

    /// Whether a list has this code.
    #[must_use]
    pub fn has(&self, list: &str, code: &str) -> bool {
        self.codes(list).iter().any(|c| c.code == code)
    }
}
