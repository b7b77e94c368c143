// The program `countersign-hydra` as a process of the cluster. What it says of scopes and clients is what the kit in TypeScript says, so
// that the cards of both are the same.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WORDS } from '../../examples/engines/hydra/program.mjs';

const MOST = '1000000';
/** The program is the kit alone, at these paths. Everything else is the site's. */
const OF_KIT = /^\/(countersign\/|oauth\/(authorize|logout)([?]|$))/;

let file;

/** The file of its settings. The others are in the environment, also COUNTERSIGN_PAGE_FILES where pages are to be shown. */
function settings() {
  if (file !== undefined) return file;
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-cluster-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  file = path.join(folder, 'settings.json');
  // A page for callers that show none, whether or not the program has one in it.
  writeFileSync(path.join(folder, 'register.js'), '');
  writeFileSync(file, JSON.stringify({ ...WORDS, page: { files: folder } }));
  return file;
}

/**
 * A process of the program, for `startCluster`.
 *
 * @param command the program
 */
export const programKit = (command) => ({
  language: 'rust',
  command,
  args: ['--config', settings()],
  env: ({ COUNTERSIGN_SECRETS: secrets }) => ({
    COUNTERSIGN_LISTEN: '127.0.0.1:0', COUNTERSIGN_SECRETS: secrets, COUNTERSIGN_SIGN_IN_URL: '/login', COUNTERSIGN_HYDRA_PKCE: 'true',
    COUNTERSIGN_LIMITS_PER_BROWSER: MOST, COUNTERSIGN_LIMITS_PER_ADDRESS: MOST,
  }),
  addressIn: (line) => `http://${JSON.parse(line).listen}`,
  takes: (url) => OF_KIT.test(url),
});
