// Starts oidc-provider with the kit in front: `node examples/engines/oidc-provider/main.mjs`. COUNTERSIGN_PORT is its port,
// COUNTERSIGN_CLIENT_PORT that of the demo's client.
import { start } from '../site/main.mjs';
import { createSite } from './server.mjs';

await start('oidc-provider', createSite);
