// Starts Ory Hydra with the kit in front: `node examples/engines/hydra/main.mjs`. COUNTERSIGN_PORT is the site's port,
// COUNTERSIGN_HYDRA_PORT that of Hydra, COUNTERSIGN_CLIENT_PORT that of the demo's client.
import { portFrom, start } from '../site/main.mjs';
import { createSite } from './server.mjs';

const hydraPort = portFrom('COUNTERSIGN_HYDRA_PORT', 4404);
await start('Ory Hydra', (options) => createSite({ hydraPort, ...options }));
