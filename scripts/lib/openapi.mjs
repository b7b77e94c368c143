// The description of the API. The reader of YAML is imported when it is needed: commands import this before they have installed it.
import { readFileSync } from 'node:fs';
import { inRoot } from './root.mjs';

/** `api/openapi.yaml`, parsed. */
export async function readOpenapi() {
  const { parse } = await import('yaml');
  return parse(readFileSync(inRoot('api', 'openapi.yaml'), 'utf8'));
}
