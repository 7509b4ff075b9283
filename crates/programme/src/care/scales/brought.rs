//! Scales that a programme brings: a workbook of forms whose id begins with `scale-`, published by two people like any form. A
//! scale under a licence stays with whoever has the licence; none is in the packs.

use ceiba_forms::{Form, Item, Kind, Text};
use ceiba_store::Tx;

use super::super::Said;
use super::{Domain, Scale};
use crate::{Outcome, Programme, ProgrammeError};

/// How the id of such a form begins.
pub const PREFIX: &str = "scale-";

/// The scales of the packs, then those the programme brought, each in its newest version that was published.
///
/// # Errors
/// When the database breaks or a definition cannot be read.
pub async fn all(p: &Programme, tx: &mut Tx) -> Outcome<Vec<Scale>> {
    let rows = tx
        .sql(
            "SELECT form, definition, state FROM form_version WHERE form LIKE 'scale-%' AND state <> 'draft'
             ORDER BY form, CASE WHEN state = 'published' THEN 0 ELSE 1 END, at DESC, version",
        )
        .all()
        .await?;
    let mut all = p.pack.care.scales.clone();
    for row in &rows {
        let form: Form = serde_json::from_str(&row.get::<String>("definition")?)
            .map_err(|_| ProgrammeError::Unreadable("form"))?;
        let Some(scale) = read(&form) else { continue };
        if all.iter().all(|s| s.id != scale.id) {
            all.push(Scale { open: row.get::<String>("state")? == "published", ..scale });
        }
    }
    Ok(all)
}

/// A form as a scale: each question with one answer is a domain, its choices the steps in the order of the sheet, the first note
/// says against what it is answered. None: it has other questions, or a domain without steps.
pub(crate) fn read(form: &Form) -> Option<Scale> {
    let said = |text: &Text| Said::in_both(|lang| form.text(text, form.language(lang)).to_owned());
    let mut scale = Scale {
        open: true,
        id: form.id.clone(),
        name: Said::in_both(|_| form.title.clone()),
        against: Said::default(),
        domains: Vec::new(),
    };
    let mut waiting: Vec<&Item> = form.items.iter().rev().collect();
    while let Some(item) = waiting.pop() {
        match &item.kind {
            Kind::Group => waiting.extend(item.children.iter().rev()),
            Kind::Note if scale.against == Said::default() => scale.against = said(&item.label),
            Kind::Note | Kind::Meta { .. } => {}
            Kind::SelectOne { list } => {
                let steps: Vec<Said> = form.lists.get(list)?.choices.iter().map(|c| said(&c.label)).collect();
                scale.domains.push(Domain { code: item.name.clone(), name: said(&item.label), steps });
            }
            _ => return None,
        }
    }
    super::sound(std::slice::from_ref(&scale)).is_ok().then_some(scale)
}
