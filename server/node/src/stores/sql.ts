/** The statements of stores in SQL. SQLite, D1 and PostgreSQL have the same, but for how they name parameters. */

/** Makes the table of the store. It can be run again. */
export const MIGRATIONS: readonly string[] = [
  'create table if not exists countersign_store (key text primary key, value text not null, until bigint not null)',
  'create index if not exists countersign_store_until on countersign_store (until)',
];

/** Parameters: key, value, until, now. Returns a row if the key had no value. */
export const CLAIM = `insert into countersign_store (key, value, until) values ($1, $2, $3)
on conflict (key) do update set value = excluded.value, until = excluded.until where countersign_store.until <= $4
returning key`;

/** Parameters: key, now. */
export const GET = 'select value from countersign_store where key = $1 and until > $2';

/** Parameters: key, value, until. */
export const SET = `insert into countersign_store (key, value, until) values ($1, $2, $3)
on conflict (key) do update set value = excluded.value, until = excluded.until`;

/** Parameters: key. */
export const DELETE = 'delete from countersign_store where key = $1';

/** Parameters: key, until, now. Returns the new count. */
export const COUNT = `insert into countersign_store (key, value, until) values ($1, '1', $2)
on conflict (key) do update set
value = case when countersign_store.until <= $3 then '1' else cast(cast(countersign_store.value as integer) + 1 as text) end,
until = case when countersign_store.until <= $3 then excluded.until else countersign_store.until end
returning value`;

/** Parameters: now. Removes what has expired. */
export const SWEEP = 'delete from countersign_store where until <= $1';
