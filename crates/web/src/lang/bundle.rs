//! The texts, read once from what was compiled in.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use super::{Lang, number};

/// A set of texts that threads may share.
pub(super) type Bundle = FluentBundle<FluentResource>;

#[derive(RustEmbed)]
#[folder = "../../packs/core/locales"]
struct Files;

static SPANISH: LazyLock<Bundle> = LazyLock::new(|| read(Lang::Es));
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| read(Lang::En));

pub(super) fn of(lang: Lang) -> &'static Bundle {
    match lang {
        Lang::Es => &SPANISH,
        Lang::En => &ENGLISH,
    }
}

/// A faulty file or a key given twice loses only the messages concerned; `tests/web/words.rs` finds the missing keys.
fn read(lang: Lang) -> Bundle {
    let tag = match lang {
        Lang::Es => "es-GT",
        Lang::En => "en",
    };
    let locale: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    // Invisible direction marks would end up in titles, CSV and searches; `<bdi>` does their work in pages.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(n) => {
            Some(number::decimal(n.value, n.options.maximum_fraction_digits.unwrap_or(0)))
        }
        _ => None,
    }));
    for path in Files::iter().filter(|path| path.split('/').next() == Some(lang.code())) {
        let Some(file) = Files::get(&path) else { continue };
        let text = String::from_utf8_lossy(&file.data).into_owned();
        let resource = FluentResource::try_new(text).unwrap_or_else(|(partial, _)| partial);
        // Err lists keys given twice; the first one stands.
        drop(bundle.add_resource(resource));
    }
    bundle
}
