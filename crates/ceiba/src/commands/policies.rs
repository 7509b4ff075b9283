//! `ceiba policies`: what decides who may see what.

use std::sync::Arc;

use ceiba_access::Gate;
use ceiba_programme::packs::Pack;
use ceiba_vault::OfficeKey;
use uuid::Uuid;

/// Print every policy as text, or the table of who may do what that a lawyer reads (docs/access.md).
#[derive(clap::Args)]
pub struct Args {
    /// Print the table instead of the policies.
    #[arg(long)]
    table: bool,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let pack = Pack::read("guatemala", "demo")?;
    // Printing opens nothing: any key does.
    let office = Arc::new(OfficeKey::from_bytes([0; 32]));
    let gate = Gate::new(pack.roles, &pack.base_policies, office, Uuid::nil())?;
    print!(
        "{}",
        if args.table { ceiba_access::table::markdown(&gate) } else { gate.policy_text().to_owned() }
    );
    Ok(())
}
