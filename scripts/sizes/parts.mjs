// Sorts the functions of a module by the part of the source they come from, and computes what each
// part adds in brotli.

/** The parts by a pattern of function names; the first match counts. Inlined code counts for its caller. */
const PARTS = [
  ['client identity', /countersign::(consent::(identity|host|scripts|display|client)|protocol::link)/],
  ['permissions', /countersign::(consent::(selection|scope|detail|request|account|organization|manifest)|view::card::(scopes|manifest))|countersign_html::(scopes|details)/],
  ['organizations', /countersign_html::organizations|dom::picker/],
  ['languages', /countersign::messages|load_messages|Platform>::(plural|list)/],
  ['the view model', /countersign::view/],
  ['the machine', /countersign::flow/],
  ['the views as nodes', /countersign_(html|leptos|web::(dom|mount|options|appearance|tokens))/],
  ['the driver', /countersign_\w+::(driver|handle)/],
  ['the browser', /countersign_\w+::(platform|translations)/],
  ['the backend and its API', /countersign::(backend|api)|countersign_stytch/],
  ['requests and addresses', /countersign::(protocol|platform)/],
  ['Leptos', /leptos|tachys|reactive_graph|any_spawner|hydration_context|send_wrapper|fragile|throw_error|either_of/],
  ['wasm-bindgen', /wasm_bindgen|js_sys|web_sys|__wbindgen|__externref|futures/],
  ['the standard library', /./],
];

/** A function's name without the hashes of its crates. */
const plain = (name) => name.replace(/\[[0-9a-f]+\]/g, '');

/** The part of a function: by the first of our own paths in its name, also inside generic code. */
export function partOf(name) {
  const path = plain(name);
  const own = path.match(/countersign(_\w+)?::[\w:{}#]+/g) ?? [];
  const found = own.map((it) => PARTS.find(([, pattern]) => pattern.test(it))).find((it) => it && it[0] !== 'the standard library');
  const [part] = found ?? PARTS.find(([, pattern]) => pattern.test(path || '?')) ?? PARTS.at(-1);
  return part;
}

/** A reader of a module's bytes. */
function reader(bytes) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  return {
    number,
    byte: () => bytes[at++],
    text: () => { const length = number(); at += length; return bytes.toString('utf8', at - length, at); },
    get at() { return at; },
    set at(place) { at = place; },
  };
}

function importedFunctions(from) {
  let functions = 0;
  for (let left = from.number(); left > 0; left -= 1) {
    from.text();
    from.text();
    const kind = from.byte();
    if (kind === 0) functions += 1;
    if (kind === 1) from.byte();
    if (kind === 3) from.byte();
    if (kind === 1 || kind === 2) { if (from.number() & 1) from.number(); }
    from.number();
  }
  return functions;
}

function nameSection(from, end, names) {
  while (from.at < end) {
    const kind = from.byte();
    const next = from.number() + from.at;
    if (kind === 1) for (let left = from.number(); left > 0; left -= 1) names.set(from.number(), from.text());
    from.at = next;
  }
}

/** The functions of a module as `{ name, start, end }`, and its data section. */
export function functionsOf(bytes) {
  const from = reader(bytes);
  const names = new Map();
  const bodies = [];
  let imported = 0;
  let data = { start: 0, end: 0 };
  while (from.at < bytes.length) {
    const kind = from.byte();
    const end = from.number() + from.at;
    if (kind === 2) imported = importedFunctions(from);
    if (kind === 10) for (let left = from.number(); left > 0; left -= 1) { const length = from.number(); bodies.push({ start: from.at, end: from.at + length }); from.at += length; }
    if (kind === 11) data = { start: from.at, end };
    if (kind === 0 && from.text() === 'name') nameSection(from, end, names);
    from.at = end;
  }
  return { functions: bodies.map((body, place) => ({ ...body, name: names.get(place + imported) ?? '' })), data };
}

/** The bytes without some ranges of them. */
function without(bytes, stretches) {
  const kept = [];
  let at = 0;
  for (const { start, end } of [...stretches].sort((one, other) => one.start - other.start)) {
    kept.push(bytes.subarray(at, start));
    at = end;
  }
  return Buffer.concat([...kept, bytes.subarray(at)]);
}

/**
 * The size of each part, largest first: raw bytes, and by how much the module shrinks without it in
 * brotli.
 *
 * @param {Buffer} named a module with function names
 */
export function partsOf(named, brotli) {
  const { functions, data } = functionsOf(named);
  const last = Math.max(data.end, ...functions.map(({ end }) => end));
  const module = named.subarray(0, last);
  const whole = brotli(module).length;
  const groups = new Map([['texts and other constants', [data]]]);
  for (const it of functions) {
    const part = partOf(it.name);
    groups.set(part, [...(groups.get(part) ?? []), it]);
  }
  const rows = [...groups].map(([part, stretches]) => ({
    part,
    raw: stretches.reduce((sum, { start, end }) => sum + end - start, 0),
    brotli: whole - brotli(without(module, stretches)).length,
  }));
  return rows.sort((one, other) => other.brotli - one.brotli);
}
