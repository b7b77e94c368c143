// Runs a bench: the time from the start of a load to a visible Allow, for our pages and Stytch's component in turn, unless `--only`
// names another (scripts/bench/benches.mjs).
//
// `--pairs 15` runs more than nine rounds, `--faces page,element` fewer pages, `--scenarios cold` fewer scenarios, and `--write` puts
// table and pictures into docs/size-and-speed.md. `--only server` measures the kit for servers, each row for `--seconds 5`,
// `--only render` the card on a server.
import { parseArgs } from 'node:util';
import { benches, benchNamed } from './bench/benches.mjs';
import { main } from './lib/main.mjs';

await main(async () => {
  const options = Object.assign({ only: { type: 'string', default: 'pages' } }, ...Object.values(benches).map((bench) => bench.options));
  const { values } = parseArgs({ options });
  await benchNamed(values.only).run(values);
  return 0;
});
