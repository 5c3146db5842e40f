//! The kitchen of the house: recipes and checks, in Rust.
#![allow(clippy::print_stdout, reason = "a recipe talks to the developer at the terminal")]
#![allow(clippy::disallowed_methods, reason = "recipes measure time")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod bench;
mod check;
mod documents;
mod eval;
mod gazetteer;
#[allow(unreachable_pub, reason = "the file belongs to dateline-extract, where it is public")]
#[path = "../../crates/dateline-extract/src/names/key.rs"]
mod key;
mod kill;
mod made;
mod screenshots;
mod tidy;

/// A recipe takes its arguments.
type Cook = fn(&[String]) -> anyhow::Result<()>;

/// The recipes: name, what it does, how it is done.
const RECIPES: &[(&str, &str, Cook)] = &[
    (
        "bench",
        "[--build]  reports a second of `read`, on one core; or 10,000 reports through `build`, and 100 more (release)",
        |arguments| bench::run(&root(), arguments.iter().any(|a| a == "--build")),
    ),
    ("check", "format, lint, house rules, the documents' commands", |_| {
        check::check(&root(), &names())
    }),
    (
        "documents",
        "runs the commands of README, README.vi and CONTRIBUTING (builds the program)",
        |_| documents::run(&root(), &names()),
    ),
    (
        "eval",
        "[--update]  figures against the floors of evals/floors.tsv",
        |arguments| eval::run(&root(), arguments.iter().any(|a| a == "--update")),
    ),
    (
        "fuzz",
        "[--minutes N] [--seed N] [--careful] [DOOR…]  damaged files at every parser that faces bytes",
        |arguments| {
            let cargo = |command: &str| {
                let mut cargo = std::process::Command::new("cargo");
                cargo.args([
                    command,
                    "--profile",
                    "quick",
                    "-p",
                    "dateline-engine",
                    "--example",
                    "fuzz",
                ]);
                cargo.current_dir(root());
                cargo
            };
            anyhow::ensure!(
                cargo("build").status()?.success(),
                "it could not be compiled; nothing was thrown"
            );
            let thrown = cargo("run").arg("--").args(arguments).status()?;
            anyhow::ensure!(thrown.success(), "it failed; what was found lies under target/found");
            Ok(())
        },
    ),
    (
        "gazetteer",
        "[--from ../shared/data]  makes the tables of places in data/",
        gazetteer::run,
    ),
    (
        "kill",
        "[--moments N]  kills builds at N moments; the next build must make good what they left (release)",
        |arguments| kill::run(&root(), arguments),
    ),
    ("ready", "everything that CI does", |_| check::ready(&root(), &names())),
    (
        "screenshots",
        "the README's pictures, of our own examples (needs Chromium and a release build)",
        |_| screenshots::run(&root()),
    ),
    ("tidy", "the house rules alone", |_| tidy::run(&root())),
];

/// The names of the recipes.
fn names() -> Vec<&'static str> {
    RECIPES.iter().map(|(name, ..)| *name).collect()
}

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the repository")
        .to_path_buf()
}

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
