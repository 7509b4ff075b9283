//! How long pages take on a programme of a size, beside the bare engine on the same file. See README.md.

#[path = "pages/bare.rs"]
mod bare;
#[path = "pages/build.rs"]
mod build;
#[path = "pages/cast.rs"]
mod cast;
#[path = "pages/desk.rs"]
mod desk;
#[path = "pages/measure.rs"]
mod measure;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, ensure};
use ceiba_store::Db;
use clap::Parser;
use measure::{Times, now, resident};

/// Builds a programme of this size (once; it is kept) and measures its pages.
#[derive(Parser)]
struct Cli {
    /// How many people, each with a case.
    #[arg(long, default_value_t = 10_000)]
    people: u32,
    /// How many facts.
    #[arg(long, default_value_t = 100_000)]
    facts: u32,
    /// A hundred thousand people, a million facts.
    #[arg(long)]
    full: bool,
    /// How often each page is asked for.
    #[arg(long, default_value_t = 300)]
    times: usize,
    /// Only build; the measuring process then starts with clean memory.
    #[arg(long, hide = true)]
    build: bool,
    /// What `cargo bench` adds.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let (people, facts) = if cli.full { (100_000, 1_000_000) } else { (cli.people, cli.facts) };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("pages-{people}-{facts}"));
    if cli.build {
        return build::run(&folder, people, facts).await;
    }
    if !folder.join("built").exists() {
        let size =
            ["--build", "--people", &people.to_string(), "--facts", &facts.to_string()].map(str::to_owned);
        let began = now();
        let built = Command::new(std::env::current_exe()?).args(size).status()?;
        ensure!(built.success(), "the programme could not be built");
        println!("built in {:.0} s", began.elapsed().as_secs_f64());
    }
    let size = std::fs::metadata(folder.join("ceiba.sqlite"))?.len();
    println!("{people} people, {facts} facts, {} MB\n", size >> 20);

    let began = now();
    let desk = desk::Desk::open(Db::sqlite(&folder).await?).await?;
    println!("opening the office (index of names): {:.1} s", began.elapsed().as_secs_f64());
    println!("resident memory, idle: {} MB\n", resident()? >> 10);

    let mut bare = bare::Bare::open(&folder, &desk).await.context("the bare engine")?;
    println!(
        "{:<16}{:>9}{:>9}{:>9}   {:>9}{:>9}{:>9}   {:>6}",
        "milliseconds", "p50", "p95", "p99", "bare p50", "p95", "p99", "ratio"
    );
    let n = cli.times;
    // Alternating, so that whatever else the machine does falls on both alike.
    let (mut a, mut b) = (Times::default(), Times::default());
    for i in 0..n {
        a.take(desk.case(i)).await?;
        b.take(bare.case(i)).await?;
    }
    measure::line("open a file", &a, &b);
    let (mut a, mut b) = (Times::default(), Times::default());
    for i in 0..n {
        a.take(desk.note(i)).await?;
        b.take(bare.note(i)).await?;
    }
    measure::line("save a note", &a, &b);
    let (mut a, mut b) = (Times::default(), Times::default());
    for i in 0..n {
        a.take(desk.today(i)).await?;
        b.take(bare.today(i)).await?;
    }
    measure::line("today", &a, &b);
    let (mut a, mut b) = (Times::default(), Times::default());
    for i in 0..n {
        a.take(desk.search(i)).await?;
        b.take(bare.search(i)).await?;
    }
    measure::line("search a name", &a, &b);
    let (mut a, mut b) = (Times::default(), Times::default());
    for i in 0..n {
        a.take(desk.board(i)).await?;
        b.take(bare.board()).await?;
    }
    measure::line("triage board", &a, &b);
    println!("\nresident memory after {} pages: {} MB", 5 * n, resident()? >> 10);
    desk.tell_what_is_missing().await
}
