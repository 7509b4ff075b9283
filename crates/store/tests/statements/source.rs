//! The statements in the source: string literals that begin like one, and `concat!` of such with our own macros.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A statement and where it stands.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its file.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// All source files, as tokens: what stands inside macros is seen as well.
pub struct Sources {
    files: Vec<(String, TokenStream)>,
    /// Macros without arguments, such as lists of columns.
    macros: BTreeMap<String, TokenStream>,
}

/// What differs between engines on purpose, and what is put together from the names of tables: every backup runs that.
const NOT_FOR_BOTH: [&str; 2] = ["store/src/dialect.rs", "store/src/dump.rs"];

const BEGINNINGS: [&str; 6] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "CREATE TABLE IF"];

impl Sources {
    /// Reads `crates/*/src`.
    pub fn read() -> Self {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut paths = Vec::new();
        for room in std::fs::read_dir(&crates).unwrap() {
            below(&room.unwrap().path().join("src"), &mut paths);
        }
        paths.sort();
        let mut all = Self { files: Vec::new(), macros: BTreeMap::new() };
        for path in paths {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(&crates).unwrap().display().to_string();
            let tokens: TokenStream = text.parse().unwrap_or_else(|e| panic!("{name}: {e}"));
            all.note_macros(&tokens);
            all.files.push((name, tokens));
        }
        all
    }

    /// Every statement.
    pub fn statements(&self) -> Vec<Statement> {
        let mut found = Vec::new();
        for (file, tokens) in self.files.iter().filter(|(file, _)| !NOT_FOR_BOTH.contains(&file.as_str())) {
            let mut texts = Vec::new();
            self.texts(tokens, &mut texts);
            let begins = |text: &String| BEGINNINGS.iter().any(|b| text.trim_start().starts_with(b));
            let new = texts.into_iter().filter(begins);
            found.extend(new.map(|text| Statement { file: file.clone(), text }));
        }
        found
    }

    /// What is handed to each `.sql(…)`, as tokens.
    pub fn arguments(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (file, tokens) in &self.files {
            let mut own = Vec::new();
            arguments(tokens, &mut own);
            found.extend(own.into_iter().map(|argument| (file.clone(), argument)));
        }
        found
    }

    fn texts(&self, tokens: &TokenStream, found: &mut Vec<String>) {
        let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let mut at = 0;
        while let Some(token) = all.get(at) {
            at += 1;
            match token {
                // A text in pieces counts as a whole.
                TokenTree::Ident(name) if name == "concat" && is_sign(all.get(at), '!') => {
                    if let Some(TokenTree::Group(pieces)) = all.get(at + 1) {
                        found.push(self.joined(&pieces.stream()));
                        at += 2;
                    }
                }
                TokenTree::Group(group) => self.texts(&group.stream(), found),
                TokenTree::Literal(literal) => found.extend(value(literal)),
                _ => {}
            }
        }
    }

    /// What `concat!` makes of its pieces.
    fn joined(&self, pieces: &TokenStream) -> String {
        let all: Vec<TokenTree> = pieces.clone().into_iter().collect();
        let mut text = String::new();
        for (n, token) in all.iter().enumerate() {
            match token {
                TokenTree::Literal(literal) => text.extend(value(literal)),
                TokenTree::Ident(name) if name == "concat" => {
                    if let Some(TokenTree::Group(pieces)) = all.get(n + 2) {
                        text.push_str(&self.joined(&pieces.stream()));
                    }
                }
                TokenTree::Ident(name) if is_sign(all.get(n + 1), '!') => {
                    let body =
                        self.macros.get(&name.to_string()).unwrap_or_else(|| panic!("what is {name}!?"));
                    text.push_str(&self.joined(body));
                }
                _ => {}
            }
        }
        text
    }

    /// `macro_rules! name { () => { … } }`
    fn note_macros(&mut self, tokens: &TokenStream) {
        let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
        for (n, token) in all.iter().enumerate() {
            match token {
                TokenTree::Ident(word) if word == "macro_rules" => {
                    let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(arms))) =
                        (all.get(n + 2), all.get(n + 3))
                    else {
                        continue;
                    };
                    let mut arms = arms.stream().into_iter();
                    let plain = matches!(arms.next(), Some(TokenTree::Group(g)) if g.stream().is_empty());
                    if let (true, Some(TokenTree::Group(body))) = (plain, arms.nth(2)) {
                        self.macros.insert(name.to_string(), body.stream());
                    }
                }
                TokenTree::Group(group) => self.note_macros(&group.stream()),
                _ => {}
            }
        }
    }
}

fn arguments(tokens: &TokenStream, found: &mut Vec<String>) {
    let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (n, token) in all.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            let named = matches!(all.get(n.wrapping_sub(1)), Some(TokenTree::Ident(name)) if name == "sql");
            let called = named
                && group.delimiter() == Delimiter::Parenthesis
                && is_sign(all.get(n.wrapping_sub(2)), '.');
            if called && !group.stream().is_empty() {
                found.push(group.stream().to_string().trim_end_matches(" ,").to_owned());
            }
            arguments(&group.stream(), found);
        }
    }
}

fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == sign)
}

/// The text of a string literal.
fn value(literal: &proc_macro2::Literal) -> Option<String> {
    syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}
