//! The kitchen of the house: recipes and checks, in Rust.
fn main() {}
