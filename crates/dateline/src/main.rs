//! The terminal: `dateline`.
//!
//! Takes: arguments.
//! Gives: results on standard output; progress, warnings and the summary on standard error; an exit status.
//! Never: reads a report itself.

mod commands;
mod failure;
mod options;
mod terminal;

use clap::{CommandFactory, Parser};
use failure::Failure;
use options::Common;
use std::process::ExitCode;

/// Reads reports and tells what happened when, each line with its evidence.
#[derive(Parser, Debug)]
#[command(name = "dateline", version, after_help = EXAMPLES, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  dateline build reports/                        the main job: a timeline of all reports in a folder
  dateline build reports/ --into sudan           the same, kept in ./sudan
  dateline timeline sudan --from 2023-04-15      what happened from that day on
  dateline state sudan --on 2023-05-01           who held what, what was in force on that day
  dateline read page.html | jq .published        what one report says
  dateline explain page.html                     why: the rules and words behind each value

Exit status: 0 done; 1 nothing could be read or the archive could not be written; 2 wrong usage.";

#[derive(clap::Subcommand, Debug)]
enum Command {
    Build(commands::build::Build),
    Read(commands::read::Read),
    Timeline(commands::timeline::Timeline),
    State(commands::state::State),
    Explain(commands::explain::Explain),
    Completions(commands::completions::Completions),
}

/// A write beyond the shell's limit for a file (`ulimit -f`) is answered with a signal that ends the program on the spot. Heard,
/// it lets the write fail like one on a full disk, which is told.
#[cfg(unix)]
fn hear_file_limit() {
    let heard = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    // Where it cannot be heard, the program ends as it would have without.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, heard);
}

/// Reading makes and drops thousands of small values a report; with the system's allocator it takes a quarter more time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    #[cfg(unix)]
    hear_file_limit();
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::Build(args) => commands::build::run(args, &cli.common),
        Command::Read(args) => commands::read::run(args, &cli.common),
        Command::Timeline(args) => commands::timeline::run(args, &cli.common),
        Command::State(args) => commands::state::run(args, &cli.common),
        Command::Explain(args) => commands::explain::run(args, &cli.common),
        Command::Completions(args) => commands::completions::run(args, &mut Cli::command()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure::report(&error, &cli.common),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_sound_and_every_command_shows_examples() {
        let command = Cli::command();
        command.clone().debug_assert();
        for sub in command.get_subcommands() {
            assert!(
                sub.get_after_help()
                    .is_some_and(|h| h.to_string().contains("dateline ")),
                "{}",
                sub.get_name()
            );
        }
    }
}
