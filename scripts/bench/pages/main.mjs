// The bench of pages: the time from the start of a load to a visible Allow, for our pages and Stytch's component in turn, on a slow
// network and a slow processor.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { bootstrap, toolSteps } from '../../bootstrap.mjs';
import { build, siteSteps } from '../../build.mjs';
import { inRoot } from '../../lib/root.mjs';
import { note, plan, step, Stop, ticking } from '../../lib/say.mjs';
import { pack, packageSteps } from '../../pack.mjs';
import { loadNow, machine, RATE, ROUND_TRIP, SLOWER } from './conditions.mjs';
import { chosenFaces, named, SCENARIOS } from './faces.mjs';
import { between, columns, conditions, rowsOf, written } from './table.mjs';

const OUT = inRoot('target', 'bench');
const DOCUMENT = inRoot('docs', 'size-and-speed.md');
const PICTURES = inRoot('docs', 'speed');

/** Sorts out what cannot be measured: `[what is left, what is not, with the reason]`. */
function apart(items) {
  const reasons = new Map(items.map((item) => [item, typeof item.missing === 'function' ? item.missing() : item.missing]));
  const skipped = items.filter((item) => reasons.get(item)).map((item) => ({ name: item.name, title: item.title, reason: reasons.get(item) }));
  return [items.filter((item) => !reasons.get(item)), skipped];
}

function writeDocument(result, pictures) {
  rmSync(PICTURES, { recursive: true, force: true });
  cpSync(`${OUT}/pictures`, PICTURES, { recursive: true });
  const named = pictures.map(({ title, file }) => ({ title, file: `speed/${file}` }));
  writeFileSync(DOCUMENT, between(readFileSync(DOCUMENT, 'utf8'), written(result, named)));
  note('docs/size-and-speed.md and docs/speed are written', 'look at them before you commit them');
}

/** Each visible Allow against that of Stytch's component, by scenario and face. */
const ratiosOf = (faces, scenarios, runs) => Object.fromEntries(scenarios.map((scenario) => [
  scenario.name, Object.fromEntries(faces.map(({ name }) => [name, runs[name].scenarios[scenario.name].ratio])),
]));

async function measured({ faces, scenarios, skipped, pairs }) {
  const { openHosts } = await import('./hosts.mjs');
  const { race } = await import('./race.mjs');
  const { takePictures } = await import('./pictures.mjs');
  const here = machine();
  const hosts = await openHosts(faces);
  try {
    const runs = await race(hosts, { faces, scenarios, pairs });
    const result = {
      measured: 'milliseconds from the start of a load to a visible Allow', pairs,
      conditions: { roundTripMilliseconds: ROUND_TRIP, bytesPerSecond: RATE, cpuSlowdown: SLOWER },
      machine: { ...here, loadAfter: loadNow() },
      scenarios: scenarios.map(({ name, title, before }) => ({ name, title, before })),
      faces: faces.map(({ name, title, api }) => ({ name, title, api, ...runs[name] })),
      ratios: ratiosOf(faces, scenarios, runs),
      skipped,
    };
    mkdirSync(OUT, { recursive: true });
    writeFileSync(`${OUT}/latest.json`, `${JSON.stringify(result, null, 2)}\n`);
    return { result, pictures: await takePictures(hosts, result, `${OUT}/pictures`) };
  } finally {
    await hosts.close();
  }
}

export async function benchPages({ pairs, faces: facesText, scenarios: scenariosText, write }) {
  const [asked, wanted] = [chosenFaces(facesText), named('scenario', SCENARIOS, scenariosText)];
  plan(toolSteps, siteSteps, packageSteps, 'race');
  const { env } = await bootstrap({ tests: true });
  process.env.PATH = env.PATH;
  await build(env);
  await pack(env);
  const [[faces, noFaces], [scenarios, noScenarios]] = [apart(asked), apart(wanted)];
  const skipped = [...noFaces, ...noScenarios];
  for (const { name, reason } of skipped) note(`${name} is skipped`, reason);
  if (!scenarios.length) throw new Stop('No scenario is left that could be measured.');
  step('race', 'loading the pages in turn', `${pairs} rounds of ${faces.length} pages`);
  const quiet = ticking('The race');
  const { result, pictures } = await measured({ faces, scenarios, skipped, pairs });
  quiet();
  for (const { name, title } of scenarios) console.log(`\n${title}\n${columns(rowsOf(result, name))}`);
  console.log(`\n${conditions(result).replaceAll('**', '')}`);
  if (write) writeDocument(result, pictures);
  console.log('All of it is in target/bench/latest.json, its pictures in target/bench/pictures.');
}
