#![no_main]

#[path = "../../crates/dateline-engine/examples/fuzz/doors.rs"]
mod doors;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    doors::throw("mbox", bytes);
});
