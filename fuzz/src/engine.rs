//! The loop: kept inputs, then new ones; a failure is made smaller, kept as a file and told with the command that runs it again.

use std::collections::HashSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use crate::agreement::choices::{Choices, bytes};
use crate::mutate::mutate;
use crate::targets::{TARGETS, Target};

/// What a run of an input says of itself: an input that says something new is worth mutating.
pub type Said = HashSet<String>;

/// How many bytes decide a new input.
const DECIDING: usize = 2_000;
/// Inputs that are mutated further: so many at most, and none larger than this.
const POOL: usize = 3_000;
const LARGEST: usize = 20_000;
/// As much stack as a call has in the browser: what overflows there overflows here.
const STACK: usize = 1 << 20;
/// An input that takes longer hangs, even on a busy machine.
const HANGS: Duration = Duration::from_secs(60);

pub struct Counted {
    pub passed: u64,
    pub failed: u64,
}

/// One target with its kept inputs.
pub struct Campaign {
    target: &'static Target,
    seed: u64,
    kept: Vec<(PathBuf, Vec<u8>)>,
}

fn seeds(target: &Target) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target.name)
}

/// The input that is run now, and since when.
static NOW: Mutex<Option<(Instant, Vec<u8>)>> = Mutex::new(None);
/// Where the last panic was and what it said.
static PANIC: Mutex<String> = Mutex::new(String::new());

impl Campaign {
    pub fn new(target: &'static Target, seed: u64) -> Result<Self, String> {
        let folder = seeds(target);
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let read = |path: PathBuf| match fs::read(&path) {
            Ok(input) => Ok((path, input)),
            Err(error) => Err(format!("{}: {error}", path.display())),
        };
        Ok(Self { target, seed, kept: paths.into_iter().map(read).collect::<Result<_, _>>()? })
    }

    /// Runs until the time is over or something fails.
    pub fn run(self, time: Duration) -> Counted {
        quietly(move || self.inputs(time))
    }

    fn inputs(&self, time: Duration) -> Counted {
        let start = Instant::now();
        let (mut heard, mut pool) = (Said::new(), Vec::new());
        let mut counted = Counted { passed: 0, failed: 0 };
        for (path, input) in &self.kept {
            match outcome(self.target, input) {
                Ok(said) => {
                    heard.extend(said);
                    counted.passed += 1;
                    pool.push(input.clone());
                }
                Err(why) => {
                    counted.failed += 1;
                    self.tell(&why, path, "a kept input");
                }
            }
        }
        let mut number = 0;
        while counted.failed == 0 && start.elapsed() < time {
            number += 1;
            let decided = bytes(self.seed, number, DECIDING);
            let mut choices = Choices::new(&decided);
            let input = if pool.is_empty() || choices.chance(35) {
                (self.target.generate)(&mut choices)
            } else {
                mutate(&pool, &mut choices)
            };
            match outcome(self.target, &input) {
                Ok(said) => {
                    counted.passed += 1;
                    let new = said.iter().any(|one| !heard.contains(one));
                    if new && pool.len() < POOL && input.len() <= LARGEST {
                        heard.extend(said);
                        pool.push(input);
                    }
                }
                Err(why) => {
                    counted.failed += 1;
                    let small = smaller(self.target, input, &why);
                    let why = outcome(self.target, &small).err().unwrap_or(why);
                    self.tell(&why, &keep(self.target, &small), &format!("input {number}"));
                }
            }
        }
        println!(
            "{}: {} inputs ({} kept), {} that said something new, {:.0} s",
            self.target.name,
            counted.passed + counted.failed,
            self.kept.len(),
            pool.len().saturating_sub(self.kept.len()),
            start.elapsed().as_secs_f64()
        );
        counted
    }

    fn tell(&self, why: &str, path: &Path, which: &str) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(""));
        let path = path.strip_prefix(root).unwrap_or(path).display();
        println!("{}: {which} fails, seed {}: {why}", self.target.name, self.seed);
        println!("  kept as {path}; run it again: cargo xtask fuzz --run {path}");
    }
}

/// Runs one kept file.
pub fn run_file(path: &Path) -> Result<(), String> {
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
    let target = TARGETS
        .iter()
        .find(|target| folder == target.name)
        .ok_or_else(|| format!("{}: the folder of an input has the name of its target", path.display()))?;
    let input = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    quietly(move || outcome(target, &input)).map(|said| println!("{} passes: {said:?}", path.display()))
}

/// Works in a thread with little stack and with panics that are told once, and ends everything when an input hangs.
fn quietly<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    static HOOK: OnceLock<()> = OnceLock::new();
    HOOK.get_or_init(|| {
        std::panic::set_hook(Box::new(|info| *PANIC.lock().unwrap() = info.to_string()));
    });
    let done = Arc::new(Mutex::new(None));
    let result = Arc::clone(&done);
    let worker = std::thread::Builder::new().stack_size(STACK);
    let worker = worker.spawn(move || *result.lock().unwrap() = Some(work())).unwrap();
    while !worker.is_finished() {
        std::thread::sleep(Duration::from_millis(20));
        if let Some((since, input)) = &*NOW.lock().unwrap()
            && since.elapsed() > HANGS
        {
            let path = std::env::temp_dir().join("portform-fuzz-hangs");
            let _ = fs::write(&path, input);
            eprintln!("an input hangs; it was written to {}", path.display());
            std::process::exit(1);
        }
    }
    let _ = worker.join();
    let result = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
    result.unwrap_or_else(|| panic!("{}", PANIC.lock().unwrap()))
}

/// Runs one input: what it says of itself, or what does not hold.
fn outcome(target: &Target, input: &[u8]) -> Result<Said, String> {
    *NOW.lock().unwrap() = Some((Instant::now(), input.to_vec()));
    let result = catch_unwind(AssertUnwindSafe(|| {
        let mut said = Said::new();
        (target.run)(input, &mut said).map(|()| said)
    }));
    *NOW.lock().unwrap() = None;
    result.unwrap_or_else(|_| Err(format!("a panic: {}", PANIC.lock().unwrap())))
}

/// The same failure from less: lines, then ever smaller pieces are left out as long as it fails in the same way.
fn smaller(target: &Target, mut input: Vec<u8>, why: &str) -> Vec<u8> {
    let kind = |why: &str| why.chars().take_while(|letter| !letter.is_ascii_digit()).take(30).collect::<String>();
    let start = Instant::now();
    let fails = |input: &[u8]| outcome(target, input).is_err_and(|other| kind(&other) == kind(why));
    let mut piece = input.len() / 2;
    while piece > 0 && start.elapsed() < Duration::from_secs(20) {
        let mut at = 0;
        while at < input.len() && start.elapsed() < Duration::from_secs(20) {
            let mut shorter = input.clone();
            shorter.drain(at..(at + piece).min(input.len()));
            if fails(&shorter) {
                input = shorter;
            } else {
                at += piece;
            }
        }
        piece /= 2;
    }
    input
}

fn keep(target: &Target, input: &[u8]) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    let path = seeds(target).join(format!("found-{:08x}", hasher.finish() >> 32));
    fs::write(&path, input).unwrap_or_else(|error| println!("{}: {error}", path.display()));
    path
}
