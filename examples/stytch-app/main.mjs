// Starts the app of a team on Stytch: `node examples/stytch-app/main.mjs`. COUNTERSIGN_PORT is its
// port, COUNTERSIGN_STYTCH_PORT the port of Stytch's API.
import { createStytchApp } from './site.mjs';

const port = Number(process.env.COUNTERSIGN_PORT || 4400);
const stytch = `http://localhost:${process.env.COUNTERSIGN_STYTCH_PORT || 4402}`;
const app = await createStytchApp({ port, stytch }).catch((error) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken. Set COUNTERSIGN_PORT to a free one.` : error.message);
  process.exit(1);
});
console.log(`App: ${app.origin}`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => app.close().then(() => process.exit(0)));
