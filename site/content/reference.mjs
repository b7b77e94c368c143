// The reference of the API, from api/openapi.yaml: a page for each call, and one for the schemas.
import { readOpenapi } from '../../scripts/lib/openapi.mjs';
import { rendered } from './markdown.mjs';
import { example, link, nameOf, schemaLines, typeOf } from './schema.mjs';

const FILE = 'api/openapi.yaml';
const api = await readOpenapi();
const { schemas } = api.components;

const behind = (node) => (node.$ref ? node.$ref.slice(2).split('/').reduce((at, part) => at[part], api) : node);

/** The schemas that a body may be. */
function alternatives(schema) {
  const all = schema.$ref ? schemas[nameOf(schema)].oneOf : undefined;
  return all?.every(({ $ref }) => $ref) ? all.map(nameOf) : [nameOf(schema)];
}

/** A body: which schemas it may have, and an example of each. A media type's own example says more than the schema's. */
function body(content) {
  return Object.entries(content).flatMap(([type, { schema, example: own }]) => {
    // A page is no object.
    if (schema.$ref === undefined) return [`\`${type}\``, ''];
    const names = alternatives(schema);
    const examples = own ? example(own) : names.flatMap((name) => [
      ...(names.length > 1 ? [`${link(name)}:`, ''] : []), ...schemas[name].examples.flatMap(example),
    ]);
    return [`\`${type}\`: ${names.map(link).join(' or ')}`, '', ...examples];
  });
}

const PLACES = { header: ['Headers', 'header'], query: ['Query', 'parameter'] };

/** The parameters of a call, by where they are. */
const parametersOf = (parameters) => Object.entries(PLACES).flatMap(([place, [heading, column]]) => {
  const rows = parameters.map(behind).filter((it) => it.in === place).map(({ name, description, schema }) => `| \`${name}\` | ${typeOf(schema)} | ${description} |`);
  return rows.length ? [`## ${heading}`, '', `| ${column} | value | |`, '|---|---|---|', ...rows, ''] : [];
});

function response([status, node]) {
  const { description, headers = {}, content } = behind(node);
  return [
    `### ${status}`, '', description.trim(), '',
    ...(Object.keys(headers).length ? [`Headers: ${Object.keys(headers).map((name) => `\`${name}\``).join(', ')}.`, ''] : []),
    ...(content ? body(content) : []),
  ];
}

const pathOf = (path, { servers: own }) => `${own?.[0].url === '/' ? '' : api.servers[0].url}${path}`;

function operation([path, item]) {
  const { post } = item;
  const address = pathOf(path, item);
  return [
    `# POST ${address}`, '', `${post.summary}.`, '', ...(post.description ? [post.description.trim(), ''] : []),
    ...parametersOf(post.parameters),
    '## Body', '', ...body(post.requestBody.content),
    '## Responses', '', ...Object.entries(post.responses).flatMap(response),
  ].join('\n');
}

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const calls = Object.entries(api.paths).map((entry) => {
  const [path, item] = entry;
  return { url: `/api/${kebab(item.post.operationId)}/`, title: `POST ${pathOf(path, item)}`, tag: item.post.tags[0], summary: `${item.post.summary}.`, text: operation(entry) };
});

const ofTag = ({ name, description }) => [
  `## ${name}`, '', description, '', '| call | |', '|---|---|',
  ...calls.filter(({ tag }) => tag === name).map(({ url, title, summary }) => `| [${title}](${url}) | ${summary} |`), '',
];

const index = {
  url: '/api/',
  title: 'API reference',
  summary: api.info.summary,
  text: [
    `# ${api.info.title}`, '', `From [openapi.yaml](/openapi.yaml) (OpenAPI ${api.openapi}), which programs can read. [All schemas](/api/schemas/).`, '', api.info.description.trim(), '',
    ...api.tags.flatMap(ofTag),
  ].join('\n'),
};

const all = {
  url: '/api/schemas/',
  title: 'Schemas of the API',
  summary: 'Every object of the API, its members and examples.',
  text: ['# Schemas of the API', '', ...Object.entries(schemas).flatMap(([name, schema]) => [`## ${name}`, '', ...schemaLines(schema)])].join('\n'),
};

/** `{ url, title, summary, text, html, headings }` of every page of the reference; the first one leads to the others. */
export const reference = [index, ...calls, all].map((page) => ({ ...page, file: FILE, ...rendered(page.text, FILE) }));
