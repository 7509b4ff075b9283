//! Every text exists in both languages, is used, and takes the same variables.

use std::collections::{BTreeMap, BTreeSet};

use ceiba_web::{Lang, Words};
use fluent_bundle::FluentResource;

use crate::support::texts;

/// Keys that are put together at run time, by their beginning, and why they cannot stand in the source.
/// Prefixes of keys that are put together from a code, with where the codes come from.
const COMPOSED: &[(&str, &str)] = &[
    ("bring-why-", "ceiba_exchange::hsds::Why"),
    ("institution-kind-", "partners::directory::KINDS"),
    ("sign-", "signs of packs/*/programme.toml"),
    ("reporter-", "kinds of reporters"),
    ("role-", "packs/core/roles.toml"),
    ("custody-", "steps of a chain of custody, justice/evidence.rs"),
    ("search-tells-", "what a letter of a search tells, shelter/letters.rs"),
    ("found-interpreter-", "whether there is one, cases/found.rs"),
    ("function-", "functions of packs/core/roles.toml"),
    ("task-", "packs/core/tasks.toml"),
    ("follow-due-", "packs/core/follow.toml"),
    ("followup-", "cases::followup: DOING, and answers"),
    ("domain-", "packs/core/plan.toml"),
    ("site-", "kinds of sites"),
    ("met-", "met: how likely, and ceiba_linkage::About"),
    ("state-", "states of entries"),
    ("entry-", "kinds of entries"),
    ("access-section-", "sections of a file"),
    ("access-act-", "acts in the ledger"),
    ("alert-state-", "states of alerts"),
    ("alert-advice-", "a numbered list"),
    ("help-promise-", "a numbered list"),
    ("safety-default-", "a numbered list"),
    ("safety-", "hints of the fields of safety"),
    ("urgency-", "urgencies"),
    ("since-", "choices"),
    ("certainty-", "choices"),
    ("age-group-", "choices"),
    ("birth-", "ceiba_programme::dates::Birth::known"),
    ("erasure-", "ceiba_programme::erasure: states, bases, refusals, and two lists"),
    ("hold-", "ceiba_programme::erasure::hold"),
    ("form-problem-", "ceiba_forms::Code"),
    ("form-state-", "ceiba_programme::publishing"),
    ("board-", "views of board.rs, and what they say"),
    ("out-by-", "ceiba_programme::results::frozen::Table, rows_by and columns_by"),
    ("out-book-", "sheets of results_out/book.rs"),
    ("out-col-", "columns of results_out/tables.rs and book.rs"),
    ("out-currency-", "ISO 4217"),
    ("out-hxl-", "columns of ceiba_exchange::hxl"),
    ("out-iati-", "ceiba_exchange::iati::Why"),
    ("out-number-", "ceiba_programme::results::frozen::Figure, unit"),
    ("out-public-", "states of a public page"),
    ("out-state-", "results_out::tables::state"),
    ("out-table-", "results_out::tables::FILES"),
    ("out-unit-", "ceiba_programme::results::frozen::Figure, unit"),
    ("template-file-", "packs/core/papers.toml, and kinds of files"),
    ("template-foot-", "ceiba_exchange::word, pages without it"),
    ("template-language-", "papers::LANGUAGES"),
    ("template-place-", "ceiba_exchange::word::Place"),
    ("template-problem-", "ceiba_exchange::word::Why"),
    ("notice-", "ceiba_programme::notices::KINDS"),
    ("audit-family-", "ceiba_programme::audit::FAMILIES"),
    ("age-band-", "ceiba_programme::dates::Birth::band"),
    ("channel-", "choices"),
    ("reach-", "contact: channels, reasons, purposes, states of messages"),
    ("message-", "contact::outbox::Text"),
    ("packet-", "partners: fields, steps, ways, ends"),
    ("recall-ask-", "a numbered list"),
    ("hearing-", "justice::hearings: what is missing and arranged"),
    ("measure-kept-", "justice::measures::KEPT"),
    ("proceeding-", "justice::proceedings: fields and STANDING"),
    ("brief-", "a numbered list, and places"),
    ("disclosed-how-", "partners::disclosed"),
    ("call-", "choices"),
    ("decision-", "alerts::triage::Decision"),
    ("reason-", "alerts::triage::REASONS"),
    ("phase-", "cases::PHASES"),
    ("risk-", "cases::safety::LEVELS"),
    ("note-", "cases::notes::KINDS"),
    ("telling-", "cases::tellings::PURPOSES"),
    ("seek-", "steps once she is back, packs/core/tasks.toml"),
    ("release-", "releases: audiences, states, REASONS, WRONGS and REFUSALS"),
    ("leak-", "leak: states, refusals, and a numbered list"),
    ("conference-", "partners::conferences: what she objects to, how it ends, how decisions are kept"),
    ("request-", "justice::requests: PROPOSALS and ENDS"),
    ("score-", "justice::score::STANDINGS"),
    ("appeal-by-", "justice::appeals::BY"),
    ("letter-", "justice::requests: PROPOSALS and TOLD"),
    ("relation-", "cases::relations::TYPES"),
    ("contact-", "cases::relations::SAFETY"),
    ("stage-", "cases::identification::STAGES"),
    ("check-", "cases::closure::CHECKS"),
    ("data-", "cases::consent::DATA"),
    ("admit-", "why, who and what if not, of the fields of an arrival"),
    ("leave-", "shelter::LEAVING"),
    ("rule-", "packs/core/shelter.toml: rules"),
    ("seen-", "what shelter::presence::seen is told"),
    ("dose-", "shelter::medicine::DOSES"),
    ("ended-", "kinds of shelter::bedside::Ended"),
    ("missing-", "packs/core/shelter.toml: missing, shelter::missing::ENDS, and hints"),
    ("incident-state-", "states of incidents"),
    ("unmet-", "shelter::unmet::SETTLED"),
    ("weekday-", "packs::Weekday"),
    ("conduct-", "shelter::conduct: KNOWN and STEPS"),
    ("drill-", "hints of the fields of a drill"),
    ("exit-check-", "shelter::CHECKS"),
    ("exit-reunion-", "shelter::REUNION"),
    ("log-text-", "a hint"),
    ("handover-text-", "a hint"),
    ("clinic-", "choices, states and lists of the clinic"),
    ("how-", "cases::consent::HOW"),
    ("by-", "cases::consent::BY"),
    ("assent-", "choices"),
    ("answer-", "choices"),
    ("safe-", "choices"),
    ("emergency-", "cases::emergency::CATEGORIES"),
    ("identity-reason-", "people::REASONS"),
    ("outcome-", "results of a screening"),
    ("folder-", "ceiba_access::Folder"),
    ("figure-", "figures of the numbers"),
    ("answered-", "outcomes of facts"),
    ("served-", "outcomes of facts"),
    ("refused-", "outcomes of facts"),
    ("care-section-", "care::reports::SECTIONS"),
    ("care-foot-", "states of a report"),
    ("care-basis-", "care::reports::Release"),
    ("care-report-", "care::reports::open"),
    ("care-change-", "outcomes of facts"),
    ("care-reviewed-", "outcomes of facts"),
    ("care-mark-", "choices"),
    ("care-grade-", "packs/core/services.toml, grades"),
    ("care-school-", "care::schooling::STATES"),
    ("care-kind-", "packs/core/services.toml, support"),
    ("route-move-", "route::clock::Move"),
    ("route-timing-", "route::Timing"),
    ("route-population-", "route::POPULATIONS"),
    ("route-col-", "columns"),
    ("route-state-", "route::State"),
    ("training-audience-", "training::AUDIENCES"),
    ("training-how-", "how a mark came, training::marks"),
    ("training-mark-", "training::MARKS"),
    ("training-mode-", "training::MODES"),
    ("training-session-", "states of a session"),
    ("training-standing-", "how a course stands today"),
    ("office-by-", "office::calls::BY"),
    ("office-call-", "outcomes of facts"),
    ("office-kept", "office::calls::KEPT"),
    ("office-not-kept", "office::calls::KEPT"),
    ("post-cannot-", "handover::held::obstacle"),
    ("post-kind-", "handover::held::Kind"),
    ("post-state-", "states of a handover"),
    ("route-sheet-", "web/src/route/sign.rs, KEYS"),
    ("route-decided-", "states of a version of the route"),
    ("feed-kind-", "accounts::feed::Due"),
    ("applied-", "learning::sheets::APPLIED"),
    ("gain-", "learning::rounds::PHASES"),
    ("item-tells-", "learning::gain::Tells"),
    ("phase-", "learning::rounds::PHASES"),
    ("practice-", "learning::practice::Measured"),
    ("revoked-", "learning::certificates::REASONS"),
    ("test-do-", "states of a round"),
    ("test-who-", "web/src/learning, a mark or a code"),
    ("network-state-", "states of an activity, network/activities.rs"),
    ("logbook-", "ceiba_programme::log::KINDS: their titles, texts and questions"),
    ("ending-", "ceiba_programme::closing: PARTS and what is on the list"),
    ("demo-", "people of the demonstration"),
    ("result-form-", "packs/core/forms"),
    ("result-check-", "results::quarter::Verified"),
    ("result-definition-", "cases::identification::Definitions"),
    ("result-left-", "shelter::LEAVING"),
    ("result-level-", "results::frozen::Level"),
    ("result-state-", "states of a report"),
    ("result-target-", "results::framework::Promise"),
    ("result-unit-", "results::framework::UNITS"),
    ("failure-", "ceiba_web::Failure::key"),
    ("problem-", "problems of the programme, named in ceiba_programme"),
];

