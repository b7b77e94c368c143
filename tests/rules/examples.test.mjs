// Every body of the API has an example that is as its schema says. Rust reads the widget's from `tests/vectors/examples.json`.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { document, faultOf } from '../support/openapi.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';

const { schemas } = document.components;
const nameOf = ({ $ref }) => $ref.split('/').at(-1);

/** The schemas of a body: one, or the alternatives of an answer. */
function bodiesOf({ content }) {
  return Object.values(content).flatMap(({ schema }) => {
    const name = nameOf(schema);
    return (schemas[name].oneOf ?? []).every(({ $ref }) => $ref) && schemas[name].oneOf ? schemas[name].oneOf.map(nameOf) : [name];
  });
}

const behindReference = (response) => (response.$ref ? response.$ref.slice(2).split('/').reduce((node, part) => node[part], document) : response);
/** Forms are answered with pages. */
const FORMS = { '/authorize/form': 'AuthorizeForm', '/logout/form': 'LogoutForm' };
const operations = Object.entries(document.paths).filter(([path]) => !(path in FORMS)).map(([path, { post }]) => [path, post]);
const calls = operations.map(([path, post]) => [path, bodiesOf(post.requestBody)]);
const answers = operations.map(([path, post]) => [path, Object.values(post.responses).flatMap((one) => bodiesOf(behindReference(one)))]);
const names = new Set([...calls, ...answers].flatMap(([, bodies]) => bodies));

test('every body has an example, and every example is as its schema says', () => {
  assert.ok(names.size >= 18, `${names.size} bodies`);
  for (const name of names) {
    const { examples = [] } = schemas[name];
    assert.ok(examples.length > 0, `${name} has no example`);
    for (const example of examples) assert.equal(faultOf(example, 'components', 'schemas', name), undefined, `${name}: ${JSON.stringify(example)}`);
  }
});

test('every form has examples of its own, with every field', () => {
  for (const [path, name] of Object.entries(FORMS)) {
    const { examples, properties } = schemas[name];
    for (const example of examples) assert.equal(faultOf(example, 'components', 'schemas', name), undefined, JSON.stringify(example));
    assert.deepEqual(new Set(examples.flatMap(Object.keys)), new Set(Object.keys(properties)));
    for (const answer of Object.values(document.paths[path].post.responses)) assert.deepEqual(Object.keys(behindReference(answer).content ?? { 'text/html': {} }), ['text/html']);
  }
});

test('every problem has an example of its own, with its own status and code', () => {
  const problems = operations.flatMap(([, { responses }]) => Object.entries(responses)).filter(([status]) => status !== '200');
  assert.ok(problems.length > 40);
  for (const [status, one] of problems) {
    const { description, content } = behindReference(one);
    const { example } = content['application/problem+json'];
    assert.equal(faultOf(example, 'components', 'schemas', 'Problem'), undefined, `${status}: ${JSON.stringify(example)}`);
    assert.equal(example.status, Number(status));
    assert.ok(description.includes(`\`${example.code}\``), `${status}: ${description}`);
  }
});

test('together, the examples have every member of the widget’s calls and answers', () => {
  const widgets = [...calls, ...answers].filter(([path]) => !path.startsWith('/account')).flatMap(([, bodies]) => bodies);
  for (const name of new Set(widgets)) {
    const shapes = schemas[name].oneOf ?? [schemas[name]];
    const members = new Set(schemas[name].examples.flatMap(Object.keys));
    // Whether a browser sent cookies has nothing to do with the other members.
    for (const member of shapes.flatMap(({ properties }) => Object.keys(properties))) assert.ok(members.has(member) || member === 'no_cookies', `${name}.${member}`);
  }
});

test('the examples that Rust reads are those of the document', () => {
  const file = inRoot('tests', 'vectors', 'examples.json');
  const examplesOf = (all, part) => all.filter(([path]) => path.startsWith(part)).flatMap(([, bodies]) => bodies);
  const pick = (bodies) => Object.fromEntries([...new Set(bodies)].filter((name) => name !== 'Problem').map((name) => [name, schemas[name].examples]));
  const wanted = {
    calls: pick([...examplesOf(calls, '/authorize'), ...examplesOf(calls, '/logout')]),
    authorize: pick(examplesOf(answers, '/authorize')),
    logout: pick(examplesOf(answers, '/logout')),
    problems: schemas.Problem.examples,
  };
  if (process.env.UPDATE_EXAMPLES) writeFileSync(file, `${JSON.stringify(wanted, null, 2)}\n`);
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), wanted);
});
