//! `ceiba link encode`: a register as a file without a name in it.

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::Context;
use ceiba_linkage::blind::{Contact, Encoder, Kind, Mark, Sealed};

use super::{Between, marks_path, write_marks};
use crate::commands::link::columns::Columns;
use crate::commands::link::nicknames;
use crate::commands::link::read::Register;

/// Turn a register into a file that another organisation can compare with theirs, without a name in it.
#[derive(clap::Args)]
pub struct Args {
    /// The register, as CSV with a heading line.
    people: PathBuf,
    #[command(flatten)]
    between: Between,
    /// The file to hand over.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Where to write which mark stands for which record. This stays at home. Beside the file when left out.
    #[arg(long, value_name = "CSV")]
    marks: Option<PathBuf>,
    /// Which columns hold what: lines such as `given_names = "nombres"`.
    #[arg(long, value_name = "TOML")]
    map: Option<PathBuf>,
    /// The file holds phones, plates and handles instead of people: columns `record_id`, `kind`, `value`.
    #[arg(long, conflicts_with = "map")]
    contacts: bool,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let mut marks = Marks { chance: crate::office::chance()?, known: vec![] };
    let (sealed, left_out) =
        if args.contacts { contacts(args, &mut marks)? } else { people(args, &mut marks)? };
    let path = args.marks.clone().unwrap_or_else(|| marks_path(&args.out));
    // The marks first: a file whose marks nobody can read is of no use, marks without a file harm nobody.
    marks.known.sort_unstable();
    write_marks(&path, &marks.known)?;
    std::fs::write(&args.out, sealed.to_bytes()).with_context(|| args.out.display().to_string())?;
    println!("{} records encoded, {left_out} left out.", sealed.marks().len());
    println!("To hand over: {}", args.out.display());
    println!("Stays at home, with the secret: {}", path.display());
    Ok(())
}

/// Draws marks and remembers what they stand for.
struct Marks {
    chance: std::sync::Arc<ceiba_store::Chance>,
    known: Vec<(Mark, Box<str>)>,
}

impl Marks {
    fn draw(&self) -> Mark {
        self.chance.bytes()
    }
}

fn people(args: &Args, marks: &mut Marks) -> anyhow::Result<(Sealed, usize)> {
    let exchange = args.between.keys(Kind::People)?;
    let mut encoder = Encoder::new(exchange.clone(), nicknames()?);
    let mut entries = vec![];
    let mut scant = 0;
    let mut register = Register::default();
    register.read(&args.people, &Columns::read(args.map.as_deref())?, None, &mut |row, id, _| {
        let mark = marks.draw();
        match encoder.person(row, &mark) {
            Some(code) => {
                marks.known.push((mark, id.into()));
                entries.push((mark, code));
            }
            None => scant += 1,
        }
    })?;
    if scant > 0 {
        eprintln!("{scant} records say too little of a person to recognise her, and were left out");
    }
    Ok((Sealed::people(&exchange, encoder.tables(), entries), register.left_out + scant))
}

fn contacts(args: &Args, marks: &mut Marks) -> anyhow::Result<(Sealed, usize)> {
    let exchange = args.between.keys(Kind::Contacts)?;
    let name = || args.people.display().to_string();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(&args.people).with_context(name)?;
    let heading = reader.headers().with_context(name)?.clone();
    let place = |column: &str| {
        let at = heading.iter().position(|name| name.trim() == column);
        at.with_context(|| format!("{}: there is no column «{column}»", name()))
    };
    let (id, kind, value) = (place("record_id")?, place("kind")?, place("value")?);
    let (mut entries, mut left_out, mut known) = (vec![], 0, HashSet::new());
    for row in reader.records() {
        let row = row.with_context(name)?;
        let field = |at: usize| row.get(at).unwrap_or_default().trim();
        let mark = marks.draw();
        let contact = Contact::parse(field(kind));
        let why = match contact.map(|contact| contact.fingerprints(field(value), &exchange, &mark)) {
            _ if field(id).is_empty() => "it has no id",
            None => "its kind is not phone, plate or handle",
            Some(None) => "there is too little of it",
            Some(Some(prints)) if known.insert([id, kind, value].map(|at| field(at).to_owned())) => {
                marks.known.push((mark, field(id).into()));
                entries.push((mark, prints));
                continue;
            }
            Some(Some(_)) => "it was there before",
        };
        left_out += 1;
        let line = row.position().map_or(0, csv::Position::line);
        eprintln!("{}, line {line}, left out: {why}", name());
    }
    Ok((Sealed::contacts(&exchange, entries), left_out))
}
