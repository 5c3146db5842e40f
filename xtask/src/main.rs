//! The kitchen of the house: recipes and checks, in Rust.
#![allow(clippy::print_stdout, reason = "a recipe talks to the developer at the terminal")]

use std::process::ExitCode;

mod gazetteer;
#[allow(unreachable_pub, reason = "the file belongs to dateline-extract, where it is public")]
#[path = "../../crates/dateline-extract/src/names/key.rs"]
mod key;

/// A recipe takes its arguments.
type Cook = fn(&[String]) -> anyhow::Result<()>;

/// The recipes: name, what it does, how it is done.
const RECIPES: &[(&str, &str, Cook)] = &[(
    "gazetteer",
    "[--from ../shared/data]  makes the tables of places in data/",
    gazetteer::run,
)];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        println!("cargo xtask RECIPE\n");
        for (name, about, _) in RECIPES {
            println!("  {name:<12} {about}");
        }
        return ExitCode::SUCCESS;
    };
    let Some((_, _, cook)) = RECIPES.iter().find(|(recipe, _, _)| recipe == name) else {
        eprintln!("no recipe is called {name}; cargo xtask alone lists them");
        return ExitCode::from(2);
    };
    match cook(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
