//! Every part in every state, in both languages, through checks that need no browser.

use std::collections::BTreeSet;

use crate::pages;
use crate::support::markup::{self, Tag, tags};
use crate::support::weight;

#[test]
fn pages_are_whole() {
    for (name, html) in pages::all() {
        let body = markup::plain(&html);
        assert!(html.starts_with("<!DOCTYPE html><html lang="), "{name}");
        assert!(!body.contains('⟦'), "{name}: a text is missing");
        for tag in tags(&body) {
            assert!(tag.get("style").is_none(), "{name}: style= is blocked by the policy");
            assert!(
                !tag.names().any(|attribute| attribute.starts_with("on")),
                "{name}: inline handler in {}",
                tag.name
            );
        }
        assert_eq!(tags(&body).filter(|tag| tag.name == "h1").count(), 1, "{name}");
        assert_eq!(tags(&body).filter(|tag| tag.name == "main").count(), 1, "{name}");
        markup::nested(&body).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
    }
}

#[test]
fn every_control_has_its_label() {
    for (name, html) in pages::all() {
        let body = markup::plain(&html);
        let fors: BTreeSet<String> = tags(&body).filter_map(|tag| tag.get("for")).collect();
        let ids: Vec<String> = tags(&body).filter_map(|tag| tag.get("id")).collect();
        let unique: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: an id comes twice");
        assert!(fors.is_subset(&unique), "{name}: a label without control");
        let mut label = false;
        for tag in tags(&body) {
            match tag.name.as_str() {
                "label" => label = tag.get("for").is_none(),
                "/label" => label = false,
                "input" | "select" | "textarea" if tag.get("type").as_deref() != Some("hidden") => {
                    let named = label || tag.get("id").is_some_and(|id| fors.contains(&id));
                    assert!(named, "{name}: no label for {:?}", tag.get("name"));
                }
                _ => {}
            }
            for id in tag.get("aria-describedby").unwrap_or_default().split_whitespace() {
                assert!(unique.contains(id), "{name}: described by {id}, which is not there");
            }
            if let Some(anchor) = tag.get("href").as_deref().and_then(|href| href.strip_prefix('#')) {
                assert!(unique.contains(anchor), "{name}: link to #{anchor}, which is not there");
            }
        }
    }
}

#[test]
fn the_browser_keeps_nothing_that_was_typed() {
    for (name, html) in pages::all() {
        for tag in tags(&markup::plain(&html))
            .filter(|tag| ["input", "textarea", "select"].contains(&tag.name.as_str()))
        {
            let kind = tag.get("type").unwrap_or_default();
            let kept = ["hidden", "file"].contains(&kind.as_str())
                || tag.get("name").is_some_and(|n| n.ends_with("@answer"));
            assert!(kept || tag.get("autocomplete").is_some(), "{name}: {:?}", tag.get("name"));
        }
    }
}

#[test]
fn the_first_stops_are_skip_link_and_quick_exit() {
    for (name, html) in pages::all() {
        let stops: Vec<Tag> = tags(&markup::plain(&html)).filter(|tag| tag.name == "a").collect();
        assert_eq!(stops[0].get("href").as_deref(), Some("#main"), "{name}");
        let left = stops[1].get("href").as_deref() == Some("/salir-rapido");
        assert_eq!(left, name.starts_with("public") || name.starts_with("survivor"), "{name}");
        assert_eq!(html.contains("<script>"), left, "{name}: the script comes with quick exit only");
    }
}

#[test]
fn titles_are_neutral_and_name_nobody() {
    for (name, html) in pages::all() {
        let title = html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).unwrap().0;
        assert!(title.starts_with("Cuaderno · ") || title.starts_with("Notebook · "), "{name}: {title}");
        assert!(!title.contains("Luz") && !title.contains("Luc"), "{name}: {title}");
    }
}

#[test]
fn typed_text_is_escaped() {
    let all: String = pages::all().into_iter().map(|(_, html)| html).collect();
    assert!(all.contains("<bdi>Estrella &lt;del&gt; Mar</bdi>"));
    assert!(all.contains("Dos &lt;/textarea&gt;"));
    assert!(all.contains("value=\"Luz &quot;&lt;b&gt;&quot;\""));
}

#[test]
fn pages_fit_into_the_first_flight() {
    for (name, html) in pages::all() {
        let bytes = weight::gzip(&html);
        println!("{name} {bytes} B");
        assert!(bytes <= 14_000, "{name}: {bytes}");
    }
}
