// Ory Hydra for this server, on this machine and in memory: `node examples/servers/axum/hydra.mjs`. PORT is the server's port,
// HYDRA_PORT and HYDRA_ADMIN_PORT are Hydra's, CLIENT is the origin of the demo's client.
import { addClient, startHydra } from '../../engines/hydra/hydra.mjs';

const { PORT = '4400', HYDRA_PORT = '4404', HYDRA_ADMIN_PORT = '4445', CLIENT = 'http://localhost:4401' } = process.env;
const site = `http://localhost:${PORT}`;
const scopes = ['openid', 'profile', 'email', 'photos.read', 'offline_access'];
const { issuer, admin, close } = await startHydra({
  port: Number(HYDRA_PORT), page: `${site}/oauth/authorize`, logout: `${site}/oauth/logout`, scopes, registers: true, adminPort: Number(HYDRA_ADMIN_PORT),
});
const own = { redirectUri: [`${CLIENT}/callback`, 'https://photo-printer.example/callback'], signedOutUri: `${CLIENT}/signed-out` };
await addClient(admin, { id: 'third-party-public', name: 'Photo Printer', ...own }, scopes);
await addClient(admin, { id: 'third-party-unverified', name: 'Postcards', ...own }, scopes);
console.log(`Ory Hydra: ${issuer}, its admin API: ${admin}`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => close().then(() => process.exit(0)));
