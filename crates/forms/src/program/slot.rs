//! The columns of a row that hold expressions.

use crate::form::Item;

/// A column with an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Relevant,
    Calculation,
    Constraint,
    Required,
    ChoiceFilter,
    Sign,
    Default,
}

impl Slot {
    pub(crate) const COUNT: usize = 7;
    pub(crate) const ALL: [Self; Self::COUNT] = [
        Self::Relevant,
        Self::Calculation,
        Self::Constraint,
        Self::Required,
        Self::ChoiceFilter,
        Self::Sign,
        Self::Default,
    ];

    /// Header of the column.
    pub(crate) fn column(self) -> &'static str {
        match self {
            Self::Relevant => "relevant",
            Self::Calculation => "calculation",
            Self::Constraint => "constraint",
            Self::Required => "required",
            Self::ChoiceFilter => "choice_filter",
            Self::Sign => "sign",
            Self::Default => "default",
        }
    }

    /// The source of an item; a literal default is none.
    pub(crate) fn source(self, item: &Item) -> Option<&str> {
        let source = match self {
            Self::Relevant => &item.relevant,
            Self::Calculation => &item.calculation,
            Self::Constraint => &item.constraint,
            Self::Required => &item.required,
            Self::ChoiceFilter => &item.choice_filter,
            Self::Sign => &item.sign,
            Self::Default => &item.default,
        };
        source.as_deref().filter(|text| self != Self::Default || is_formula(text))
    }
}

/// A default with a call or a reference is a formula; `12-05` and `a+b` are texts.
pub(crate) fn is_formula(default: &str) -> bool {
    default.contains("${") || (default.contains('(') && default.trim_end().ends_with(')'))
}
