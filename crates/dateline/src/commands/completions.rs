//! `dateline completions`: for the shell.

use crate::{Failure, terminal};
use clap::Args;
use clap_complete::Shell;
use std::io::Write;

/// Print completions for a shell
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  dateline completions bash > ~/.local/share/bash-completion/completions/dateline
  dateline completions fish > ~/.config/fish/completions/dateline.fish";

pub(crate) fn run(args: &Completions, command: &mut clap::Command) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "dateline", &mut script);
    Ok(terminal::output().write_all(&script)?)
}
