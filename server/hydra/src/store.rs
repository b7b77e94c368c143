//! The store that the settings name.

use countersign_server::{
    memory::MemoryStore,
    store::{Store, StoreError},
};

/// A store that is chosen when the program begins. A clone is the same store.
#[derive(Clone)]
pub enum AnyStore {
    Memory(MemoryStore),
}

/// The kinds of stores, by the beginning of their addresses.
const NOT_HERE: [&str; 4] = ["redis:", "rediss:", "postgres:", "sqlite:"];

impl AnyStore {
    /// The store at an address, or why there is none.
    pub fn open(address: &str) -> Result<Self, String> {
        if address == "memory:" {
            return Ok(Self::Memory(MemoryStore::new()));
        }
        if NOT_HERE.iter().any(|kind| address.starts_with(kind)) {
            return Err("is a kind of store that this program does not have yet".to_owned());
        }
        Err("must be memory:".to_owned())
    }

    /// Whether only this process has it.
    pub const fn is_of_this_process(&self) -> bool {
        matches!(self, Self::Memory(_))
    }
}

impl Store for AnyStore {
    async fn claim(
        &self,
        key: &str,
        value: &str,
        seconds: u64,
    ) -> Result<Option<String>, StoreError> {
        match self {
            Self::Memory(store) => store.claim(key, value, seconds).await,
        }
    }

    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        match self {
            Self::Memory(store) => store.get(key).await,
        }
    }

    async fn set(&self, key: &str, value: &str, seconds: u64) -> Result<(), StoreError> {
        match self {
            Self::Memory(store) => store.set(key, value, seconds).await,
        }
    }

    async fn delete(&self, key: &str) -> Result<(), StoreError> {
        match self {
            Self::Memory(store) => store.delete(key).await,
        }
    }

    async fn count(&self, key: &str, seconds: u64) -> Result<u64, StoreError> {
        match self {
            Self::Memory(store) => store.count(key, seconds).await,
        }
    }
}
