// The store in a SQLite file, for processes that race.
import { DatabaseSync } from 'node:sqlite';
import { sqliteStore } from '../../../server/node/src/stores/sqlite.ts';

export async function open(file) {
  const database = new DatabaseSync(file);
  return { store: sqliteStore(database), close: async () => database.close() };
}
