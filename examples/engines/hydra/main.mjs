// Starts Ory Hydra with the kit in front: `node examples/engines/hydra/main.mjs`. COUNTERSIGN_PORT is the site's port,
// COUNTERSIGN_HYDRA_PORT that of Hydra, COUNTERSIGN_CLIENT_PORT that of the demo's client. With COUNTERSIGN_KIT=rust, the program
// `countersign-hydra` is in front, in place of the kit in TypeScript.
import { portFrom, start } from '../site/main.mjs';
import { createSite } from './server.mjs';

const hydraPort = portFrom('COUNTERSIGN_HYDRA_PORT', 4404);
const kit = process.env.COUNTERSIGN_KIT === 'rust' ? 'rust' : 'node';
await start('Ory Hydra', (options) => createSite({ hydraPort, kit, ...options }));
