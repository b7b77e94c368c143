// Starts the app of a team on Stytch: `node examples/stytch-app/main.mjs`. COUNTERSIGN_PORT is its port, COUNTERSIGN_STYTCH_PORT that of
// Stytch's API.
import { createStytchApp } from './site.mjs';

const port = Number(process.env.COUNTERSIGN_PORT || 4400);
const app = await createStytchApp({ port, stytch: `http://localhost:${process.env.COUNTERSIGN_STYTCH_PORT || 4402}` });
console.log(`App: ${app.origin}`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => app.close().then(() => process.exit(0)));
