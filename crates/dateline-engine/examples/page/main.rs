//! Prints a page made of reports made by hand, for a look at it and for the browser checks:
//! `cargo run -p dateline-engine --example page -- story|hostile|empty|single|many [N]`.

mod fixture;

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let kind = arguments.next().unwrap_or_else(|| "story".into());
    let number = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(5_000);
    let (timeline, reports) = match kind.as_str() {
        "story" => fixture::story(),
        "hostile" => fixture::hostile(),
        "single" => fixture::single(),
        "many" => fixture::many(number),
        _ => fixture::empty(),
    };
    let courses = fixture::courses(&timeline, &reports);
    std::io::stdout().write_all(dateline_engine::page::render(&timeline, &reports, &courses).as_bytes())
}
