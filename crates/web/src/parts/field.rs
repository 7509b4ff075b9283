//! A question: what all controls have in common.

/// What surrounds a control. Everything but name and label may be left out.
///
/// By default a field counts as sensitive: the browser neither remembers nor spell-checks it, since
/// Chromium writes unsent text to its session files otherwise.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) known: Option<String>,
    pub(super) value: String,
    pub(super) error: Option<String>,
    pub(super) why: Option<Why>,
    pub(super) must: Option<String>,
    pub(super) special: Option<Option<Special>>,
    pub(super) autocomplete: Option<&'static str>,
    pub(super) spelled: bool,
    pub(super) unit: Option<String>,
    pub(super) rows: Option<u8>,
    pub(super) id: Option<String>,
}

/// The three things a sensitive question owes to the person asked.
#[derive(Clone, Debug)]
pub struct Why {
    /// What the answer is for.
    pub why: String,
    /// Who will see it.
    pub who: String,
    /// What happens when it stays empty.
    pub if_not: String,
}

/// An answer that is no value. Posted as `name@answer`, as `ceiba_forms` reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// «Prefiere no decir».
    Declined,
    /// «No se preguntó».
    NotAsked,
}

impl Special {
    /// The value in the post: `declined` or `not_asked`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::NotAsked => "not_asked",
        }
    }
}

impl Field {
    /// A field with its name in the post and its label.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    /// One line that helps to answer.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Where the answer comes from when it is known already: «dicho a la trabajadora social, 12 may».
    pub fn known(mut self, source: impl Into<String>) -> Self {
        self.known = Some(source.into());
        self
    }

    /// What was answered before, or was typed when there was an error.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// What is wrong and what to do; see [`Problems::of`](super::Problems::of).
    pub fn error(mut self, error: impl Into<Option<String>>) -> Self {
        self.error = error.into();
        self
    }

    /// Why it is asked, folded under the control.
    pub fn why(mut self, why: impl Into<Option<Why>>) -> Self {
        self.why = why.into();
        self
    }

    /// The rare field that must be filled, with the reason in words.
    pub fn must(mut self, reason: impl Into<String>) -> Self {
        self.must = Some(reason.into());
        self
    }

    /// Offers «Prefiere no decir» and «No se preguntó», one of them chosen or none.
    pub fn special(mut self, chosen: Option<Special>) -> Self {
        self.special = Some(chosen);
        self
    }

    /// Lets the browser fill it (`username`, `current-password`, `one-time-code`): never for a person's data.
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// Lets the browser check the spelling: for texts that name nobody.
    pub fn spelled(mut self) -> Self {
        self.spelled = true;
        self
    }

    /// What a number counts, behind it: «días», «Q».
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// The height of a text area in lines; 5 when not given.
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = Some(rows);
        self
    }

    /// Another id than that of the name, for a page with the same field in two forms.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The id of the control, which the error summary links to.
    pub(super) fn dom_id(&self) -> String {
        self.id.clone().unwrap_or_else(|| dom_id(&self.name))
    }
}

/// The id of the control with this name in the post.
pub(super) fn dom_id(name: &str) -> String {
    format!("f-{}", name.replace(char::is_whitespace, "-"))
}
