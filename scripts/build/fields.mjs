// What the API has at each field of its answers, in words, for the console of developers: `scopes[].granted` is `a boolean`.
import { readOpenapi } from '../lib/openapi.mjs';

const WORDS = { string: 'a string', boolean: 'a boolean', number: 'a number', integer: 'a number', array: 'a list', object: 'an object' };

/** The fields of the answers to these calls, by path. */
function fieldsOf(openapi, ...calls) {
  const found = new Map();
  const add = (path, words) => {
    if (path) found.set(path, new Set([...(found.get(path) ?? []), ...words]));
  };
  const walk = (schema, path) => {
    if (schema.$ref) return walk(schema.$ref.slice(2).split('/').reduce((node, part) => node[part], openapi), path);
    for (const one of [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) walk(one, path);
    const known = [...(schema.enum ?? []), ...('const' in schema ? [schema.const] : [])].filter((value) => typeof value === 'string');
    const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
    add(path, known.length ? known : types.map((type) => WORDS[type]));
    for (const [name, inner] of Object.entries(schema.properties ?? {})) walk(inner, path ? `${path}.${name}` : name);
    if (schema.items) walk(schema.items, `${path}[]`);
    return undefined;
  };
  for (const call of calls) walk(openapi.paths[`/${call}`].post.responses[200].content['application/json'].schema, '');
  return Object.fromEntries([...found].map(([path, words]) => [path, [...words].join('|')]));
}

/** The fields of `api/openapi.yaml`, by flow and by path. */
export async function fields() {
  const openapi = await readOpenapi();
  return { authorize: fieldsOf(openapi, 'authorize/start', 'authorize/submit'), logout: fieldsOf(openapi, 'logout/start', 'logout/submit') };
}