fn by_key(lang: Lang) -> BTreeMap<String, texts::Message> {
    texts::messages(lang.code()).into_iter().map(|message| (message.key.clone(), message)).collect()
}

/// The keys that the source names.
fn named() -> BTreeSet<String> {
    let source = texts::source();
    let patterns = [
        r#"\b(?:t|with)\(\s*"([a-z0-9_-]+)""#,
        r#"\bPage::new\([^,()]*,\s*"([a-z0-9_-]+)""#,
        r#"\bDesk::new\([^,()]*, [^,()]*,\s*"([a-z0-9_-]+)""#,
        r#"\b(?:field|area)\("[a-z_]+",\s*"([a-z0-9_-]+)""#,
        r#"\bfolded\(\s*w,\s*"([a-z0-9_-]+)""#,
    ];
    patterns.iter().flat_map(|pattern| texts::find(pattern, &source)).collect()
}

#[test]
fn both_languages_say_the_same_with_the_same_variables() {
    let (es, en) = (by_key(Lang::Es), by_key(Lang::En));
    assert_eq!(es.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, message) in &es {
        assert_eq!(message.variables(), en[key].variables(), "{key}");
        assert_eq!(message.file, en[key].file, "{key}");
        assert_eq!(message.survivor, en[key].survivor, "{key}");
    }
    assert!(es.len() > 80, "too few texts were read: {}", es.len());
}

