// How long a server takes to render one card (`countersign/render` of the built package), in the time of the processor, which other
// programs on the machine hardly move. Nothing is asserted.
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../lib/root.mjs';
import { Stop } from '../lib/say.mjs';

const folder = inRoot('target', 'npm', 'package', 'dist', 'render');
const read = (...parts) => JSON.parse(readFileSync(inRoot(...parts), 'utf8'));

/** The card of a scene of the gallery, for its standard client. */
function answerOf(name) {
  const { consent, clients: { verified }, scenes } = read('examples', 'demo', 'gallery.json');
  const card = { ...consent, client: verified.client, redirect_uri: verified.redirect_uri, ...scenes.find((scene) => scene.name === name).consent };
  const whole = (scope) => ({ grantable: true, required: false, granted: false, sensitive: false, ...(typeof scope === 'string' ? { scope } : scope) });
  return { ...card, scopes: card.scopes.map(whole) };
}

/** Renders a card for a while. Returns the time of the processor for one, in milliseconds, and the size of the HTML. */
function measured(render, input, milliseconds) {
  const begin = process.cpuUsage();
  const end = performance.now() + milliseconds;
  let cards = 0;
  for (; performance.now() < end || cards < 10; cards += 1) render(input);
  const { user, system } = process.cpuUsage(begin);
  return { cpu: (user + system) / 1000 / cards, cards, bytes: Buffer.byteLength(render(input).html) };
}

/** Prints the time of a usual card and of one with thirty permissions, in English and in Arabic, plain and as a form. */
export async function benchRender(milliseconds = 2000) {
  if (!existsSync(`${folder}/render.wasm`)) throw new Stop('There is no package: run "npm run pack" first.');
  const { createRenderer } = await import(pathToFileURL(`${folder}/index.js`));
  const bytes = readFileSync(`${folder}/render.wasm`);
  const begin = performance.now();
  const render = await createRenderer(bytes);
  const form = { action: '/countersign/authorize/form', fields: { transaction: 'T1', version: 'V1', token: 'sealed' } };
  const first = { answer: answerOf('permissions'), language: 'en', siteName: 'Harbor', form };
  render(first);
  console.log(`module of ${bytes.length} bytes: compiled, and the first card rendered, in ${(performance.now() - begin).toFixed(1)} ms`);
  for (const scene of ['permissions', 'scopes-thirty']) {
    for (const language of ['en', 'ar']) {
      const texts = language === 'en' ? undefined : read('messages', `${language}.json`);
      const { cpu, cards, bytes: size } = measured(render, { ...first, answer: answerOf(scene), language, texts }, milliseconds);
      console.log(`${scene.padEnd(14)} ${language}  ${cpu.toFixed(2)} ms of CPU a card, over ${cards} cards, ${size} bytes of HTML`);
    }
  }
}
