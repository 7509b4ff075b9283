//! A form as data: what was read from the workbook, ready to be stored as JSON.
//!
//! Expressions stay as the author wrote them. Shapes: a form holds a tree of [`Item`]s; every text is
//! a map from language name (`Español (es)`) to plain text without links or markup.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod kind;
mod walk;

pub use kind::{Attachment, Kind, Meta};
pub(crate) use walk::walk;

/// A text in several languages: language name to plain text. Languages without a text are absent.
pub type Text = BTreeMap<String, String>;

/// A published or draft form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// `form_id` of the settings; part of the identity with `version`.
    pub id: String,
    /// `version` of the settings; empty if the author gave none.
    pub version: String,
    /// Title as written, in no particular language.
    pub title: String,
    /// A member of `languages`.
    pub default_language: String,
    /// Language names in the order of the columns, at least one.
    pub languages: Vec<String>,
    /// Top-level items in order.
    pub items: Vec<Item>,
    /// Choice lists by name.
    pub lists: BTreeMap<String, List>,
    /// Expression for the name of a submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_name: Option<String>,
}

impl Form {
    /// Finds an item by its path without indices, for example `g_person/alias`.
    pub fn item(&self, path: &str) -> Option<&Item> {
        let mut items = &self.items;
        let mut found = None;
        for name in path.split('/') {
            let name = name.split('[').next().unwrap_or(name);
            let item = items.iter().find(|i| i.name == name)?;
            items = &item.children;
            found = Some(item);
        }
        found
    }

    /// The text in `language`, else in the default language, else in any; empty if there is none.
    pub fn text<'t>(&self, text: &'t Text, language: &str) -> &'t str {
        text.get(language)
            .or_else(|| text.get(&self.default_language))
            .or_else(|| text.values().next())
            .map_or("", String::as_str)
    }

    /// The language whose name or bracketed code matches (`es` finds `Español (es)`), else the default.
    pub fn language(&self, code: &str) -> &str {
        let bracketed = format!("({})", code.to_lowercase());
        self.languages
            .iter()
            .find(|l| l.as_str() == code || l.to_lowercase().ends_with(&bracketed))
            .unwrap_or(&self.default_language)
    }
}

/// A choice list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// Choices in the order of the sheet.
    pub choices: Vec<Choice>,
}

/// One choice of a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The stored code, without blanks.
    pub name: String,
    /// What a person reads.
    pub label: Text,
    /// Extra columns for `choice_filter`, by header.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// One row of the survey sheet; groups and repeats carry children.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Unique in the form.
    pub name: String,
    /// Type with its own settings.
    pub kind: Kind,
    /// Row of the survey sheet as a spreadsheet shows it.
    #[serde(default)]
    pub row: u32,
    /// What is asked.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub label: Text,
    /// Help below the label.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hint: Text,
    /// Shown only when true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// Accepted only when true; `.` is the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// Shown when the constraint fails.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub constraint_message: Text,
    /// Must be answered (or declined) when true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<String>,
    /// Shown when a required answer is missing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub required_message: Text,
    /// Value of a calculate, or of any field that calculates itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calculation: Option<String>,
    /// Which choices are offered; bare names are columns of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice_filter: Option<String>,
    /// Rendering wish, as written (`minimal`, `multiline`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appearance: Option<String>,
    /// First value: a literal, or an expression if it has `(` or `${`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Shown but not to be changed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub readonly: bool,
    /// Needs the three texts that follow.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// «¿Por qué se pregunta?»
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub why: Text,
    /// «Quién lo verá».
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub who_sees: Text,
    /// What happens if there is no answer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub if_not: Text,
    /// When true, this field is one of the signs that led to the outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign: Option<String>,
    /// How the sign is worded in a result; the label if empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sign_label: Text,
    /// Only groups and repeats have some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Item>,
}

impl Item {
    /// An item with nothing but a name and a kind.
    pub fn new(name: impl Into<String>, kind: Kind) -> Self {
        Self {
            name: name.into(),
            kind,
            row: 0,
            label: Text::new(),
            hint: Text::new(),
            relevant: None,
            constraint: None,
            constraint_message: Text::new(),
            required: None,
            required_message: Text::new(),
            calculation: None,
            choice_filter: None,
            appearance: None,
            default: None,
            readonly: false,
            sensitive: false,
            why: Text::new(),
            who_sees: Text::new(),
            if_not: Text::new(),
            sign: None,
            sign_label: Text::new(),
            children: Vec::new(),
        }
    }
}