#[test]
fn a_key_comes_once() {
    for lang in Lang::ALL {
        let mut seen = BTreeSet::new();
        for message in texts::messages(lang.code()) {
            assert!(seen.insert(message.key.clone()), "{} comes twice in {}", message.key, lang.code());
        }
    }
}

#[test]
fn every_file_is_read_to_its_end() {
    let folder = texts::root().join("../../packs/core/locales");
    for path in texts::files(&folder, "ftl") {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(FluentResource::try_new(text).is_ok(), "{} has a line that is no message", path.display());
    }
}

#[test]
fn every_text_the_source_names_exists() {
    let known = by_key(Lang::Es);
    let missing: Vec<_> = named().into_iter().filter(|key| !known.contains_key(key)).collect();
    assert!(missing.is_empty(), "not in packs/core/locales: {missing:?}");
}

#[test]
fn no_text_is_left_over() {
    let named = named();
    let composed = |key: &str| COMPOSED.iter().any(|(prefix, _)| key.starts_with(prefix));
    // Also named: keys that stand as a text of their own, handed on to a part.
    let named: BTreeSet<String> =
        named.into_iter().chain(texts::find(r#""([a-z0-9_-]+)""#, &texts::source())).collect();
    let unused: Vec<_> =
        by_key(Lang::Es).into_keys().filter(|key| !named.contains(key) && !composed(key)).collect();
    assert!(unused.is_empty(), "named nowhere in src: {unused:?}");
}

#[test]
fn what_is_missing_shows() {
    let w = Words::new(Lang::Es);
    assert_eq!(w.t("no-such-key"), "⟦no-such-key⟧");
    assert_eq!(w.t("parts-progress"), "⟦parts-progress⟧", "a variable was not given");
    assert_eq!(w.with("parts-progress", &[("n", 3.into()), ("of", 5.into())]), "3 de 5");
    assert_eq!(w.with("dates-due-in-days", &[("n", 1200.into())]), "vence en 1,200 días");
}

/// What the ledger can hold: acts that are written as such, and what follows from something else.
fn acts() -> BTreeSet<String> {
    let source = texts::code(&texts::root().join("../programme/src")) + &texts::source();
    let kinds: BTreeMap<_, _> =
        texts::pairs(r#"impl Kind for (\w+) \{\s*const KIND: &'static str = "(\w+)""#, &source)
            .into_iter()
            .collect();
    let followed = texts::pairs(
        r#"entries::follow\(\s*work,\s*caller,\s*\(\w+, (?:\w+::)?(\w+)::KIND\)(?s:.){1,80}?, "\w+",\s*"(\w+)"\)"#,
        &source,
    );
    let literal = texts::find(r#"\.record\(\s*"([a-z0-9.-]+)""#, &source);
    followed.iter().map(|(kind, why)| format!("{}.{why}", kinds[kind])).chain(literal).collect()
}

#[test]
fn whatever_the_ledger_can_hold_is_said_in_words() {
    let acts = acts();
    assert!(acts.contains("exit.left") && acts.contains("case.close") && acts.len() > 60, "{acts:?}");
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let untold = |act: &&String| ceiba_web::lang::act(&words, act).contains('⟦');
        let missing: Vec<_> = acts.iter().filter(untold).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", lang.code());
    }
}
