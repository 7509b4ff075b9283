//! What is taught, as packs say it: `packs/core/training.toml`, and a programme's own `packs/<own>/training.toml`.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::care::Said;
use crate::packs::{PackError, below, parse};

/// Something that somebody does differently after she was trained.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Technique {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Said,
}

/// A part of a curriculum.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Its code, unique in its curriculum.
    pub code: String,
    /// How long it takes as planned.
    pub minutes: i64,
    /// Codes of techniques.
    pub techniques: Vec<String>,
    /// What it is called.
    pub name: Said,
}

/// A curriculum in one version.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curriculum {
    /// Its code, as it stands in facts.
    pub code: String,
    /// Its version, from 1.
    pub version: i64,
    /// One of [`super::AUDIENCES`].
    pub audience: String,
    /// Whether whoever completes it trains others.
    #[serde(default)]
    pub trainers: bool,
    /// After how many months whoever completed it should do it again; none when never.
    #[serde(default)]
    pub refresh_after_months: Option<i32>,
    /// What it is called.
    pub name: Said,
    /// Its modules, in order.
    pub module: Vec<Module>,
}

impl Curriculum {
    /// A module by its code.
    #[must_use]
    pub fn module(&self, code: &str) -> Option<&Module> {
        self.module.iter().find(|m| m.code == code)
    }

    /// The minutes of all its modules.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        self.module.iter().map(|m| m.minutes).sum()
    }

    /// The codes of its techniques, each once.
    #[must_use]
    pub fn techniques(&self) -> BTreeSet<&str> {
        self.module.iter().flat_map(|m| &m.techniques).map(String::as_str).collect()
    }
}

/// A programme's own term for a curriculum of the core, in all its versions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refresh {
    curriculum: String,
    after_months: i32,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The form of the file.
    version: u32,
    #[serde(default)]
    technique: Vec<Technique>,
    #[serde(default)]
    curriculum: Vec<Curriculum>,
    #[serde(default)]
    refresh: Vec<Refresh>,
}

/// Everything that is taught.
#[derive(Clone, Debug, Default)]
pub struct Curricula {
    /// Every curriculum in every version, in the order of the packs.
    pub all: Vec<Curriculum>,
    /// Every technique.
    pub techniques: Vec<Technique>,
}

impl Curricula {
    /// Reads the core's and the programme's own.
    pub(crate) fn read(own: &str) -> Result<Self, PackError> {
        let mut all = Self::default();
        for folder in ["core", own] {
            let path = format!("{folder}/training.toml");
            if !below(folder).contains(&path) {
                continue;
            }
            let file: File = parse(&path)?;
            if file.version != 1 {
                return Err(PackError(path, "is of a form that this version does not read".to_owned()));
            }
            all.techniques.extend(file.technique);
            all.all.extend(file.curriculum);
            all.refresh(&file.refresh).map_err(|what| PackError(path.clone(), what))?;
            all.check().map_err(|what| PackError(path, what))?;
        }
        Ok(all)
    }

    fn refresh(&mut self, terms: &[Refresh]) -> Result<(), String> {
        for term in terms {
            if self.newest(&term.curriculum).is_none() {
                return Err(format!("{} is no curriculum", term.curriculum));
            }
            for c in self.all.iter_mut().filter(|c| c.code == term.curriculum) {
                c.refresh_after_months = Some(term.after_months);
            }
        }
        Ok(())
    }

    fn check(&self) -> Result<(), String> {
        let mut seen = BTreeSet::new();
        for c in &self.all {
            let modules: BTreeSet<&str> = c.module.iter().map(|m| m.code.as_str()).collect();
            if !seen.insert((&c.code, c.version)) {
                return Err(format!("{} {} stands there twice", c.code, c.version));
            }
            if !super::AUDIENCES.contains(&c.audience.as_str()) || c.version < 1 {
                return Err(format!("{} has an unknown audience or version", c.code));
            }
            if c.module.is_empty()
                || modules.len() != c.module.len()
                || c.module.iter().any(|m| m.minutes < 1)
            {
                return Err(format!("{} has no modules, one twice, or one without minutes", c.code));
            }
            // It is told three months ahead, which must not be before it was completed.
            if c.refresh_after_months.is_some_and(|n| !(3..=60).contains(&n)) {
                return Err(format!("{} is refreshed after three to sixty months", c.code));
            }
            let known = |code: &&str| self.techniques.iter().any(|t| t.code == **code);
            if let Some(code) = c.techniques().iter().find(|code| !known(code)) {
                return Err(format!("{} teaches an unknown technique: {code}", c.code));
            }
        }
        Ok(())
    }

    /// One in one version.
    #[must_use]
    pub fn find(&self, code: &str, version: i64) -> Option<&Curriculum> {
        self.all.iter().find(|c| c.code == code && c.version == version)
    }

    /// The newest version of one.
    #[must_use]
    pub fn newest(&self, code: &str) -> Option<&Curriculum> {
        self.all.iter().filter(|c| c.code == code).max_by_key(|c| c.version)
    }

    /// Those that a new course can be of: the newest of each code.
    #[must_use]
    pub fn offered(&self) -> Vec<&Curriculum> {
        self.all.iter().filter(|c| self.newest(&c.code).is_some_and(|n| n.version == c.version)).collect()
    }

    /// What a technique is called.
    #[must_use]
    pub fn technique(&self, code: &str) -> Option<&Technique> {
        self.techniques.iter().find(|t| t.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::{Curricula, File};

    fn read(text: &str) -> Result<Curricula, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        let mut all = Curricula { all: file.curriculum, techniques: file.technique };
        all.refresh(&file.refresh)?;
        all.check()?;
        Ok(all)
    }

    const ONE: &str = "version = 1\n[[technique]]\ncode = \"t\"\nname = { es = \"T\" }\n
        [[curriculum]]\ncode = \"c\"\nversion = 1\naudience = \"official\"\nname = { es = \"C\" }
        [[curriculum.module]]\ncode = \"m\"\nminutes = 60\ntechniques = [\"t\"]\nname = { es = \"M\" }\n";

    #[test]
    fn a_newer_version_is_offered_and_the_older_one_is_still_found() {
        let newer =
            ONE.split_once("[[curriculum]]").map(|(_, rest)| format!("[[curriculum]]{rest}")).unwrap();
        let all = read(&format!("{ONE}{}", newer.replace("version = 1", "version = 2"))).unwrap();
        assert_eq!(all.offered().len(), 1);
        assert_eq!(all.newest("c").unwrap().version, 2);
        assert_eq!(all.find("c", 1).unwrap().minutes(), 60);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(read(&ONE.replace("techniques = [\"t\"]", "techniques = [\"x\"]")).is_err());
        assert!(read(&ONE.replace("official", "somebody")).is_err());
        assert!(read(&ONE.replace("minutes = 60", "minutes = 0")).is_err());
        assert!(read(ONE).is_ok());
        let term = |code: &str, n: u8| {
            read(&format!("{ONE}[[refresh]]\ncurriculum = \"{code}\"\nafter_months = {n}\n"))
        };
        assert_eq!(term("c", 12).unwrap().newest("c").unwrap().refresh_after_months, Some(12));
        assert!(term("c", 2).is_err() && term("x", 12).is_err());
    }
}
