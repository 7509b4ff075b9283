//! `ceiba closing`: what must move in a day when a grant ends.

use std::path::PathBuf;

use ceiba_programme::closing;
use uuid::Uuid;

use crate::config::Config;
use crate::office;

/// List what must move when a grant ends: accounts, keys, backups, training, posts, data. It is what a director sees at /cierre;
/// what she decided is noted there. No names of survivors.
#[derive(clap::Args)]
pub struct Args {
    /// The configuration file.
    #[arg(long, default_value = "ceiba.toml")]
    config: PathBuf,
    /// Print the closed files by code as well, for whoever archives or destroys by list.
    #[arg(long)]
    list: bool,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let config = Config::read(&args.config)?;
    let (p, _) = office::open(&config).await?;
    let mut tx = p.store.db.read().await?;
    let all = closing::list(&p, &mut tx, Uuid::nil()).await?;
    drop(tx);
    let words = ceiba_web::Lang::En.words();
    for t in &all.things {
        let mark = if t.done { "done " } else { "TO DO" };
        let text = words.with(&format!("ending-{}", t.code), &[("n", t.n.into()), ("of", t.of.into())]);
        let choice = t.choice.as_ref().map(|(code, _)| p.pack.lists.name(t.list, code, "en").unwrap_or(code));
        println!("  {mark}  {}: {text} {}", t.part, choice.unwrap_or_default());
    }
    for post in &all.posts {
        println!("  {}: {} open cases, {} alerts", post.name, post.cases, post.alerts);
    }
    println!("  {} closed files are held for a court and are not destroyed", all.held);
    if args.list {
        for (code, day) in &all.closed {
            println!("{code}\t{day}");
        }
    }
    let left = all.things.iter().filter(|t| !t.done).count();
    if left > 0 {
        anyhow::bail!("{left} of {} are left", all.things.len());
    }
    Ok(())
}
