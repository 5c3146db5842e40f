//! Throws damaged files at every door, on the stable toolchain: `cargo xtask fuzz [--minutes N] [--seed N] [DOOR…]`.
//!
//! The same seed gives the same files in the same order. What makes a door do something new is kept as a start for more. A file
//! that makes one panic, take too long or too much memory is written to `target/found/DOOR/`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a recipe talks to the developer at the terminal"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "a recipe measures time, and ends a door that hangs"
)]

mod doors;
mod seeds;

use dateline_engine::clock::Stopwatch;
use doors::{DOORS, Door};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Longest time of the processor for one file (a busy machine makes every file last long), and what memory all may take, in MiB. The largest file here has some 64 KiB.
const LONGEST: Duration = Duration::from_secs(10);
const MOST_MEMORY: u64 = 1_500;
/// How often is looked whether one lasts too long.
const LOOK: Duration = Duration::from_millis(500);
/// Bytes of a file at most, and starts kept.
const LARGEST: usize = 64 << 10;
const MOST_STARTS: usize = 4_000;
/// The newest starts, which are taken every second time.
const RECENT: usize = 64;
/// Bytes of a run of the same word, and how many times a piece is repeated at most.
const LONGEST_RUN: u64 = 3_000;

/// SplitMix64: a number for each step, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, sides: usize) -> usize {
        (self.roll() % sides.max(1) as u64) as usize
    }

    /// Below 512; small ones oftener than large ones.
    fn length(&mut self) -> usize {
        let most = 1 << self.below(10);
        self.below(most)
    }
}

/// A file made of others by a few changes.
fn changed(starts: &[Vec<u8>], words: &[&str], dice: &mut Dice) -> Vec<u8> {
    // What was found last is changed as often as all before it: it is the way to what lies behind.
    let newest = starts.len().saturating_sub(RECENT);
    let from = if dice.below(2) == 0 { newest } else { 0 };
    let mut file = starts[from + dice.below(starts.len() - from)].clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(file.len() + 1);
        let end = (at + dice.length()).min(file.len());
        match dice.below(14) {
            0 if at < file.len() => file[at] ^= 1 << dice.below(8),
            1 if at < file.len() => file[at] = [0, 0xFF, 0x7F, 0x80, b'9', b' ', b'\n'][dice.below(7)],
            2 => {
                file.drain(at..end);
            }
            3 => file.truncate(at),
            4 => {
                let piece = file[at..end].to_vec();
                let times = 1 + dice.length();
                let many: Vec<u8> = piece
                    .iter()
                    .copied()
                    .cycle()
                    .take(piece.len() * times)
                    .take(LARGEST)
                    .collect();
                file.splice(at..at, many);
            }
            5 => {
                let other = &starts[dice.below(starts.len())];
                let from = dice.below(other.len() + 1);
                let piece = other[from..].to_vec();
                file.splice(at..end, piece);
            }
            // A stretch of another file, where its own ends like this one or anywhere.
            6 => {
                let other = &starts[dice.below(starts.len())];
                let from = dice.below(other.len() + 1);
                let to = (from + dice.length()).min(other.len());
                file.splice(at..at, other[from..to].to_vec());
            }
            // Stretches change places.
            7 => {
                let piece: Vec<u8> = file.drain(at..end).collect();
                let to = dice.below(file.len() + 1);
                file.splice(to..to, piece);
            }
            8 | 9 => {
                let word = words[dice.below(words.len())].as_bytes();
                file.splice(at..at, word.iter().copied());
            }
            10 | 11 => number(&mut file, at, dice),
            12 => count(&mut file, at, dice),
            _ => {
                let word = words[dice.below(words.len())];
                let run = word.repeat(1 + (dice.roll() % LONGEST_RUN) as usize / word.len());
                file.splice(at..at, run.into_bytes());
            }
        }
    }
    file.truncate(LARGEST);
    file
}

/// Puts a number of two, four or eight bytes at a place, as formats write lengths: an extreme one, the file's length, or one beside
/// what stands there.
fn count(file: &mut [u8], at: usize, dice: &mut Dice) {
    let width = [2, 4, 8][dice.below(3)];
    let Some(place) = file.get(at..at + width).map(<[u8]>::to_vec) else {
        return;
    };
    let small = dice.below(2) == 0;
    let mut wide = [0; 8];
    wide[..width].copy_from_slice(&place);
    if !small {
        wide[..width].reverse();
    }
    let here = u64::from_le_bytes(wide);
    let next = match dice.below(7) {
        0 => 0,
        1 => u64::MAX,
        2 => u64::MAX >> 1,
        3 => file.len() as u64,
        4 => here.wrapping_add(1),
        5 => here.wrapping_sub(1),
        _ => here << 8,
    };
    let bytes = next.to_le_bytes();
    let target = &mut file[at..at + width];
    target.copy_from_slice(&bytes[..width]);
    if !small {
        target.reverse();
    }
}

