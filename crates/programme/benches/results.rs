//! How long a report of a year takes over a million facts, beside the same questions as plain SQL. See README.md.

#![expect(clippy::disallowed_methods, reason = "it measures; nothing that is shipped reads a clock")]
#[path = "results/build.rs"]
mod build;
#[path = "results/plain.rs"]
mod plain;

use std::path::PathBuf;
use std::time::Instant;

use ceiba_programme::results::compute;
use ceiba_programme::results::frozen::Period;
use ceiba_store::{Db, SystemClock};
use clap::Parser;

/// Builds facts (once; they are kept) and makes a report of all of them.
#[derive(Parser)]
struct Cli {
    /// How many facts, all in one year.
    #[arg(long, default_value_t = 1_000_000)]
    facts: u32,
    /// How often.
    #[arg(long, default_value_t = 7)]
    times: usize,
    /// What `cargo bench` adds.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("results-{}", cli.facts));
    if !folder.join("built").exists() {
        let began = Instant::now();
        build::run(&folder, cli.facts).await?;
        println!("built in {:.0} s", began.elapsed().as_secs_f64());
    }
    let size = std::fs::metadata(folder.join("ceiba.sqlite"))?.len();
    let p = build::programme(Db::sqlite(&folder).await?, std::sync::Arc::new(SystemClock))?;
    let framework = build::framework(&p);
    let period = Period { code: "2026".into(), from: build::FROM.into(), to: build::TO.into() };
    let (mut ours, mut theirs, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    let mut figures = 0;
    let mut cells = 0;
    // Alternating, so that whatever else the machine does falls on both alike.
    for _ in 0..cli.times {
        let began = Began::now();
        let frozen = compute::over(&p, &framework, period.clone()).await?;
        ours.push(began.end());
        figures = frozen.figures.len();
        cells = frozen.figures.iter().flat_map(|f| &f.tables).flat_map(|t| &t.cells).map(Vec::len).sum();
        let began = Began::now();
        plain::all(&folder, &p.pack.results, 3).await?;
        theirs.push(began.end());
    }
    for _ in 0..3 {
        let began = Began::now();
        plain::all(&folder, &p.pack.results, 1).await?;
        alone.push(began.end());
    }
    let (ours, theirs, alone) = (middle(ours), middle(theirs), middle(alone));
    println!("{} facts, {} MB, {figures} figures, {cells} cells of tables", cli.facts, size >> 20);
    println!("report: {ours}; plain SQL on three connections {theirs}, on one {alone}");
    println!(
        "ratio {:.2}, of processor time {:.2}",
        ours.clock / theirs.clock,
        ours.processor / theirs.processor
    );
    Ok(())
}

/// How long something took, in seconds: by the clock on the wall, which other work makes longer, and of processors.
#[derive(Clone, Copy)]
struct Took {
    clock: f64,
    processor: f64,
}

/// When something began, by both.
struct Began(Instant, f64);

impl Began {
    fn now() -> Self {
        Self(Instant::now(), processor())
    }

    fn end(&self) -> Took {
        Took { clock: self.0.elapsed().as_secs_f64(), processor: processor() - self.1 }
    }
}

fn processor() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

impl std::fmt::Display for Took {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} s ({:.2} s of processors)", self.clock, self.processor)
    }
}

/// The middle of each.
fn middle(all: Vec<Took>) -> Took {
    let of = |value: fn(&Took) -> f64| {
        let mut all: Vec<f64> = all.iter().map(value).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    Took { clock: of(|t| t.clock), processor: of(|t| t.processor) }
}
