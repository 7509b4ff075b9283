//! The acts of the ledger in words.

use super::Words;

/// An entry of the ledger in plain words: «vio Plan», «escribió Nota».
#[must_use]
pub fn act(w: &Words, action: &str) -> String {
    if let Some(section) = action.strip_prefix("case.read.") {
        return w.with("access-saw", &[("what", w.t(&format!("access-section-{section}")).into())]);
    }
    if action.starts_with("refused.") {
        return w.t("access-refused");
    }
    if action.starts_with("identity.read") {
        return w.t("access-identity");
    }
    let (kind, verb) = action.split_once('.').unwrap_or((action, ""));
    match verb {
        // A notice is not written by anybody.
        "add" if kind != "notice" => {
            w.with("access-wrote", &[("what", w.t(&format!("entry-{kind}")).into())])
        }
        "change" | "undo" => w.with("access-changed", &[("what", w.t(&format!("entry-{kind}")).into())]),
        // It went to somebody else when a post was handed over.
        "handover" if w.knows(&format!("entry-{kind}")) => {
            w.with("access-handed", &[("what", w.t(&format!("entry-{kind}")).into())])
        }
        _ => {
            let own = format!("access-act-{}", action.replace('.', "-"));
            // What only followed from something else says what it is now (`entries::follow`).
            if verb.is_empty() || w.knows(&own) || !w.knows(&format!("entry-{kind}")) {
                return w.t(&own);
            }
            let (what, state) = (w.t(&format!("entry-{kind}")), w.t(&format!("state-{kind}-{verb}")));
            w.with("access-became", &[("what", what.into()), ("state", state.into())])
        }
    }
}
