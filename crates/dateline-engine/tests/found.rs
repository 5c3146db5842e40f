//! Files that once made a door panic, hang or grow, and files that were written to: each is thrown again. They lie under
//! `tests/found/DOOR/`; the recipe `cargo xtask fuzz` finds more.

#[path = "../examples/fuzz/doors.rs"]
mod doors;

use std::fs;
use std::path::Path;

#[test]
fn what_was_found_once_stays_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/found");
    let mut thrown = 0;
    for (name, door) in doors::DOORS {
        // Nothing at all, and a little of everything, is thrown at each door besides.
        door(b"");
        door(&(0..=255).collect::<Vec<u8>>());
        let Ok(entries) = fs::read_dir(folder.join(name)) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("a file").path();
            door(&fs::read(&path).expect("a file that can be read"));
            thrown += 1;
        }
    }
    assert!(thrown > 0, "no corpus under {}", folder.display());
}
