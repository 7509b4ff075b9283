//! `ceiba link evaluate`: how right it is where the truth is known.

use ceiba_linkage::{Quality, evaluate};

use super::{Files, used};

/// Link a register whose truth is known, and say how right it is and what it took.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    files: Files,
    /// The column that says who it is in truth. It is never looked at to link.
    #[arg(long, value_name = "COLUMN", num_args = 0..=1, default_missing_value = "entity_id", default_value = "entity_id")]
    truth: String,
    /// Also print of each tenth of probability how much is right.
    #[arg(long)]
    reliability: bool,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let done = args.files.link(Some(&args.truth))?;
    let (cpu, memory) = (used::cpu(), used::memory());
    let truth = &done.register.truth;
    let e = evaluate(&done.linked.pairs, truth, done.register.second, args.files.threshold);
    println!("records           {}", done.linker.len());
    println!("rows left out     {}", done.register.left_out);
    println!("true pairs        {}", e.true_pairs);
    println!("pairs compared    {}", done.linked.report.compared);
    let show = |name: &str, q: &Quality| {
        println!("{name:<17} precision {:.4}  recall {:.4}  F1 {:.4}", q.precision, q.recall, q.f1);
    };
    show("at the best", &e.best.0);
    println!("  which is        {:.4}", e.best.1);
    show(&format!("at {}", args.files.threshold), &e.at);
    println!("recall at 0.99    {:.4}", e.recall_at_99);
    println!("Brier score       {:.4}", e.brier);
    if let Some(cpu) = cpu {
        println!("processor         {cpu:.2} s");
    }
    if let Some(memory) = memory {
        println!("memory at most    {memory:.0} MiB");
    }
    if args.reliability {
        println!("\nsaid    right   pairs");
        e.reliability.iter().for_each(|(pairs, said, right)| println!("{said:.3}   {right:.3}   {pairs}"));
    }
    done.tell(args.files.threshold);
    Ok(())
}
