//! A tagged PDF as every paper begins and ends it: PDF 1.7, PDF/UA-1, with no date and no author, so that the same paper gives the same bytes.

use std::collections::BTreeMap;

use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::metadata::Metadata;
use krilla::outline::Outline;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Identifier, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};

/// What is drawn, by the part that it belongs to.
pub(crate) type Marked = BTreeMap<usize, Vec<Identifier>>;

/// A paper that is being written.
pub(crate) struct Tagged {
    document: Document,
    language: String,
}

impl Tagged {
    /// Begins a paper by its title and language (BCP 47). Says why the library refuses it.
    pub(crate) fn begin(title: &str, language: &str) -> Result<Self, String> {
        let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
        let configuration = configuration.finish().map_err(|e| format!("{e:?}"))?;
        let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
        let mut document = Document::new_with(settings);
        document.set_metadata(Metadata::new().title(title.to_owned()).language(language.to_owned()));
        Ok(Self { document, language: language.to_owned() })
    }

    /// Adds a page of a width and height in points.
    pub(crate) fn page(
        &mut self,
        (wide, high): (f32, f32),
        draw: impl FnOnce(&mut Surface<'_>),
    ) -> Result<(), String> {
        let size = PageSettings::from_wh(wide, high).ok_or("a page without a size")?;
        let mut page = self.document.start_page_with(size);
        let mut surface = page.surface();
        draw(&mut surface);
        surface.finish();
        page.finish();
        Ok(())
    }

    /// Ends it: its headings, and the tree that a screen reader reads.
    pub(crate) fn end(mut self, outline: Outline, tree: TagTree) -> Result<Vec<u8>, String> {
        self.document.set_outline(outline);
        self.document.set_tag_tree(tree.with_lang(Some(self.language)));
        self.document.finish().map_err(|e| format!("{e:?}"))
    }
}

/// A part with everything that was drawn of it.
pub(crate) fn leaf(mut group: TagGroup, part: usize, marked: &mut Marked) -> TagGroup {
    for id in marked.remove(&part).unwrap_or_default() {
        group.push(id);
    }
    group
}
