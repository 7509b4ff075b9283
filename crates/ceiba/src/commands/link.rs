//! `ceiba link`: the same people in one register, or in two.

use std::path::{Path, PathBuf};

use anyhow::Context;
use ceiba_linkage::{Language, Linked, Linker, Model, Nicknames, Settings};
use ceiba_programme::packs;

mod blind;
mod columns;
mod evaluate;
mod progress;
mod read;
mod used;
mod write;

use read::Register;

/// Find the same people in a register, or in two: likely pairs, and groups of one person each.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(flatten)]
    what: Option<Files>,
    /// Where to write likely pairs: `left_id`, `right_id`, probability, weight, explanation.
    #[arg(long, value_name = "CSV")]
    pairs: Option<PathBuf>,
    /// Where to write which records are of one person: `record_id`, `cluster_id`.
    #[arg(long, value_name = "CSV")]
    clusters: Option<PathBuf>,
    /// Write pairs whose own probability is at least this.
    #[arg(long, default_value_t = 0.05)]
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
struct Files {
    /// The register, as CSV with a heading line.
    people: PathBuf,
    /// A second register: only pairs with one record of each are looked for.
    #[arg(long, value_name = "CSV")]
    against: Option<PathBuf>,
    /// A saved model. When there is none yet, what is learnt is saved there.
    #[arg(long, value_name = "TOML")]
    model: Option<PathBuf>,
    /// The share of what is linked that must be right, as far as the model can tell.
    #[arg(long, default_value_t = 0.95)]
    threshold: f64,
    /// Which columns hold what: lines such as `given_names = "nombres"`.
    #[arg(long, value_name = "TOML")]
    map: Option<PathBuf>,
    /// Look at every pair, however long it takes; small registers are always looked at so.
    #[arg(long)]
    all: bool,
}

/// The country's tables of the linkage crate.
const COUNTRY: &str = "guatemala";

/// Registers, linked.
struct Done {
    linker: Linker,
    linked: Linked,
    register: Register,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let blind = match &args.other {
        Some(Other::Evaluate(args)) => return evaluate::run(args),
        Some(Other::Encode(args)) => Some(blind::encode::run(args)),
        Some(Other::Compare(args)) => Some(blind::compare::run(args)),
        Some(Other::Ask(args)) => Some(blind::consent::ask(args)),
        Some(Other::Answer(args)) => Some(blind::consent::answer(args)),
        None => None,
    };
    if let Some(done) = blind {
        // What cannot be read or does not belong together is the caller's to mend, like an argument that is wrong.
        return done.inspect_err(|error| {
            eprintln!("Error: {error:#}");
            std::process::exit(2);
        });
    }
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
    done.tell();
    Ok(())
}

impl Done {
    /// Says what should be known before anybody relies on it.
    fn tell(&self) {
        let provenance = &self.linked.model.provenance;
        for pass in &self.linked.report.blocks.passes {
            if pass.left_out > 0 {
                eprintln!("«{}»: {} blocks were too large and left to finer ones", pass.name, pass.left_out);
            }
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
        let columns = columns::Columns::read(self.map.as_deref())?;
        let saved = self.model.as_deref().filter(|path| path.exists()).map(model).transpose()?;
        let mut linker = Linker::new(self.settings()?);
        let mut register = Register::default();
        register.read(&self.people, &columns, truth, &mut |row, _, lot| linker.add(row, lot))?;
        if let Some(path) = &self.against {
            linker.against();
            register.second = Some(linker.len());
            register.read(path, &columns, truth, &mut |row, _, lot| linker.add(row, lot))?;
        }
        let mut progress = progress::Progress::default();
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

    fn settings(&self) -> anyhow::Result<Settings> {
        let nicknames = nicknames()?;
        let documents: Documents = toml::from_str(&text("documents.toml")?)?;
        let begin = Some(Model::from_toml(&text("begin.toml")?)?);
        Ok(Settings { nicknames, checks: documents.check, exhaustive: self.all, documents: true, begin })
    }
}

/// A file of the country's pack.
fn text(name: &str) -> anyhow::Result<String> {
    Ok(String::from_utf8(packs::bytes(&format!("{COUNTRY}/linkage/{name}"))?)?)
}

fn nicknames() -> anyhow::Result<Nicknames> {
    Ok(Nicknames::parse(&text("hypocoristics.txt")?)?)
}

/// How the country's documents carry check digits.
#[derive(serde::Deserialize)]
struct Documents {
    check: Vec<ceiba_linkage::CheckDigit>,
}

fn model(path: &Path) -> anyhow::Result<Model> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Model::from_toml(&text).with_context(|| path.display().to_string())
}
