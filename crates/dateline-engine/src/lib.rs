//! Disk: what comes in, what is kept, what goes out.
//!
//! The only room with a disk, threads and a clock. It reads reports ([`intake`]), has them read and related by the quiet
//! rooms ([`run`]), keeps them ([`store`]) and shapes what the outside sees ([`wire`], [`export`], [`page`], [`explain`]).

pub mod clock;
mod error;
pub mod explain;
pub mod export;
pub mod intake;
pub mod packs;
pub mod page;
pub mod run;
pub mod store;
pub mod wire;

pub use error::Error;
