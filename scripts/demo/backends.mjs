// The backends of the demo: their programs in start order, and the message for users.
import path from 'node:path';
import { examples } from '../hosts.mjs';
import { inRoot } from '../lib/root.mjs';
import { node } from './serve.mjs';

const home = (port) => `http://localhost:${port}`;

const signIn = 'Sign in as ada@example.com with the password "demo". Ctrl-C ends everything.';

export const backends = {
  countersign: {
    ports: ['site', 'client'],
    programs({ site, client }) {
      const chosen = { COUNTERSIGN_PORT: site, COUNTERSIGN_CLIENT_PORT: client };
      return [
        node('authorization server', 'examples/authorization-server/main.mjs', site, chosen),
        node('client', 'examples/relying-party/main.mjs', client, chosen),
      ];
    },
    message: ({ site, client }) => `Countersign is running.
  Client, to start at:             ${home(client)}
  Site and authorization server:   ${home(site)}
${signIn}`,
  },
  stytch: {
    ports: ['site', 'client', 'stytch', 'tls'],
    programs({ site, client, stytch, tls }) {
      const chosen = { COUNTERSIGN_PORT: site, COUNTERSIGN_CLIENT_PORT: client, COUNTERSIGN_STYTCH_PORT: stytch, COUNTERSIGN_STYTCH_TLS_PORT: tls, COUNTERSIGN_ISSUER: home(stytch) };
      return [
        node('stand-in for Stytch', 'tests/support/stytch/main.mjs', stytch, chosen),
        node('app', 'examples/stytch-app/main.mjs', site, chosen),
        node('client', 'examples/relying-party/main.mjs', client, chosen),
      ];
    },
    message: ({ site, client, stytch, tls }) => `Countersign is running in front of a stand-in for Stytch.
  Client, to start at:             ${home(client)}
  App with the widget:             ${home(site)}
  Stand-in for Stytch's API:       ${home(stytch)}
  The same for Stytch's SDK:       https://localhost:${tls} (docs/from-stytch.md says how an app of yours uses it)
${signIn}`,
  },
};

/** An engine that others wrote. `issuer` is the issuer's path; `own`, the port at which it is; `without`, what it lacks. */
const engine = (name, folder, { issuer = '', own = 'site', without }) => ({
  ports: [...new Set(['site', 'client', own])],
  programs({ site, client, ...more }) {
    const address = home({ site, ...more }[own]) + issuer;
    const chosen = { COUNTERSIGN_PORT: site, COUNTERSIGN_CLIENT_PORT: client, COUNTERSIGN_HYDRA_PORT: more.hydra, COUNTERSIGN_KIT: process.env.COUNTERSIGN_KIT, COUNTERSIGN_ISSUER: address, COUNTERSIGN_CLIENT_WITHOUT: without };
    return [
      { ...node(name, `examples/engines/${folder}/main.mjs`, site, chosen), answers: home(site) },
      node('client', 'examples/relying-party/main.mjs', client, chosen),
    ];
  },
  message: ({ site, client }) => `Countersign is running in front of ${name}.
  Client, to start at:             ${home(client)}
  Site and authorization server:   ${home(site)}
${signIn}`,
});

export const engines = {
  'better-auth': engine('Better Auth', 'better-auth', { issuer: '/api/auth', without: 'organizations' }),
  workers: engine('workers-oauth-provider', 'workers', { without: 'openid,organizations' }),
  'oidc-provider': engine('oidc-provider', 'oidc-provider', { without: 'organizations' }),
  hydra: engine('Ory Hydra', 'hydra', { own: 'hydra', without: 'organizations' }),
};

/** With the Node that runs this: the machine's own may be an older one. */
const PATH = [path.dirname(process.execPath), process.env.PATH].join(path.delimiter);

