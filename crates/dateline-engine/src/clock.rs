//! The one file that may read a clock, and it only measures how long a run took.
//!
//! No date of today is to be had here: nothing that is printed as a result, kept or exported may depend on when it was made.

use std::time::{Duration, Instant};

/// Measures a run for its summary.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[expect(
        clippy::disallowed_methods,
        reason = "the only reading of a clock in the house: elapsed time for the summary"
    )]
    pub fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
