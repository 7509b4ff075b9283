//! `ceiba link encode`: a register as a file without a name in it.

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::Context;
use ceiba_linkage::blind::{Contact, Encoder, Kind, Mark, Sealed};

use super::{Between, marks_path, write_marks};
use crate::commands::link::Reading;
use crate::commands::link::read::Register;
use crate::commands::link::rows::Rows;

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
    /// Write over marks that are there already. A file that was handed over with them can then be unmasked by nobody.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    reading: Reading,
    /// The file holds phones, plates and handles instead of people: columns `record_id`, `kind`, `value`.
    #[arg(long, conflicts_with = "map")]
    contacts: bool,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let path = args.marks.clone().unwrap_or_else(|| marks_path(&args.out));
    anyhow::ensure!(
        args.replace || !path.exists(),
        "{} is there already: it alone says who is who in a file that may have been handed over. --replace writes over it",
        path.display()
    );
    let mut marks = Marks { chance: crate::office::chance()?, known: vec![] };
    let (sealed, left_out) =
        if args.contacts { contacts(args, &mut marks)? } else { people(args, &mut marks)? };
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
    let mut encoder = Encoder::new(exchange.clone(), args.reading.country()?.nicknames());
    let mut entries = vec![];
    let mut scant = 0;
    let mut register = Register::default();
    let columns = args.reading.columns()?;
    register.read(&args.people, (&columns, args.reading.written), None, &mut |row, id, _| {
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
    let rows = Rows::open(&args.people, args.reading.written)?;
    let (id, kind, value) = (rows.place("record_id")?, rows.place("kind")?, rows.place("value")?);
    let (mut entries, mut known) = (vec![], HashSet::new());
    let tally = rows.each(|row, _| {
        let [id, kind, value] = [id, kind, value].map(|at| row[at].trim());
        if id.is_empty() {
            return Err("it has no id");
        }
        let (mark, contact) =
            (marks.draw(), Contact::parse(kind).ok_or("its kind is not phone, plate or handle")?);
        let prints = contact.fingerprints(value, &exchange, &mark).ok_or("there is too little of it")?;
        if !known.insert([id, kind, value].map(str::to_owned)) {
            return Err("it was there before");
        }
        marks.known.push((mark, id.into()));
        entries.push((mark, prints));
        Ok(())
    })?;
    Ok((Sealed::contacts(&exchange, entries), tally.left_out))
}
