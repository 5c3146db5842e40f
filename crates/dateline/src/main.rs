//! The terminal: `dateline`.
fn main() {}
