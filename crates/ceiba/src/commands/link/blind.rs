//! The blind exchange: encode, compare, and consent to unmask from both sides. Files only; nothing is sent.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use ceiba_linkage::blind::{Exchange, Kind, Mark, Sealed, hex, mark};
use zeroize::Zeroizing;

pub mod compare;
pub mod consent;
pub mod encode;

/// What two organisations agreed on.
#[derive(clap::Args)]
pub struct Between {
    /// The secret that both sides hold: 32 bytes or more, drawn by chance (`head -c 48 /dev/urandom | base64`).
    #[arg(long, value_name = "FILE")]
    secret_file: PathBuf,
    /// The name of this exchange, the same on both sides and another one every time.
    #[arg(long, value_name = "NAME")]
    exchange: String,
}

impl Between {
    fn keys(&self, kind: Kind) -> anyhow::Result<Exchange> {
        exchange(&self.secret_file, &self.exchange, kind)
    }
}

/// The keys of an exchange. Spaces and line ends around the secret do not count.
fn exchange(secret: &Path, name: &str, kind: Kind) -> anyhow::Result<Exchange> {
    let path = || secret.display().to_string();
    let bytes = Zeroizing::new(std::fs::read(secret).with_context(path)?);
    Exchange::new(bytes.trim_ascii(), name, kind).with_context(path)
}

fn sealed(path: &Path) -> anyhow::Result<Sealed> {
    let name = || path.display().to_string();
    Sealed::from_bytes(&std::fs::read(path).with_context(name)?).with_context(name)
}

/// Where the key to the marks of a file is: beside it.
fn marks_path(out: &Path) -> PathBuf {
    out.with_extension("marks.csv")
}

/// Writes which mark stands for which record, for nobody but its owner.
fn write_marks(path: &Path, marks: &[(Mark, Box<str>)]) -> anyhow::Result<()> {
    let mut file = csv::Writer::from_writer(vec![]);
    file.write_record(["mark", "record_id"])?;
    for (mark, id) in marks {
        file.write_record([&hex(mark), id.as_ref()])?;
    }
    crate::office::write_private(path, &file.into_inner()?)
}

/// Reads which mark stands for which record.
fn read_marks(path: &Path) -> anyhow::Result<HashMap<Mark, String>> {
    let name = || path.display().to_string();
    let mut reader = csv::Reader::from_path(path).with_context(name)?;
    let heading = reader.headers().with_context(name)?;
    ensure!(
        heading.iter().eq(["mark", "record_id"]),
        "{}: the columns mark and record_id are expected",
        name()
    );
    let mut marks = HashMap::new();
    for row in reader.records() {
        let row = row.with_context(name)?;
        let line = row.position().map_or(0, csv::Position::line);
        let Some(mark) = mark(&row[0]) else { bail!("{}, line {line}: this is no mark", name()) };
        marks.insert(mark, row[1].to_owned());
    }
    Ok(marks)
}
