//! What codes in the rows of a figure are called.

use crate::me::Me;
use crate::view::band;
use crate::{App, Words};

/// A row's name: `by` is what the table is divided by, `figure` which one.
pub(crate) fn row(app: &App, me: &Me, figure: &str, by: &str, code: &str) -> String {
    let w = me.words(app);
    match (by, code) {
        (_, "unknown" | "") => w.t("result-unknown"),
        (_, "all") => w.t("figure-number"),
        ("sex", _) => app.code(me, "gender", code).to_owned(),
        ("age_band", _) => band(w, code),
        ("municipality", _) => app.code(me, "municipalities", code).to_owned(),
        ("department", _) => app.code(me, "departments", code).to_owned(),
        ("language", _) => app.code(me, "languages", code).to_owned(),
        ("act", _) => app.code(me, "trafficking_acts", code).to_owned(),
        ("purpose", _) => app.code(me, "purposes", code).to_owned(),
        ("found_by", _) => app.code(me, "found_by", code).to_owned(),
        ("post", _) => app.code(me, "training_posts", code).to_owned(),
        ("partner_type", _) => app.code(me, "network_kinds", code).to_owned(),
        ("payer", _) => app.code(me, "log_payers", code).to_owned(),
        ("holder", _) => app.programme.pack.route.holder(code, me.lang.code()).to_owned(),
        ("institution" | "court", _) => institution(app, me, code),
        ("definition", _) => known(w, &format!("result-definition-{code}"), code),
        ("channel", _) => known(w, &format!("channel-{code}"), code),
        _ => coded(app, me, figure, by, code),
    }
}

fn institution(app: &App, me: &Me, code: &str) -> String {
    let own = app.programme.pack.institutions.iter().find(|i| i.code == code);
    own.map_or_else(|| app.code(me, "justice_institutions", code).to_owned(), |i| i.name.clone())
}

/// What a code or an outcome is called, which depends on the fact.
fn coded(app: &App, me: &Me, figure: &str, by: &str, code: &str) -> String {
    let w = me.words(app);
    let list = |name: &str| app.code(me, name, code).to_owned();
    let key = |prefix: &str| known(w, &format!("{prefix}-{code}"), code);
    let indicator = figure.split('.').next().unwrap_or(figure);
    match (indicator, by) {
        ("G5", "outcome") => key("reporter"),
        ("G6", "code") => key("urgency"),
        ("G9" | "G11", "code") => list("service_types"),
        ("G10", "code") if figure == "G10.sessions" => list("service_types"),
        ("G13", "code") => key("domain"),
        ("G17", "code") => list("measure_kinds"),
        ("G19", "code") => list("proceeding_kinds"),
        ("G19", "outcome") => list("proceeding_stages"),
        ("G22", "outcome") => key("result-left"),
        ("G21", "code") => list("refusal_reasons"),
        ("G26", "code") if figure == "G26.incidents" => list("incident_kinds"),
        ("G26", "code") if figure == "G26.conduct" => list("conduct_kinds"),
        ("G27", "code") if figure == "G27.office" => list("office_about"),
        ("G28", "code") => list("log_advice"),
        _ => code.to_owned(),
    }
}

fn known(w: &Words, key: &str, code: &str) -> String {
    if w.knows(key) { w.t(key) } else { code.to_owned() }
}
