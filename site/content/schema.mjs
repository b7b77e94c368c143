// A schema of the API's description as Markdown.

export const nameOf = ({ $ref }) => $ref.split('/').at(-1);
const SCHEMAS = '/api/schemas/';

/** A link to a schema's part of the page of schemas. */
export const link = (name) => `[${name}](${SCHEMAS}#${name.toLowerCase()})`;

const cell = (text) => text.trim().replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
const value = (one) => `\`${JSON.stringify(one)}\``;
const range = (least, most, unit) => (
  least !== undefined && most !== undefined ? `${least} to ${most}${unit}` : most !== undefined ? `at most ${most}${unit}` : least !== undefined ? `at least ${least}${unit}` : ''
);

function limits(schema) {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, maxProperties, pattern, format } = schema;
  return [
    range(minLength, maxLength, ' characters'), range(minimum, maximum, ''), range(minItems, maxItems, ' items'), range(undefined, maxProperties, ' members'),
    format && `format \`${format}\``, pattern && `pattern \`${pattern}\``,
  ].filter(Boolean).join(', ');
}

/** The type of a value, in words. */
export function typeOf(schema) {
  if (schema.$ref) return link(nameOf(schema));
  if (schema.const !== undefined) return value(schema.const);
  if (schema.enum) return schema.enum.map(value).join(', ');
  if (schema.oneOf) return schema.oneOf.map(typeOf).join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? typeOf(schema.items) : 'anything'}`;
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object') return `object of ${typeOf(schema.additionalProperties)}`;
  return [schema.type].flat().filter(Boolean).join(' or ') || 'any';
}

const described = (schema) => [schema.description ?? '', limits(schema)].map((it) => it.trim()).filter(Boolean)
  .map((it) => (/[.`]$/.test(it) ? it : `${it}.`)).join(' ');

/** Every member, with those of the objects inside it. */
function rows({ properties = {}, patternProperties = {}, required = [] }, before = '') {
  const members = [...Object.entries(properties), ...Object.entries(patternProperties).map(([name, it]) => [`/${name}/`, it])];
  return members.flatMap(([name, member]) => {
    const inner = member.properties ? [member, '.'] : member.items?.properties ? [member.items, '[].'] : undefined;
    const row = `| \`${cell(before + name)}\` | ${cell(typeOf(member))} | ${required.includes(name) ? 'yes' : ''} | ${cell(described(member))} |`;
    return [row, ...(inner ? rows(inner[0], before + name + inner[1]) : [])];
  });
}

const table = (schema) => ['| member | type | required | |', '|---|---|---|---|', ...rows(schema), ''];

export const example = (one) => ['```json', JSON.stringify(one, null, 2), '```', ''];

/** The lines of a schema: what it is, its members, its examples. */
export function schemaLines(schema) {
  const objects = (schema.oneOf ?? []).filter(({ properties }) => properties);
  return [
    ...(schema.description ? [schema.description.trim(), ''] : []),
    ...(schema.properties ? table(schema) : []),
    ...objects.flatMap((one, index) => [index ? 'Or:' : 'Either:', '', ...table(one)]),
    ...(schema.properties || objects.length ? [] : [[typeOf(schema), limits(schema)].filter(Boolean).join(', '), '']),
    ...(schema.examples ?? []).flatMap(example),
  ];
}
