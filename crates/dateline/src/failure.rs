//! How a command ends that does not end well.

use crate::options::Common;
use crate::terminal;
use std::process::ExitCode;

/// What a command says instead of a result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments make no sense together: exit status 2.
    Usage(String),
    /// Everything else: exit status 1.
    Other(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::Other(error.into())
    }
}

/// The reader of our output has gone: that is how `| head` ends, no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let ours = error
        .downcast_ref::<dateline_engine::Error>()
        .is_some_and(dateline_engine::Error::is_closed_pipe);
    let plain = error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe);
    ours || plain
}

/// Tells the failure and gives its exit status.
pub(crate) fn report(failure: &Failure, common: &Common) -> ExitCode {
    let paint = terminal::paint_errors(common);
    match failure {
        Failure::Other(error) if is_closed_pipe(error) => ExitCode::SUCCESS,
        Failure::Other(error) => {
            terminal::say(&format!("{} {error:#}", paint.with("1;31", "error:")));
            ExitCode::from(1)
        }
        Failure::Usage(message) => {
            terminal::say(&format!(
                "{} {message}\n\nFor more information, try '--help'.",
                paint.with("1;31", "error:")
            ));
            ExitCode::from(2)
        }
    }
}
