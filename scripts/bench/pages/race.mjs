// The race: every face in every scenario, in turn, so that what happens on the machine meanwhile hits all of them.
import { note } from '../../lib/say.mjs';
import { ratio, rotated, summary } from '../statistics.mjs';
import { computed } from './cpu.mjs';
import { STYTCH } from './faces.mjs';
import { load } from './load.mjs';

const MEASURED = ['visible', 'armed', 'bytes', 'requests'];

/** Medians of the loads of one face in one scenario. */
const summed = (loads) => Object.fromEntries(MEASURED.map((what) => [what, summary(loads.map((one) => one[what]))]));

/** What is said of a round, as it ends. */
function report(round, pairs, faces, scenarios, runs) {
  for (const { name } of scenarios) {
    note(`round ${round + 1} of ${pairs}, ${name}`, faces.map((face) => `${face.name} ${runs[face.name].loads[name].at(-1).visible} ms`).join(', '));
  }
}

/**
 * Loads all faces in all scenarios, `pairs` times.
 *
 * @returns the medians by face and scenario: `{ scenarios: { cold: { visible, armed, bytes, requests, ratio } }, cpu }`
 */
export async function race(hosts, { faces, scenarios, pairs }) {
  const runs = Object.fromEntries(faces.map(({ name }) => [name, { loads: Object.fromEntries(scenarios.map((scenario) => [scenario.name, []])), cpu: [] }]));
  for (let round = 0; round < pairs; round += 1) {
    for (const face of rotated(faces, round)) {
      const { loads, cpu } = runs[face.name];
      for (const { name } of scenarios) loads[name].push(await load(hosts, face, name));
      cpu.push(await computed(hosts, face));
    }
    report(round, pairs, faces, scenarios, runs);
  }
  return compared(Object.fromEntries(Object.entries(runs).map(([name, { loads, cpu }]) => [name, {
    cpu: summary(cpu), scenarios: Object.fromEntries(Object.entries(loads).map(([scenario, all]) => [scenario, summed(all)])),
  }])));
}

/** With the ratio of each visible Allow to that of Stytch's component in the same scenario. */
function compared(results) {
  const theirs = results[STYTCH].scenarios;
  for (const { scenarios } of Object.values(results)) {
    for (const [name, result] of Object.entries(scenarios)) result.ratio = ratio(result.visible, theirs[name].visible);
  }
  return results;
}
