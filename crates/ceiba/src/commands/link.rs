//! `ceiba link`: the same people in one register, or in two.

use std::path::{Path, PathBuf};

use anyhow::Context;
use ceiba_linkage::{Language, Linked, Linker, Model};
use ceiba_programme::packs::Linkage;

mod blind;
mod columns;
mod evaluate;
mod filled;
mod progress;
mod read;
mod rows;
mod used;
mod write;

use read::Register;

/// Find the same people in a register, or in two: likely pairs, and groups of one person each.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(flatten)]
    what: Option<Files>,
    /// Where to write likely pairs: `left_id`, `right_id`, the probability of the pair by itself, weight, explanation.
    #[arg(long, value_name = "CSV")]
    pairs: Option<PathBuf>,
    /// Where to write which records are of one person: `record_id`, `cluster_id`.
    #[arg(long, value_name = "CSV")]
    clusters: Option<PathBuf>,
    /// Write pairs whose own probability is at least this.
    #[arg(long, default_value_t = 0.05, value_parser = share)]
    least: f64,
    /// The language of explanations: es or en.
    #[arg(long, default_value = "es")]
    language: String,
    /// Do something else with registers.
    #[command(subcommand)]
    other: Option<Other>,
}

#[derive(clap::Subcommand)]
enum Other {
    /// Link a register whose truth is known, and say how right it is and what it took.
    Evaluate(evaluate::Args),
    /// Turn a register into a file that another organisation can compare with theirs, without a name in it.
    Encode(blind::encode::Args),
    /// Say which marks of two files of one exchange are alike. No secret is needed for that.
    Compare(blind::compare::Args),
    /// List the marks that we agree to unmask, and why, for the other side.
    Ask(blind::consent::Ask),
    /// Of the marks that both sides list, write which of our records they are.
    Answer(blind::consent::Answer),
}

/// What is linked, and how.
#[derive(clap::Args)]
#[group(args = ["people"])]
struct Files {
    /// The register, as CSV with a heading line.
    people: PathBuf,
    /// A second register: only pairs with one record of each are looked for.
    #[arg(long, value_name = "CSV")]
    against: Option<PathBuf>,
    /// A saved model. When there is none yet, what is learnt is saved there.
    #[arg(long, value_name = "TOML")]
    model: Option<PathBuf>,
    /// The share of what is linked that must be right, as far as the model can tell: 0 to 1.
    #[arg(long, default_value_t = 0.95, value_parser = share)]
    threshold: f64,
    #[command(flatten)]
    reading: Reading,
    /// Look at every pair, however long it takes; small registers are always looked at so.
    #[arg(long)]
    all: bool,
}

/// How registers are read.
#[derive(clap::Args)]
struct Reading {
    /// Which columns hold what: lines such as `given_names = "nombres"`; `date_order = "day-first"` for dates such as 7/3/2010.
    #[arg(long, value_name = "TOML")]
    map: Option<PathBuf>,
    #[command(flatten)]
    written: rows::Written,
    /// The country whose names and documents are known: a folder of the packs.
    #[arg(long, value_name = "COUNTRY", default_value = "guatemala")]
    country: String,
}

impl Reading {
    fn columns(&self) -> anyhow::Result<columns::Columns> {
        columns::Columns::read(self.map.as_deref())
    }

    fn country(&self) -> anyhow::Result<Linkage> {
        Linkage::of(&self.country).with_context(|| format!("--country {}", self.country))
    }
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a number from 0 to 1 is expected, such as 0.95".to_owned())
}

/// Registers, linked.
struct Done {
    linker: Linker,
    linked: Linked,
    register: Register,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    // What cannot be read or does not belong together is the caller's to mend, like an argument that is wrong.
    does(args).inspect_err(|error| {
        eprintln!("Error: {error:#}");
        std::process::exit(2);
    })
}

fn does(args: Args) -> anyhow::Result<()> {
    match &args.other {
        Some(Other::Evaluate(args)) => evaluate::run(args),
        Some(Other::Encode(args)) => blind::encode::run(args),
        Some(Other::Compare(args)) => blind::compare::run(args),
        Some(Other::Ask(args)) => blind::consent::ask(args),
        Some(Other::Answer(args)) => blind::consent::answer(args),
        None => link(args),
    }
}

