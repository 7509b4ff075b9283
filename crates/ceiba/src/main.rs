//! The command line: wires the rooms together.

use clap::{Parser, Subcommand};

mod commands;
mod config;
mod demo;
mod listen;
mod office;
mod send;

/// Ceiba carries a counter-trafficking programme from the first warning sign to a safe, independent life.
#[derive(Parser)]
#[command(name = "ceiba", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show an invented programme in the browser: nothing to set up, nothing real in it.
    Demo(commands::demo::Args),
    /// Found an installation: office lock, first administrator, three recovery codes.
    Init(commands::init::Args),
    /// Run the programme for real people.
    Serve(commands::serve::Args),
    /// Make, close and list accounts.
    User(commands::user::Args),
    /// Verify the ledger, or print its signed head.
    Audit(commands::audit::Args),
    /// Write a sealed backup: data, and keys apart.
    Backup(commands::backup::Args),
    /// List what must move when a grant ends, done and not done.
    Closing(commands::closing::Args),
    /// Read a backup into an empty database and check it.
    Restore(commands::restore::Args),
    /// Look whether everything is as it should be, and say what to do.
    Doctor(commands::doctor::Args),
    /// Give the office another passphrase.
    Passphrase(commands::passphrase::Args),
    /// Open what was lost, with the codes of two directors.
    Recover(commands::recover::Args),
    /// Find the same people in a register, or in two.
    Link(Box<commands::link::Args>),
    /// Hide what would tell of few people in a table of counts.
    Suppress(commands::suppress::Args),
    /// Print the policies, or the table of who may do what.
    Policies(commands::policies::Args),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("CEIBA_LOG").unwrap_or_else(|_| "info".into()),
        )
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
    match Cli::parse().command {
        Command::Demo(args) => commands::demo::run(args).await,
        Command::Init(args) => commands::init::run(args).await,
        Command::Serve(args) => commands::serve::run(args).await,
        Command::User(args) => commands::user::run(args).await,
        Command::Audit(args) => commands::audit::run(args).await,
        Command::Backup(args) => commands::backup::run(args).await,
        Command::Closing(args) => commands::closing::run(args).await,
        Command::Restore(args) => commands::restore::run(args).await,
        Command::Doctor(args) => commands::doctor::run(args).await,
        Command::Passphrase(args) => commands::passphrase::run(args).await,
        Command::Recover(args) => commands::recover::run(args).await,
        Command::Link(args) => commands::link::run(*args),
        Command::Suppress(args) => commands::suppress::run(&args),
        Command::Policies(args) => commands::policies::run(&args),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound_and_every_argument_is_explained() {
        let mut command = super::Cli::command();
        command.clone().debug_assert();
        command.build();
        for sub in command.get_subcommands() {
            assert!(sub.get_about().is_some(), "{} has no help", sub.get_name());
            for argument in sub.get_arguments().filter(|a| a.get_id() != "help") {
                assert!(
                    argument.get_help().is_some(),
                    "{} {} has no help",
                    sub.get_name(),
                    argument.get_id()
                );
            }
        }
    }
}
