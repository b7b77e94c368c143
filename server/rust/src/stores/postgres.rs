//! A store in PostgreSQL, by `tokio-postgres` and a pool of connections.

use std::fmt;

use deadpool_postgres::Pool;
use tokio_postgres::types::{ToSql, Type};

use super::sql::{Run, Statements, Value, index, store_over_statements, table};
use crate::{memory::Clock, store::StoreError};

/// Makes the table of the store. It can be run again, and by several processes at once, also of the
/// kit in TypeScript: they wait for each other by a lock, since PostgreSQL's `if not exists` alone
/// fails in one of two that are at it together.
pub const MIGRATIONS: &[&str] = &[concat!(
    "do $$ begin perform pg_advisory_xact_lock(4027311557); ",
    table!(),
    "; ",
    index!(),
    "; end $$"
)];

struct Connections(Pool);

impl Run for Connections {
    async fn run(
        &self,
        statement: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<String>, StoreError> {
        let client = self.0.get().await.map_err(StoreError::new)?;
        let typed = values.iter().map(|value| match value {
            Value::Text(text) => (text as &(dyn ToSql + Sync), Type::TEXT),
            Value::Number(number) => (number as &(dyn ToSql + Sync), Type::INT8),
        });
        let rows = client.query_typed(statement, &typed.collect::<Vec<_>>()).await;
        let rows = rows.map_err(StoreError::new)?;
        rows.first().map(|row| row.try_get(0)).transpose().map_err(StoreError::new)
    }
}

/// A store in PostgreSQL. Run [`MIGRATIONS`] once before, or [`PostgresStore::migrate`].
///
/// ```
/// use countersign_server::stores::postgres::PostgresStore;
/// use deadpool_postgres::{Manager, Pool, tokio_postgres::{Config, NoTls}};
///
/// let mut config = "host=127.0.0.1 user=site dbname=site".parse::<Config>()?;
/// // A call must not wait for a database that is away.
/// config.connect_timeout(std::time::Duration::from_secs(2));
/// let store = PostgresStore::new(Pool::builder(Manager::new(config, NoTls)).max_size(8).build()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct PostgresStore {
    statements: Statements<Connections>,
}

/// `Debug` hides what it keeps.
impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore").finish_non_exhaustive()
    }
}

impl PostgresStore {
    /// A store over a pool.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self { statements: Statements::over(Connections(pool)) }
    }

    /// With a clock of its own. All processes need the same time.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.statements.clock = clock;
        self
    }

    /// Makes the table, if there is none.
    ///
    /// # Errors
    /// [`StoreError`], if the database cannot be reached, or the user may not make tables.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let client = self.statements.run.0.get().await.map_err(StoreError::new)?;
        for statement in MIGRATIONS {
            client.batch_execute(statement).await.map_err(StoreError::new)?;
        }
        Ok(())
    }
}

store_over_statements!(PostgresStore);
