// Debian packages: a browser, and a compiler with a WebAssembly standard library if rustup cannot
// install one.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { ask, run, which } from '../lib/run.mjs';
import { mayWriteOutside, note, Stop } from '../lib/say.mjs';

/** The name of the rustup toolchain that links to the compiler in /usr. */
export const DEBIAN_TOOLCHAIN = 'debian';
const COMPILER = 'rustc-web';

const isRoot = () => process.getuid?.() === 0;

/** True on Debian, as root or with sudo. */
export const hasApt = () => existsSync('/etc/debian_version') && which('apt-get') !== null && (isRoot() || which('sudo') !== null);

/** Runs a command as root. sudo gets the terminal, because it may ask for a password. */
function asRoot(args, options) {
  return isRoot() ? run(args[0], args.slice(1), options) : run('sudo', args, { ...options, terminal: true });
}

/** Keeps Debian from starting the services of what is installed: a policy of its own (invoke-rc.d), unless the machine has one. */
const WITHOUT_SERVICES = `policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap 'rm -f $policy' EXIT
  trap 'exit 1' INT TERM
  printf '#!/bin/sh\\nexit 101\\n' > $policy && chmod 755 $policy || exit 1
fi
"$@"`;

/** Installs Debian packages. `names` may be a function, called after `apt-get update`. */
export async function aptInstall(names, why, { services = true } = {}) {
  note('apt-get update', why);
  await asRoot(['apt-get', 'update', '-q'], { what: 'Reading the list of Debian packages', from: "Debian's package server", quiet: true });
  const packages = typeof names === 'function' ? names() : names;
  note(`apt-get install ${packages.join(' ')}`, why);
  const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages];
  await asRoot(services ? command : ['sh', '-c', WITHOUT_SERVICES, 'sh', ...command], { what: 'Installing Debian packages', from: "Debian's package server", quiet: true });
}

function compilerPackages(clippy) {
  const llvm = ask('apt-cache', ['depends', 'rust-web-llvm'])?.match(/\b(?:lld|llvm)-(\d+)\b/)?.[1];
  if (!llvm) throw new Stop(`rustup could not bring the WebAssembly target, and this Debian has no package ${COMPILER} to do without: check the connection and run the command again.`);
  const packages = [COMPILER, 'cargo-web', 'rust-web-src', 'rust-web-llvm', `lld-${llvm}`, `llvm-${llvm}`];
  return clippy ? [...packages, 'rust-web-clippy'] : packages;
}

async function buildStandardLibrary(target, into) {
  const folder = inRoot('.tools', 'std');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'src'), { recursive: true });
  writeFileSync(path.join(folder, 'Cargo.toml'), '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n');
  writeFileSync(path.join(folder, 'src', 'lib.rs'), '');
  const env = {
    ...process.env,
    RUSTC: '/usr/bin/rustc',
    RUSTC_BOOTSTRAP: '1',
    // Link-time optimization needs the bitcode.
    RUSTFLAGS: '-Cembed-bitcode=yes -Zforce-unstable-if-unmarked --remap-path-prefix=/usr/lib/rustlib/src/rust=/rust',
    CARGO_TARGET_DIR: path.join(folder, 'target'),
  };
  const args = ['build', '--release', '-Z', 'build-std=std,panic_abort,test', '--target', target];
  await run('/usr/bin/cargo', args, { env, cwd: folder, what: `Building the standard library for ${target}`, from: 'the crate registry' });

  const built = path.join(folder, 'target', target, 'release', 'deps');
  const libraries = readdirSync(built).filter((name) => name.endsWith('.rlib') && !name.startsWith('libempty-'));
  const what = 'Installing the standard library';
  await asRoot(['rm', '-rf', into], { what });
  await asRoot(['install', '-D', '-m', '644', '-t', into, ...libraries.map((name) => path.join(built, name))], { what });
  // Crates compiled against another standard library would be "not found".
  rmSync(inRoot('target', target), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Installs Debian's newer compiler, builds its standard library for `target` from the source package,
 * and links both as the rustup toolchain `debian`.
 */
export async function debianToolchain(env, target, { clippy }) {
  if (!hasApt()) throw new Stop(`rustup could not bring ${target}; check the connection and run the command again.`);
  await mayWriteOutside(`rustup could not bring ${target}. Debian's own compiler can do it: packages by apt-get, a standard library built into /usr/lib/rustlib, and "rustup toolchain link ${DEBIAN_TOOLCHAIN} /usr".`);
  await aptInstall(() => compilerPackages(clippy), `Debian's compiler, since rustup could not bring ${target}`);
  note(`building the standard library for ${target}`, 'Debian has it as source only; about a minute');
  await buildStandardLibrary(target, `/usr/lib/rustlib/${target}/lib`);
  note(`rustup toolchain link ${DEBIAN_TOOLCHAIN} /usr`, 'so that cargo finds the compiler');
  await run('rustup', ['toolchain', 'link', DEBIAN_TOOLCHAIN, '/usr'], { env, what: "Linking Debian's compiler" });
}
