//! What is wrong with the input, in one line, in the language of the machine (`LANG`): Spanish unless it is English.

use std::path::{Path, PathBuf};

/// What is wrong, and where.
#[derive(Debug)]
pub struct Wrong {
    file: Option<PathBuf>,
    line: Option<u64>,
    why: Why,
}

/// What is wrong.
#[derive(Debug)]
pub enum Why {
    Exists,
    Threshold,
    Unreadable(String),
    Unwritable(String),
    Heading,
    Columns { meant: usize, found: usize },
    Count(String),
    Empty(String),
    Twice(u64),
    NoRows,
    Total { stands: u64, sum: u64 },
    Hierarchy,
    Parents(String),
    Circle(String),
    Mixed(String),
    TooLarge(usize),
    Refused,
}

impl Wrong {
    pub fn at(file: &Path, line: Option<u64>, why: Why) -> Self {
        Self { file: Some(file.to_owned()), line, why }
    }

    pub const fn of(why: Why) -> Self {
        Self { file: None, line: None, why }
    }

    /// The sentence.
    pub fn say(&self, english: bool) -> String {
        let line = if english { "line" } else { "línea" };
        let place = match (&self.file, self.line) {
            (Some(file), Some(n)) => format!("{}, {line} {n}: ", file.display()),
            (Some(file), None) => format!("{}: ", file.display()),
            (None, _) => String::new(),
        };
        let (es, en) = self.why.both();
        format!("{place}{}", if english { en } else { es })
    }
}

impl Why {
    fn both(&self) -> (String, String) {
        let two = |es: &str, en: &str| (es.to_owned(), en.to_owned());
        match self {
            Self::Exists => two(
                "el archivo ya existe; escriba --overwrite para reemplazarlo",
                "the file exists; write --overwrite to replace it",
            ),
            Self::Threshold => two(
                "--threshold: se espera un número entero, 5 o más",
                "--threshold: a whole number is expected, 5 or more",
            ),
            Self::Unreadable(e) => (format!("no se puede leer ({e})"), format!("it cannot be read ({e})")),
            Self::Unwritable(e) => {
                (format!("no se puede escribir ({e})"), format!("it cannot be written ({e})"))
            }
            Self::Heading => two(
                "la primera línea debe nombrar columnas distintas y terminar en «count»",
                "the first line must name different columns and end with «count»",
            ),
            Self::Columns { meant, found } => (
                format!("se esperan {meant} columnas y hay {found}"),
                format!("{meant} columns are expected and there are {found}"),
            ),
            Self::Count(text) => (
                format!("«{text}» no es un número entero de personas"),
                format!("«{text}» is not a whole number of people"),
            ),
            Self::Empty(column) => {
                (format!("la columna «{column}» está vacía"), format!("the column «{column}» is empty"))
            }
            Self::Twice(first) => (
                format!("la misma fila está también en la línea {first}"),
                format!("the same row is also in line {first}"),
            ),
            Self::NoRows => two("no hay ninguna fila", "there is no row"),
            Self::Total { stands, sum } => (
                format!("el total es {stands}, pero sus partes suman {sum}"),
                format!("the total is {stands}, but its parts add up to {sum}"),
            ),
            Self::Hierarchy => two(
                "la primera línea debe ser «child,parent» o «column,child,parent»",
                "the first line must be «child,parent» or «column,child,parent»",
            ),
            Self::Parents(code) => {
                (format!("«{code}» está bajo dos códigos"), format!("«{code}» stands under two codes"))
            }
            Self::Circle(code) => {
                (format!("«{code}» está bajo sí mismo"), format!("«{code}» stands under itself"))
            }
            Self::Mixed(code) => (
                format!("no hay filas para las partes de «{code}»"),
                format!("there are no rows for the parts of «{code}»"),
            ),
            Self::TooLarge(most) => (
                format!("la tabla tiene más de {most} números con sus totales"),
                format!("the table has more than {most} numbers with its totals"),
            ),
            Self::Refused => two(
                "no se escribe nada: nuestro propio ataque descubriría números ocultos",
                "nothing is written: our own attack would find hidden numbers",
            ),
        }
    }
}

/// What was done, in one line.
pub fn done(
    english: bool,
    out: &Path,
    (primary, complementary): (usize, usize),
    (raised, protects_totals): (usize, bool),
) -> String {
    let out = out.display();
    let (mut es, mut en) = (String::new(), String::new());
    if raised > 0 {
        es.push_str(" La tabla subió de nivel: vea el archivo .json.");
        en.push_str(" The table went a level up: see the .json file.");
    }
    if !protects_totals {
        es.push_str(" No está protegida contra quien sepa los totales.");
        en.push_str(" It is not protected against whoever knows the totals.");
    }
    if english {
        format!(
            "{out}: {primary} hidden because they are few, {complementary} to protect those. The attack found nothing.{en}"
        )
    } else {
        format!(
            "{out}: {primary} ocultos por ser pocos, {complementary} para protegerlos. El ataque no encontró nada.{es}"
        )
    }
}

/// Whether the machine speaks English.
pub fn is_english() -> bool {
    std::env::var_os("LANG").is_some_and(|lang| lang.to_string_lossy().starts_with("en"))
}
