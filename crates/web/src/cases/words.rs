//! Records of any kind in words: label and value of each field, for histories and conflicts.

use ceiba_programme::entries::Columns;
use ceiba_programme::partners::steps;
use serde_json::Value;

use super::frame::Opened;
use crate::me::Me;
use crate::view::iso_day;
use crate::{App, Words};

/// How a field is said.
#[derive(Clone, Copy)]
enum How {
    /// As it was typed.
    Text,
    /// «Sí» or «No».
    YesNo,
    /// A civil day.
    Day,
    /// Codes whose words have keys with this beginning.
    Key(&'static str),
    /// Codes of a list.
    List(&'static str),
}

use How::{Day, Key, List, Text, YesNo};

/// Kind, field, key of its label, how it is said.
const FIELDS: &[(&str, &str, &str, How)] = &[
    ("goal", "words", "goal-words", Text),
    ("goal", "level", "goal-level", Text),
    ("goal", "rated_with_her", "goal-with-her", YesNo),
    ("goal", "need", "goal-need", Text),
    ("goal", "strength", "goal-strength", Text),
    ("goal", "step", "goal-step", Text),
    ("goal", "step_who", "goal-step-who", Text),
    ("goal", "step_by", "goal-step-by", Day),
    ("plan", "how", "plan-agree-how", Key("how")),
    ("task", "text", "task-text", Text),
    ("note", "text", "note-text", Text),
    ("relation", "name", "relation-name", Text),
    ("relation", "remark", "relation-remark", Text),
    ("service", "provider", "service-provider", Text),
    ("service", "amount", "service-amount", Text),
    ("service", "remark", "service-remark", Text),
    ("referral", "need", "referral-need", Text),
    ("referral", "data", "referral-data", Key("data")),
    ("hearing", "company", "hearing-company", Text),
    ("hearing", "interpreter", "hearing-interpreter", Key("hearing-interpreter")),
    ("hearing", "transport", "hearing-transport", Key("hearing-transport")),
    ("hearing", "prepared", "hearing-prepared", YesNo),
    ("hearing", "place", "hearing-place", List("hearing_places")),
    ("hearing", "remark", "hearing-remark", Text),
    ("hearing", "outcome", "hearing-outcome", Text),
    ("measure", "decided_on", "measure-decided-on", Day),
    ("measure", "conditions", "measure-conditions", Text),
    ("measure", "kept", "measure-kept", Key("measure-kept")),
    ("proceeding", "prosecutor_number", "proceeding-prosecutor_number", Text),
    ("proceeding", "court_number", "proceeding-court_number", Text),
    ("proceeding", "unit", "proceeding-unit", Text),
    ("proceeding", "court", "proceeding-court", Text),
    ("proceeding", "offences", "proceeding-offences", List("iccs_offences")),
    ("proceeding", "purposes", "proceeding-purposes", List("purposes")),
    ("proceeding", "standing", "proceeding-standing", Key("proceeding-standing")),
    ("proceeding", "remark", "proceeding-remark", Text),
    ("evidence", "title", "evidence-what", Text),
    ("evidence", "source", "evidence-source", Text),
    ("evidence", "seal", "evidence-seal", Text),
    ("evidence", "name", "evidence-name", Text),
    ("evidence", "sha256", "evidence-sha", Text),
    ("custody", "who", "custody-who", Text),
    ("custody", "why", "custody-why", Text),
    ("custody", "seal", "custody-seal", Text),
    ("demand", "scope", "demand-scope", Text),
    ("demand", "basis", "demand-basis", Text),
    ("demand", "decision", "demand-why", Text),
    ("demand", "released", "demand-released", Key("data")),
    ("court_order", "bound", "order-bound", Text),
    ("court_order", "conditions", "measure-conditions", Text),
    ("court_order", "kept", "measure-kept", Key("measure-kept")),
    ("court_order", "looked_on", "order-looked-on", Day),
    ("court_appeal", "by", "appeal-by", Key("appeal-by")),
    ("court_appeal", "decided_on", "measure-decided-on", Day),
    ("court_appeal", "outcome", "appeal-outcome", Text),
    ("reparation", "decided_on", "measure-decided-on", Day),
    ("recall", "opened", "packet-opened", Day),
    ("referral", "declined", "referral-declined-why", Text),
    ("telling", "who", "telling-who", Text),
    ("telling", "record", "telling-record", Text),
    ("telling", "place", "telling-place", List("telling_places")),
    ("telling", "asked_by", "telling-asked-by", List("telling_askers")),
    ("telling", "company", "telling-company", Text),
    ("telling", "avoidable", "telling-avoidable", Key("telling-avoidable")),
    ("telling", "why_not", "telling-why-not", Text),
    ("telling_request", "by", "request-by", Text),
    ("telling_request", "proposes", "request-proposes", Key("request-propose")),
    ("telling_request", "told", "request-told", Key("letter-field")),
    ("followup", "safe", "followup-safe", Key("safe")),
    ("followup", "home", "followup-home", Key("followup-home")),
    ("followup", "doing", "followup-doing", Key("followup-doing")),
    ("followup", "remark", "followup-remark", Text),
    ("conference_decision", "words", "conference-decision-words", Text),
    ("conference", "was", "conference-was", Day),
    ("search", "found_on", "seek-found-on", Day),
    ("search", "how", "seek-how", List("search_found")),
    ("search", "closed_on", "seek-closed-on", Day),
    ("search", "goes_to", "seek-goes-to", List("search_goes_to")),
    ("consent", "data", "consent-data", Key("data")),
    ("consent", "by", "consent-by", Key("by")),
    ("consent", "how", "consent-how", Key("how")),
    ("consent", "language", "consent-language", List("languages")),
    ("consent", "legal_basis", "consent-legal", Text),
    ("safety", "avoid", "safety-avoid", Text),
    ("safety", "keep_away", "safety-keep-away", Text),
    ("safety", "now", "safety-now", Text),
    ("safety", "plan", "safety-plan", Text),
    ("contact_rule", "channel", "reach-channel", Key("reach-channel")),
    ("contact_rule", "never", "reach-never-ask", YesNo),
    ("contact_rule", "place", "reach-place", Text),
    ("contact_rule", "who", "reach-who", Text),
    ("contact_rule", "code_word", "reach-code-word", Text),
    ("contact_rule", "leave_message", "reach-leave", YesNo),
    ("contact_try", "channel", "reach-channel", Key("reach-channel")),
    ("followup", "channel", "followup-channel", Key("reach-channel")),
    ("closure", "checks", "closing-checks", Key("check")),
    ("closure", "remark", "closing-remark", Text),
    ("identification", "acts", "identification-acts", List("trafficking_acts")),
    ("identification", "means", "identification-means", List("means_of_control")),
    ("identification", "purposes", "identification-purposes", List("purposes")),
    ("identification", "by", "identification-by", Text),
    ("identification", "basis", "identification-basis", Text),
    ("file", "title", "file-title", Text),
    ("apart", "remark", "apart-remark", Text),
    ("passed", "reason", "rule-reason", Text),
    ("companion", "name", "child-name", Text),
    ("companion", "age", "child-age", Text),
    ("outing", "with", "out-with", Text),
    ("log", "text", "log-text", Text),
    ("missing", "last_seen", "missing-last", Text),
    ("missing", "wore", "missing-wore", Text),
    ("missing", "her_words", "missing-words", Text),
    ("belongings", "items", "kept-items", Text),
    ("belongings", "place", "kept-place", Text),
    ("incident", "text", "incident-text", Text),
    ("incident", "done", "incident-done", Text),
    ("incident", "follow_up", "incident-follow", Text),
    ("visit", "outside", "visit-outside", Text),
    ("visitor", "name", "visitor-name", Text),
    ("visitor", "conditions", "visitor-conditions", Text),
    ("transfer", "from", "transfer-from", Text),
    ("transfer", "order_day", "transfer-order-day", Day),
    ("transfer", "why", "transfer-why", List("urgent_moves")),
    ("transfer", "decided_by", "transfer-decided", Text),
    ("exit", "house", "exit-house", Text),
    ("exit", "reason", "exit-reason", List("exit_reasons")),
    ("exit", "checked", "exit-checked", Key("exit-check")),
    ("exit", "reunion", "exit-reunion", Key("exit-reunion")),
    ("exit", "wish", "exit-wish", Text),
    ("exit", "agreed", "exit-agreed", Text),
    ("bedside", "text", "house-bedside", Text),
    ("bedside", "retired", "allergy-why", Text),
    ("medicine", "name", "medicine-name", Text),
    ("medicine", "dose", "medicine-dose", Text),
    ("medicine", "times", "medicine-times", Text),
    ("medicine", "until", "medicine-until", Day),
    ("medicine", "despite", "medicine-despite", Text),
    ("appointment", "remark", "clinic-appointment-remark", Text),
    ("result", "what", "clinic-result-what", Text),
    ("result", "found", "clinic-result-found", Text),
    ("life_project", "words", "care-dream", Text),
    ("support", "purpose", "care-purpose", Text),
    ("support", "refused", "care-why", Text),
    ("support", "receipt", "care-receipt", Text),
    ("support_check", "remark", "care-check", Text),
];

/// An entry's version in lines of label and value, the state first.
pub fn lines(
    app: &App,
    me: &Me,
    o: &Opened,
    kind: &str,
    plain: &Columns,
    body: &Value,
) -> Vec<(String, String)> {
    let w = me.words(app);
    let mut lines = vec![(w.t("history-state"), w.t(&format!("state-{kind}-{}", plain.state)))];
    if let (Some(code), "task") = (&plain.code, kind) {
        lines.push((w.t("task-text"), w.t(&format!("task-{code}"))));
    }
    if let Some(day) = &plain.on_day {
        lines.push((w.t("note-day"), iso_day(w, Some(day))));
    }
    if let Some(due) = plain.due_at {
        lines.push((w.t("task-due"), w.date(app.local(due).date())));
    }
    if let Some(owner) = plain.owner {
        lines.push((w.t("task-owner"), o.names.of(w, owner)));
    }
    for (_, field, label, how) in FIELDS.iter().filter(|f| f.0 == kind) {
        let text = body.get(field).map_or_else(String::new, |value| said(app, me, *how, value));
        if !text.is_empty() {
            lines.push((w.t(label), text));
        }
    }
    lines
}

fn said(app: &App, me: &Me, how: How, value: &Value) -> String {
    let w = me.words(app);
    match (how, value) {
        (YesNo, Value::Bool(yes)) => w.t(if *yes { "yes" } else { "no" }),
        (_, Value::Array(all)) => all.iter().map(|v| said(app, me, how, v)).collect::<Vec<_>>().join(", "),
        (_, Value::Number(n)) => n.to_string(),
        (_, Value::String(text)) if text.is_empty() => String::new(),
        (Day, Value::String(text)) => iso_day(w, Some(text)),
        (Key(prefix), Value::String(code)) => w.t(&format!("{prefix}-{code}")),
        (List(list), Value::String(code)) => app.code(me, list, code).to_owned(),
        (_, Value::String(text)) => text.clone(),
        _ => String::new(),
    }
}

/// Why something was changed, in words: its code says what was done.
pub fn why(w: &Words, code: &str) -> String {
    match code {
        "undo" => w.t("why-undo"),
        "done" | "resolved" => w.t("why-done"),
        "open" => w.t("why-open"),
        "withdrawn" | "cancelled" => w.t("why-withdrawn"),
        "replaced" => w.t("why-replaced"),
        state if steps::STATES.contains(&state) => w.t("why-answered"),
        "told" => w.t("why-told"),
        "objected" | "settled" => w.t("why-objected"),
        "postponed" => w.t("why-postponed"),
        "approved" | "returned" => w.t("why-decided"),
        _ => w.t("why-changed"),
    }
}
