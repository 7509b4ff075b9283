//! The blind exchange: encode, compare, and consent to unmask from both sides. Files only; nothing is sent.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use ceiba_linkage::blind::{Exchange, Kind, Mark, Sealed, hex, mark};
use zeroize::Zeroizing;

use super::rows::{Rows, Written};

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

/// Where the key to the marks of a file is: beside it, under its whole name.
fn marks_path(out: &Path) -> PathBuf {
    let mut path = out.as_os_str().to_owned();
    path.push(".marks.csv");
    path.into()
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
    let rows = Rows::open(path, Written::default())?;
    ensure!(
        rows.heading().iter().eq(["mark", "record_id"]),
        "{}: the columns mark and record_id are expected",
        name()
    );
    let mut marks = HashMap::new();
    rows.each(|row, _| {
        let mark = mark(&row[0]).ok_or("this is no mark")?;
        marks.insert(mark, row[1].to_owned());
        Ok(())
    })?;
    Ok(marks)
}
