//! The parsed expression. Chains are flat, so that its depth is bounded by the parser's depth and not
//! by the length of the source: `a+a+…+a` of 64 KiB must not overflow the stack when dropped.

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    /// A literal number.
    Number(f64),
    /// A literal text.
    Text(String),
    /// A place in the form or in a choice list.
    Path(Path),
    /// A function with its arguments; the name is one of [`super::signatures`].
    Call(&'static str, Vec<Expr>),
    /// Operators of one level of precedence, applied from the left.
    Chain(Box<Expr>, Vec<(Op, Expr)>),
    /// Unary minus.
    Negate(Box<Expr>),
}

/// Binary operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Union,
}

/// A path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path {
    /// Where it begins.
    pub start: Start,
    /// What follows.
    pub steps: Vec<Step>,
}

/// Where a path begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Start {
    /// `/`: above the form's `data` element.
    Root,
    /// The context node.
    Here,
    /// `current()`: the question whose expression this is.
    Current,
    /// `instance('list')`.
    List(String),
    /// `${name}`.
    Field(String),
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    /// `.`
    Same,
    /// `..`
    Parent,
    /// `name[predicate]…`; `None` is `*`.
    Child(Option<String>, Vec<Expr>),
}