/** A server to copy, with an engine that others wrote. `args` are those of its start command at a port. */
const server = (name, folder, { args = () => [], issuer = '', without, password }) => ({
  ports: ['site', 'client'],
  programs({ site, client }) {
    const chosen = { COUNTERSIGN_PORT: site, COUNTERSIGN_CLIENT_PORT: client, COUNTERSIGN_ISSUER: home(site) + issuer, COUNTERSIGN_CLIENT_WITHOUT: without };
    return [
      { name, command: 'npm', args: ['start', '--silent', '--', ...args(site)], cwd: inRoot('examples', 'servers', folder), port: site, env: { PORT: site, PATH } },
      node('client', 'examples/relying-party/main.mjs', client, chosen),
    ];
  },
  message: ({ site, client }) => `Countersign is running in ${name}: examples/servers/${folder}.
  Client, to start at:             ${home(client)}
  Site and authorization server:   ${home(site)}
Sign in as ada@example.com with the password "${password}". Ctrl-C ends everything.`,
});

/** The server to copy in Rust, with Ory Hydra beside it. */
const axum = {
  ports: ['site', 'client', 'hydra', 'admin'],
  engine: 'hydra',
  programs({ site, client, hydra, admin }) {
    const issuer = home(hydra);
    const beside = { PORT: site, HYDRA_PORT: hydra, HYDRA_ADMIN_PORT: admin, CLIENT: home(client) };
    const own = { PORT: site, HYDRA_ADMIN: `http://127.0.0.1:${admin}`, HYDRA_ISSUER: issuer };
    const chosen = { COUNTERSIGN_PORT: site, COUNTERSIGN_CLIENT_PORT: client, COUNTERSIGN_ISSUER: issuer, COUNTERSIGN_CLIENT_WITHOUT: 'organizations' };
    return [
      node('Ory Hydra', 'examples/servers/axum/hydra.mjs', hydra, beside),
      { name: 'axum', command: 'cargo', args: ['run', '--quiet', '-p', 'countersign-axum'], cwd: inRoot(), port: site, env: own },
      node('client', 'examples/relying-party/main.mjs', client, chosen),
    ];
  },
  message: ({ site, client }) => `Countersign is running in axum with Ory Hydra: examples/servers/axum.
  Client, to start at:             ${home(client)}
  Site:                            ${home(site)}
Sign in as ada@example.com with the password "demo". Ctrl-C ends everything.`,
};

export const servers = {
  axum,
  express: server('Express with Better Auth', 'express', { issuer: '/api/auth', without: 'organizations', password: 'demo-demo' }),
  workers: server('a Worker with Hono and workers-oauth-provider', 'workers', {
    args: (port) => ['--port', port, '--var', `ORIGIN:${home(port)}`], without: 'openid,organizations', password: 'demo',
  }),
  oauth2orize: server('Express with oauth2orize', 'oauth2orize', { without: 'openid,organizations', password: 'demo' }),
};

/** The demo with pages from another server: `program` serves them, on a port that is chosen later. */
export const withFrontEnd = (program, pages) => ({
  ports: ['site', 'client', 'host'],
  programs({ site, client, host }) {
    const chosen = {
      COUNTERSIGN_PORT: site, COUNTERSIGN_CLIENT_PORT: client, COUNTERSIGN_FRONT_END: home(host), COUNTERSIGN_FRONT_END_PAGES: pages.join(','),
    };
    return [
      { ...program, port: host, env: { PORT: host, ...program.env } },
      node('authorization server', 'examples/authorization-server/main.mjs', site, chosen),
      node('client', 'examples/relying-party/main.mjs', client, chosen),
    ];
  },
  message: backends.countersign.message,
});

/** The demo with the pages of an example, which uses the npm package. `folder` is the prepared example. */
export function hosted(name, folder) {
  const { pages, start: [command, ...args] } = examples[name];
  const front = withFrontEnd({ name: `example "${name}"`, command, args, cwd: folder, env: { NEXT_TELEMETRY_DISABLED: '1' } }, pages);
  return { ...front, message: (ports) => `${front.message(ports)}
The authorization page is that of examples/${name}, with the npm package.` };
}
