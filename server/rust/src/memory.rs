//! A store in the memory of one process.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use crate::store::{Store, StoreError};

/// How many entries there may be.
const MOST: usize = 100_000;
/// How many are left when the oldest had to make room.
const LEFT: usize = 90_000;

/// The time in milliseconds since 1970.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The machine's clock.
#[must_use]
pub fn system_clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

struct Entry {
    value: String,
    /// In milliseconds.
    until: i64,
    /// The order in which entries came.
    number: u64,
}

#[derive(Default)]
struct Entries {
    all: HashMap<String, Entry>,
    came: u64,
}

impl Entries {
    fn find(&self, key: &str, now: i64) -> Option<&Entry> {
        self.all.get(key).filter(|entry| entry.until > now)
    }

    /// Removes what has expired, once there is much, and then the oldest.
    fn sweep(&mut self, now: i64) {
        if self.all.len() < MOST {
            return;
        }
        self.all.retain(|_, entry| entry.until > now);
        if self.all.len() >= MOST {
            let mut numbers = self.all.values().map(|entry| entry.number).collect::<Vec<_>>();
            numbers.sort_unstable();
            let oldest = numbers.get(numbers.len() - LEFT).copied().unwrap_or_default();
            self.all.retain(|_, entry| entry.number >= oldest);
        }
    }

    fn put(&mut self, key: &str, value: String, until: i64, now: i64) {
        self.sweep(now);
        self.came += 1;
        self.all.insert(key.to_owned(), Entry { value, until, number: self.came });
    }
}

/// Keeps everything in memory. It is for one process: with two, one request could be decided twice,
/// and a restart forgets every decision. A clone is the same store.
#[derive(Clone)]
pub struct MemoryStore {
    entries: Arc<Mutex<Entries>>,
    clock: Clock,
}

/// `Debug` hides what it keeps.
impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::with_clock(system_clock())
    }

    /// An empty store with a clock of its own.
    #[must_use]
    pub fn with_clock(clock: Clock) -> Self {
        Self { entries: Arc::default(), clock }
    }

    fn lock(&self) -> (MutexGuard<'_, Entries>, i64) {
        (self.entries.lock().unwrap_or_else(PoisonError::into_inner), (self.clock)())
    }
}

fn after(now: i64, seconds: u64) -> i64 {
    let milliseconds = i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX);
    now.saturating_add(milliseconds)
}

impl Store for MemoryStore {
    async fn claim(
        &self,
        key: &str,
        value: &str,
        seconds: u64,
    ) -> Result<Option<String>, StoreError> {
        let (mut entries, now) = self.lock();
        let found = entries.find(key, now).map(|entry| entry.value.clone());
        if found.is_none() {
            entries.put(key, value.to_owned(), after(now, seconds), now);
        }
        Ok(found)
    }

    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let (entries, now) = self.lock();
        Ok(entries.find(key, now).map(|entry| entry.value.clone()))
    }

    async fn set(&self, key: &str, value: &str, seconds: u64) -> Result<(), StoreError> {
        let (mut entries, now) = self.lock();
        entries.put(key, value.to_owned(), after(now, seconds), now);
        Ok(())
    }

    async fn delete(&self, key: &str) -> Result<(), StoreError> {
        self.lock().0.all.remove(key);
        Ok(())
    }

    async fn count(&self, key: &str, seconds: u64) -> Result<u64, StoreError> {
        let (mut entries, now) = self.lock();
        let found = entries.find(key, now);
        let count = found.and_then(|entry| entry.value.parse::<u64>().ok()).unwrap_or_default() + 1;
        let until = found.map_or_else(|| after(now, seconds), |entry| entry.until);
        entries.put(key, count.to_string(), until, now);
        Ok(count)
    }
}
