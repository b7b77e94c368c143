// `api/openapi.yaml`, compiled: the one description of the API's shapes.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { escapePointer } from '../../server/node/src/json.ts';

export const document = parse(readFileSync(new URL('../../api/openapi.yaml', import.meta.url), 'utf8'));

const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
ajv.addSchema(document, 'api');
const compiled = new Map();
const MAX_PLACE = 500;

/** The path of a call in the document, whose countersign paths are relative to `/countersign`. */
export const documented = (path) => path.replace(/^\/countersign/, '');

/** The place of an error: that of the member that is missing or not described, not of its object. */
function placeOf({ instancePath, params }) {
  const member = params.additionalProperty ?? params.missingProperty;
  const place = member === undefined ? instancePath : `${instancePath}/${escapePointer(member)}`;
  return place.slice(0, MAX_PLACE) || '/';
}

/**
 * What is wrong with a value by the schema at a place of the document (its keys from the root), or
 * `undefined`.
 *
 * Of several alternatives the error nearest to a match is given: the one deepest in the value.
 */
export function faultOf(value, ...place) {
  const pointer = place.map((part) => `/${escapePointer(part)}`).join('');
  if (!compiled.has(pointer)) compiled.set(pointer, ajv.compile({ $ref: `api#${pointer}` }));
  const validate = compiled.get(pointer);
  if (validate(value)) return undefined;
  const depth = ({ instancePath }) => instancePath.split('/').length;
  const error = validate.errors.reduce((one, other) => (depth(other) > depth(one) ? other : one));
  return `${placeOf(error)} ${error.message}`;
}
