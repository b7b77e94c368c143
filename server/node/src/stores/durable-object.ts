/** `countersign/server/stores/durable-object`: a store in a Durable Object of Cloudflare, whose claims are near the requests. */
import type { Store } from '../store.ts';
import { storeOver, type Run, type SqlStoreOptions } from './over-sql.ts';
import { CLAIM, COUNT, DELETE, GET, MIGRATIONS, SET, SWEEP } from './sql.ts';

/** What a caller may run, by its place. */
const STATEMENTS = [CLAIM, GET, SET, DELETE, COUNT, SWEEP].map((statement) => statement.replaceAll('$', '?'));
const PLACES = new Map([CLAIM, GET, SET, DELETE, COUNT, SWEEP].map((statement, place) => [statement, place]));

type Row = Record<string, unknown>;
type Call = [place: unknown, values: (string | number)[]];

/** What the object needs of its state. */
export interface DurableObjectState {
  storage: { sql: { exec(statement: string, ...values: (string | number)[]): { toArray(): Row[] } } };
}

/** What the store needs of a binding. */
export interface DurableObjectNamespace<Id = unknown> {
  idFromName(name: string): Id;
  get(id: Id): { fetch(address: string, init: { method: string; body: string }): Promise<{ ok: boolean; status: number; json(): Promise<unknown> }> };
}

export interface DurableObjectStoreOptions extends SqlStoreOptions {
  /** The name of the object; `countersign` if it has none. All Workers of a site need the same. */
  readonly name?: string;
}

/** The class of the object. Export it from your Worker, and name it under `new_sqlite_classes` of a migration. */
export class CountersignStore {
  readonly #sql: DurableObjectState['storage']['sql'];

  /** Makes its table if there is none. */
  constructor({ storage }: DurableObjectState) {
    this.#sql = storage.sql;
    for (const statement of MIGRATIONS) this.#sql.exec(statement);
  }

  /** Runs one statement of a store. Only Workers with the binding can call it. */
  async fetch(request: Request): Promise<Response> {
    const [place, values] = await request.json() as Call;
    const statement = typeof place === 'number' ? STATEMENTS[place] : undefined;
    return statement === undefined ? new Response(null, { status: 404 }) : Response.json(this.#sql.exec(statement, ...values).toArray());
  }
}

/** A store in one object of the class {@link CountersignStore}. */
export function durableObjectStore<Id>(namespace: DurableObjectNamespace<Id>, { name = 'countersign', ...options }: DurableObjectStoreOptions = {}): Store {
  const run: Run = async (statement, values) => {
    const body = JSON.stringify([PLACES.get(statement), values]);
    // A stub is made for each call: after a failure, an old one stays broken.
    const response = await namespace.get(namespace.idFromName(name)).fetch('https://store/', { method: 'POST', body });
    if (!response.ok) throw new Error(`The Durable Object answered ${response.status}.`);
    return await response.json() as Row[];
  };
  return storeOver(run, options);
}
