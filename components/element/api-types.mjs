// Generates the types of the countersign API from api/openapi.yaml.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import openapi, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

/** openapi-typescript makes one index signature of all `patternProperties`; those of the API are names with a language tag. */
const INDEX = '[key: string]: string | components["schemas"]["SafeUri"];';
const TRANSLATED = '[translated: `${string}#${string}`]: string;';

/** Writes the TypeScript of the API's schemas to `to`. The calls themselves are not needed. */
export async function apiTypes(from, to) {
  const code = astToString(await openapi({ ...parse(readFileSync(from, 'utf8')), paths: {} }));
  if (code.split(INDEX).length !== 2) throw new Error(`${from} no longer has one schema with names in other languages`);
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, `/** Generated from api/openapi.yaml. */\n\n${code.replace(INDEX, TRANSLATED)}`);
}
