//! The kinds of problem and their English sentences. `{name}` is an argument of the problem.

use serde::Serialize;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $key:literal : $text:literal,)*) => {
        /// A kind of problem. [`Code::key`] is stable and serves as a translation key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every kind, for tests of translations.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable key, in kebab-case.
            pub fn key(self) -> &'static str { match self { $(Self::$name => $key,)* } }

            /// The English sentence with `{arguments}`.
            pub fn english(self) -> &'static str { match self { $(Self::$name => $text,)* } }
        }
    };
}

codes! {
    /// A bound of [`crate::limits`] is passed.
    Limit = "limit": "Too large: {limit} may be at most {max}. Make it smaller or split the form.",
    /// Not a workbook.
    NotAWorkbook = "not-a-workbook": "This is not a readable .xlsx workbook ({reason}). Save it again as .xlsx.",
    /// A sheet is missing.
    MissingSheet = "missing-sheet": "The sheet «{sheet}» is missing. Add it.",
    /// A column is missing.
    MissingColumn = "missing-column": "The column «{column}» is missing. Add it to the first row.",
    /// A header is there twice.
    DuplicateColumn = "duplicate-column": "The column «{column}» is there twice. Keep one.",
    /// A column that is not used.
    IgnoredColumn = "ignored-column": "The column «{column}» is not used here. Nothing was read from it.",
    /// A column whose meaning would be lost.
    UnsupportedColumn = "unsupported-column": "The column «{column}» is not supported. Leave it empty.",
    /// A cell is empty.
    MissingValue = "missing-value": "The cell is empty. Write a {what}.",
    /// Not a valid name.
    BadName = "bad-name": "«{name}» cannot be a name. Start with a letter; use letters, digits, _ and -.",
    /// A name is used twice.
    DuplicateName = "duplicate-name": "The name «{name}» is used twice. Give one of them another name.",
    /// Unknown question type.
    UnknownType = "unknown-type": "The type «{type}» is not known. See the list of types in the manual.",
    /// Choice list missing.
    UnknownList = "unknown-list": "The choice list «{list}» is not in the sheet choices. Add it or correct the name.",
    /// Choice without its list, or select without list name.
    BadParameters = "bad-parameters": "«{value}» cannot be read. Write for example: start=0 end=10 step=1.",
    /// end without begin.
    UnexpectedEnd = "unexpected-end": "«{type}» closes nothing that is open. Remove it or add its beginning.",
    /// begin without end.
    UnclosedGroup = "unclosed-group": "The group «{name}» is not closed. Add its end row.",
    /// Not yes or no.
    BadFlag = "bad-flag": "«{value}» must be yes or no.",
    /// A link or markup was taken out of a text.
    LinkRemoved = "link-removed": "A link, picture or tag was taken out of the text. Forms cannot call outside.",
    /// The expression cannot be parsed.
    Expression = "expression": "The expression cannot be read at character {at}: {reason}.",
    /// Unknown function.
    UnknownFunction = "unknown-function": "The function {function}() is not supported here. Choose another way.",
    /// Wrong number of arguments.
    Arguments = "arguments": "{function}() takes another number of arguments: {expected}.",
    /// Reference to a field that does not exist.
    UnknownField = "unknown-field": "There is no field «{field}» in this form. Correct the name.",
    /// Predicate on a column that a list does not have.
    UnknownChoiceColumn = "unknown-choice-column": "The list «{list}» has no column «{column}». Correct the name.",
    /// A literal regular expression does not compile.
    BadRegex = "bad-regex": "The pattern «{pattern}» cannot be used: {reason}.",
    /// Skip logic or calculations in a circle.
    Cycle = "cycle": "These fields wait for one another: {fields}. Break the circle.",
    /// A calculation is missing.
    MissingCalculation = "missing-calculation": "«{name}» has nothing to calculate. Fill the column calculation.",
    /// No question at all.
    EmptyForm = "empty-form": "The form has no question. Add at least one row.",
    /// lint: required without why.
    RequiredWithoutWhy = "required-without-why": "«{name}» is required but does not say why in {language}. Fill the column why.",
    /// lint: sensitive without the three texts.
    SensitiveWithoutText = "sensitive-without-text": "«{name}» is sensitive. Fill the column {column} in {language}.",
    /// lint: asks for the story.
    ForcedNarrative = "forced-narrative": "«{name}» asks her to tell the facts («{words}»). Ask what she needs, or what was seen.",
    /// lint: banned word.
    BannedWord = "banned-word": "«{word}» is a word we do not use ({language}). {instead}",
    /// lint: text missing in a language.
    MissingTranslation = "missing-translation": "The text has no version in {language}. Fill the column.",
    /// lint: long sentence.
    LongSentence = "long-sentence": "A sentence has {words} words ({language}). Keep it to 20.",
}