/// Puts an extreme number where the next one stands.
fn number(file: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    const EXTREMES: [&str; 9] = [
        "0",
        "-1",
        "1",
        "255",
        "65536",
        "2147483648",
        "4294967295",
        "18446744073709551615",
        "0.00001",
    ];
    let Some(begin) = file[at..].iter().position(u8::is_ascii_digit).map(|n| at + n) else {
        return;
    };
    let length = file[begin..].iter().take_while(|b| b.is_ascii_digit()).count();
    let extreme = EXTREMES[dice.below(EXTREMES.len())].bytes();
    file.splice(begin..begin + length, extreme);
}

/// The most memory that the program has had, in MiB; nothing where the system does not say.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<u64>().ok())
        .unwrap_or(0)
        >> 10
}

/// Time that the processor has spent on the program; since it began, where the system does not say.
fn spent(begun: Stopwatch) -> Duration {
    /// Of a second, in which Linux gives times.
    const TICK: Duration = Duration::from_millis(10);
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or("").split(' ');
    let times: Vec<u32> = fields.skip(12).take(2).filter_map(|f| f.parse().ok()).collect();
    match times[..] {
        [ours, theirs] => TICK * (ours + theirs),
        _ => begun.elapsed(),
    }
}

/// The file that is being read, and what had been spent before.
type Now = Arc<Mutex<Option<(&'static str, Vec<u8>, Duration)>>>;

fn keep(door: &str, file: &[u8], why: &str) -> PathBuf {
    let mut hash = DefaultHasher::new();
    file.hash(&mut hash);
    let folder = PathBuf::from("target/found").join(door);
    let path = folder.join(format!("{why}-{:016x}", hash.finish()));
    if let Err(error) = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, file)) {
        eprintln!("{}: {error}", path.display());
    }
    path
}

/// Files that were found before: small changes of them are the likeliest to be found again.
fn kept(door: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from("crates/dateline-engine/tests/found").join(door);
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    let files = paths.iter().filter_map(|p| std::fs::read(p).ok());
    files.filter(|f| f.len() <= LARGEST).collect()
}

fn watch(now: &Now, begun: Stopwatch) {
    let now = Arc::clone(now);
    std::thread::spawn(move || {
        // Nobody ever writes to it: what is waited for is the time.
        let (_open, silence) = mpsc::channel::<()>();
        while silence.recv_timeout(LOOK) == Err(mpsc::RecvTimeoutError::Timeout) {
            let held = now.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((door, file, since)) = held.as_ref()
                && spent(begun).saturating_sub(*since) > LONGEST
            {
                println!("{door}: HANGS, {}", keep(door, file, "hang").display());
                std::process::exit(1);
            }
        }
    });
}

/// Files thrown and found at one door.
fn throw((name, door): Door, lasts: Duration, seed: u64, careful: bool, now: &Now) -> usize {
    let (mut dice, words) = (Dice(seed), seeds::words(name));
    let mut starts = seeds::of(name);
    starts.extend(kept(name));
    let (mut known, mut found, mut thrown) = (HashSet::new(), HashSet::new(), 0u64);
    let (begun, mut slowest, mut most) = (Stopwatch::start(), Duration::ZERO, memory());
    while begun.elapsed() < lasts {
        let file = changed(&starts, words, &mut dice);
        if careful {
            keep(name, &file, "last");
        }
        let since = spent(begun);
        *now.lock().unwrap_or_else(PoisonError::into_inner) = Some((name, file.clone(), since));
        let did = catch_unwind(|| door(&file));
        *now.lock().unwrap_or_else(PoisonError::into_inner) = None;
        slowest = slowest.max(spent(begun).saturating_sub(since));
        thrown += 1;
        let memory = memory();
        if memory > most + 100 && memory > MOST_MEMORY && found.insert(memory) {
            println!("{name}: {memory} MiB, {}", keep(name, &file, "memory").display());
        }
        most = most.max(memory);
        match did {
            Ok(did) if known.insert(did) && starts.len() < MOST_STARTS => starts.push(file),
            Ok(_) => {}
            Err(_) => {
                found.insert(thrown);
                println!("{name}: PANIC, {}", keep(name, &file, "panic").display());
            }
        }
    }
    println!(
        "{name}: {thrown} files in {:.0} s, {} kinds of answer, slowest {:.2} s, at most {most} MiB, {} found",
        begun.elapsed().as_secs_f64(),
        known.len(),
        slowest.as_secs_f64(),
        found.len()
    );
    found.len()
}

fn main() -> ExitCode {
    let (mut minutes, mut seed, mut careful, mut chosen) = (1.0f64, 1u64, false, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--minutes" => minutes = value().parse().unwrap_or(minutes),
            "--seed" => seed = value().parse().unwrap_or(seed),
            // Each file is written before it is thrown: for what ends the program, as a full stack does.
            "--careful" => careful = true,
            name => chosen.push(name.to_string()),
        }
    }
    let now = Now::default();
    watch(&now, Stopwatch::start());
    let lasts = Duration::from_secs_f64(minutes * 60.0);
    let doors = DOORS
        .into_iter()
        .filter(|(n, _)| chosen.is_empty() || chosen.iter().any(|c| c == n));
    let found: usize = doors.map(|door| throw(door, lasts, seed, careful, &now)).sum();
    if found > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
