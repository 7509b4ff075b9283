//! Submissions of OpenRosa clients: XML to answers.
//!
//! Source: <https://getodk.github.io/xforms-spec/#instance>.

use crate::answers::{Answer, Answers};
use crate::form::{Form, Item, Kind};
use crate::limits;
use crate::xml::{self, Element};

/// A submission before its form is known.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Form it answers.
    pub form_id: String,
    /// Version of that form; empty if it names none.
    pub version: String,
    /// `uuid:…`, made by the client; the same twice is the same submission.
    pub instance_id: Option<String>,
    /// The instance that this one corrects.
    pub deprecated_id: Option<String>,
    root: Element,
}

/// A document that is no submission.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the submission cannot be read: {0}")]
pub struct BadSubmission(pub &'static str);

impl Submission {
    /// Reads the XML part of a submission.
    ///
    /// # Errors
    /// Not XML, not UTF-8, no form id, or beyond the bounds of [`crate::limits`].
    pub fn parse(bytes: &[u8]) -> Result<Self, BadSubmission> {
        if bytes.len() > limits::SUBMISSION_BYTES {
            return Err(BadSubmission("it is larger than 10 MB"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| BadSubmission("it is not UTF-8"))?;
        let root = xml::read(text.trim_start_matches('\u{feff}')).map_err(BadSubmission)?;
        let meta = root.elements().find(|element| element.local() == "meta");
        let fact = |name| {
            let found = meta.and_then(|meta| meta.elements().find(|element| element.local() == name));
            found.map(|element| element.own_text().trim().to_owned()).filter(|text| !text.is_empty())
        };
        let form_id = root.get("id").map(str::to_owned).filter(|id| !id.is_empty());
        Ok(Self {
            form_id: form_id.ok_or(BadSubmission("it does not name its form"))?,
            version: root.get("version").unwrap_or_default().to_owned(),
            instance_id: fact("instanceID"),
            deprecated_id: fact("deprecatedID"),
            root,
        })
    }

    /// The answers. Elements that the form does not have stay, so that [`crate::evaluate`] can tell.
    /// A repeat without any element has no copies.
    pub fn answers(&self, form: &Form) -> Answers {
        let mut answers = Answers::new();
        collect(&mut answers, &self.root, &form.items, "");
        answers
    }
}

/// Depth is bounded by that of the XML.
fn collect(answers: &mut Answers, element: &Element, items: &[Item], path: &str) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
    for repeat in items.iter().filter(|item| item.kind == Kind::Repeat) {
        let copies = element.elements().filter(|child| child.local() == repeat.name).count();
        answers.set_copies(below(&repeat.name), copies.min(limits::REPEATS));
        if copies > limits::REPEATS {
            // Shows up as an unknown field: nothing is dropped without a word.
            answers.give(format!("{}[{copies}]", below(&repeat.name)), "…");
        }
    }
    let mut counts: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for child in element.elements() {
        let item = items.iter().find(|item| item.name == child.local());
        let nested = item.map(|item| item.children.as_slice()).unwrap_or_default();
        match item.map(|item| &item.kind) {
            Some(Kind::Repeat) => {
                let count = counts.entry(child.local()).or_default();
                *count += 1;
                if *count <= limits::REPEATS {
                    collect(answers, child, nested, &format!("{}[{count}]", below(child.local())));
                }
            }
            Some(Kind::Group) => collect(answers, child, nested, &below(child.local())),
            None if child.elements().next().is_some() => collect(answers, child, &[], &below(child.local())),
            _ => answers.set(below(child.local()), answer(child)),
        }
    }
}

/// The attribute `answer` is ours: ODK clients do not know non-answers.
fn answer(element: &Element) -> Answer {
    match element.get("answer") {
        Some("declined") => Answer::Declined,
        Some("not_asked") => Answer::NotAsked,
        _ => Answer::Given(element.own_text()),
    }
}
