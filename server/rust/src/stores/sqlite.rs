//! A store in a SQLite database, for the processes of one machine.

use std::{
    fmt,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OptionalExtension as _, ToSql, params_from_iter, types::ToSqlOutput};
use tokio::task::spawn_blocking;

use super::sql::{Run, Statements, Value, index, store_over_statements, table};
use crate::{memory::Clock, store::StoreError};

/// Makes the table of the store. It can be run again.
pub const MIGRATIONS: &[&str] = &[table!(), index!()];

/// How long a statement waits for other processes: half of what the kit allows a store. Of many that
/// write, one can wait long.
const BUSY: Duration = Duration::from_secs(5);

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Text(text) => text.to_sql(),
            Self::Number(number) => number.to_sql(),
        }
    }
}

struct Database(Arc<Mutex<Connection>>);

impl Run for Database {
    async fn run(
        &self,
        statement: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<String>, StoreError> {
        let database = Arc::clone(&self.0);
        let work = move || {
            let database = database.lock().unwrap_or_else(PoisonError::into_inner);
            let mut prepared = database.prepare(&statement.replace('$', "?"))?;
            prepared.query_row(params_from_iter(values), |row| row.get(0)).optional()
        };
        spawn_blocking(work).await.map_err(StoreError::new)?.map_err(StoreError::new)
    }
}

/// A store in a SQLite database. Its statements run on tokio's threads for blocking work.
///
/// ```
/// # let folder = std::env::temp_dir();
/// use countersign_server::stores::sqlite::SqliteStore;
///
/// let store = SqliteStore::open(folder.join("countersign-doc.sqlite"))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SqliteStore {
    statements: Statements<Database>,
}

/// `Debug` hides what it keeps.
impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore").finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// A store in a file. Makes the file and the table, if there are none.
    ///
    /// # Errors
    /// [`StoreError`], if the file cannot be opened or written.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::new(Connection::open(path).map_err(StoreError::new)?)
    }

    /// A store in an open database, which waits for other processes from now on. Makes the table, if
    /// there is none. With `pragma journal_mode = wal` it is faster.
    ///
    /// # Errors
    /// [`StoreError`], if the database cannot be written.
    pub fn new(database: Connection) -> Result<Self, StoreError> {
        database.busy_timeout(BUSY).map_err(StoreError::new)?;
        for statement in MIGRATIONS {
            database.execute_batch(statement).map_err(StoreError::new)?;
        }
        Ok(Self { statements: Statements::over(Database(Arc::new(Mutex::new(database)))) })
    }

    /// With a clock of its own. All processes need the same time.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.statements.clock = clock;
        self
    }
}

store_over_statements!(SqliteStore);
