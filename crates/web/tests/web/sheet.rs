//! The style sheet and the script: small, and every class both written and used.

use std::collections::BTreeSet;

use ceiba_web::{comfort, exit, look};

use crate::pages;
use crate::support::{texts, weight};

/// The sheet of all pages and those of places.
fn every() -> String {
    std::iter::once(look::css()).chain(look::places().map(|(css, _)| css)).collect()
}

fn styled() -> BTreeSet<String> {
    texts::find(r"\.([a-z][a-z0-9-]*)", &every()).into_iter().collect()
}

fn split(classes: Vec<String>) -> BTreeSet<String> {
    classes.iter().flat_map(|names| names.split(' ')).map(str::to_owned).collect()
}

/// Classes are written as `class="…"` and nothing else, so that they can be found here.
#[test]
fn each_class_is_styled_and_used() {
    // Figures bring their own rules; their tests are with them (crates/paper/tests).
    let figures = split(texts::find(r"\.([a-z][a-z0-9-]*)", ceiba_paper::CSS));
    let used: BTreeSet<String> =
        split(texts::find(r#"\bclass="([^"]*)""#, &texts::source())).union(&figures).cloned().collect();
    // The fact sheet stands for itself, with a style sheet in its own file.
    let sheet = split(texts::find(r"\.([a-z][a-z0-9-]*)", include_str!("../../src/results_out/page.rs")));
    let styled = styled();
    assert_eq!(styled.difference(&used).collect::<Vec<_>>(), [""; 0], "styled, but used nowhere in src");
    let known = styled.union(&sheet).cloned().collect();
    assert_eq!(used.difference(&known).collect::<Vec<_>>(), ["icon"; 0], "used, but not styled");
}

/// A variable that no page defines is no colour at all: tints of figures were invisible for it.
#[test]
fn each_variable_is_defined() {
    let all = every() + ceiba_paper::CSS;
    let defined: BTreeSet<String> = texts::find(r"(--[a-z0-9-]+)\s*:", &all).into_iter().collect();
    let used: BTreeSet<String> = texts::find(r"var\((--[a-z0-9-]+)", &all).into_iter().collect();
    assert_eq!(used.difference(&defined).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn pages_hold_no_other_classes() {
    for (name, html) in pages::all() {
        let unknown: Vec<_> =
            split(texts::find(r#" class="([^"]*)""#, &html)).difference(&styled()).cloned().collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
    }
}

#[test]
fn each_variant_is_shown_in_the_gallery() {
    let html: String =
        pages::all().into_iter().map(|(_, html)| html.split_once("<body").unwrap().1.to_owned()).collect();
    for variant in texts::find(r"\[(data-[^\]]+)\]", &every()) {
        // Set by the desk's script, which no page of the gallery runs: walks/comfort.test.mjs shows it.
        let name = variant.split('=').next().unwrap();
        if comfort::source().contains(&format!("'{name}'")) {
            continue;
        }
        let written = format!(" {variant}");
        assert!(html.contains(&written), "no page shows {variant}");
    }
}

#[test]
fn sides_are_logical() {
    let physical =
        r"[;{]((?:margin-|padding-|border-)?(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)):";
    assert_eq!(texts::find(physical, &every()), [""; 0]);
}

#[test]
fn css_and_script_stay_small() {
    let (css, script) = (weight::gzip(look::css()), weight::gzip(exit::script()));
    let desk = weight::gzip(comfort::source());
    println!("css {css} B, quick exit {script} B, desk {desk} B");
    assert!(css <= 10_000, "{css}");
    for (place, _) in look::places() {
        assert!(weight::gzip(place) <= 1_500, "{}", weight::gzip(place));
    }
    assert!(script <= 1_000, "{script}");
    assert!(script + desk <= 4_000, "{script} + {desk}");
}
