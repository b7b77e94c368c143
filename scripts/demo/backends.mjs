// What the demo can run on: the programs, in the order of their start, and what users are told.
import { examples } from '../hosts.mjs';
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
    words: ({ site, client }) => `Countersign is running.
  Client, to start at:             ${home(client)}
  Site and authorization server:   ${home(site)}
${signIn}`,
  },
  stytch: {
    ports: ['site', 'client', 'stytch'],
    programs({ site, client, stytch }) {
      const chosen = { COUNTERSIGN_PORT: site, COUNTERSIGN_CLIENT_PORT: client, COUNTERSIGN_STYTCH_PORT: stytch, COUNTERSIGN_ISSUER: home(stytch) };
      return [
        node('stand-in for Stytch', 'tests/support/stytch/main.mjs', stytch, chosen),
        node('app', 'examples/stytch-app/main.mjs', site, chosen),
        node('client', 'examples/relying-party/main.mjs', client, chosen),
      ];
    },
    words: ({ site, client, stytch }) => `Countersign is running in front of a stand-in for Stytch.
  Client, to start at:             ${home(client)}
  App with the widget:             ${home(site)}
  Stand-in for Stytch's API:       ${home(stytch)}
${signIn}`,
  },
};

/** The demo with pages of a front end in it: `program` serves them, without a port so far. */
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
  words: backends.countersign.words,
});

/** The demo with the pages of an example in it, as a team serves them that uses the npm package; `folder` is where the example was put together. */
export function hosted(name, folder) {
  const { pages, start: [command, ...args] } = examples[name];
  const front = withFrontEnd({ name: `example "${name}"`, command, args, cwd: folder, env: { NEXT_TELEMETRY_DISABLED: '1' } }, pages);
  return { ...front, words: (ports) => `${front.words(ports)}
The authorization page is that of examples/${name}, with the npm package.` };
}