fn link(args: Args) -> anyhow::Result<()> {
    let files = args.what.context("a register is expected")?;
    let language = match args.language.as_str() {
        "en" => Language::English,
        "es" => Language::Spanish,
        other => anyhow::bail!("--language {other}: es or en is expected"),
    };
    let done = files.link(None)?;
    if let Some(path) = &args.pairs {
        write::pairs(path, &done, args.least, language)?;
    }
    if let Some(path) = &args.clusters {
        write::clusters(path, &done, files.threshold)?;
    }
    let above = done.linked.pairs.iter().filter(|pair| pair.probability >= files.threshold).count();
    println!(
        "{} records, {} pairs compared, {above} linked at {}.",
        done.linker.len(),
        done.linked.report.compared,
        files.threshold
    );
    if done.register.left_out > 0 {
        println!("{} rows left out.", done.register.left_out);
    }
    done.tell(files.threshold);
    Ok(())
}

impl Done {
    /// The probability, by itself, of the least likely pair that is linked.
    fn floor(&self, threshold: f64) -> Option<f64> {
        let linked = self.linked.pairs.partition_point(|pair| pair.probability >= threshold);
        Some(self.linked.pairs.get(linked.checked_sub(1)?)?.alone)
    }

    /// Says what should be known before anybody relies on it.
    fn tell(&self, threshold: f64) {
        if let Some(floor) = self.floor(threshold) {
            println!("The least likely pair of what is linked has a probability of {floor:.4} by itself.");
        }
        let provenance = &self.linked.model.provenance;
        for pass in &self.linked.report.blocks.passes {
            let (name, pairs, largest) = (pass.name, pass.pairs, pass.largest);
            let finer = match pass.left_out {
                0 => String::new(),
                n => format!("; {n} larger ones left to finer passes"),
            };
            println!("«{name}»: {pairs} pairs, {largest} records in the largest block{finer}");
        }
        if self.linked.report.nobodys > 0 {
            let nobodys = self.linked.report.nobodys;
            eprintln!(
                "{nobodys} numbers of documents are held by people who are called nothing alike: they were read as none"
            );
        }
        let unreached = self.linked.report.blocks.unreached;
        if unreached > 0 {
            eprintln!("{unreached} records share a block with no other and were compared with none");
        }
        provenance.doubts.iter().for_each(|doubt| eprintln!("in doubt: {doubt}"));
    }
}

impl Files {
    /// Reads, learns unless there is a model, and links. `truth` is a column to be kept.
    fn link(&self, truth: Option<&str>) -> anyhow::Result<Done> {
        let columns = self.reading.columns()?;
        let how = (&columns, self.reading.written);
        let saved = self.model.as_deref().filter(|path| path.exists()).map(model).transpose()?;
        let mut linker = Linker::new(self.reading.country()?.settings(self.all));
        let mut register = Register::default();
        register.read(&self.people, how, truth, &mut |row, _, lot| linker.add(row, lot))?;
        if let Some(path) = &self.against {
            linker.against();
            register.second = Some(linker.len());
            register.read(path, how, truth, &mut |row, _, lot| linker.add(row, lot))?;
        }
        let mut progress = progress::Progress::of(linker.len(), self.all);
        let linked = linker.link(saved.as_ref(), &mut |stage, done, of| progress.show(stage, done, of));
        if let (None, Some(path)) = (saved, &self.model) {
            let mut learnt = linked.model.clone();
            learnt.provenance.source = self.people.display().to_string();
            learnt.provenance.date = register.newest.clone();
            std::fs::write(path, learnt.to_toml()?).with_context(|| path.display().to_string())?;
            eprintln!("the model is saved in {}", path.display());
        }
        Ok(Done { linker, linked, register })
    }
}

fn model(path: &Path) -> anyhow::Result<Model> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Model::from_toml(&text).with_context(|| path.display().to_string())
}
