// An upgrade in the middle: a process of the kit as it was on 29 November 2026 beside one of each kit as it is. Whatever it has sealed,
// claimed and kept, the others go on with, and the other way round.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { TYPESCRIPT } from '../../scripts/cluster/cluster.mjs';
import { inRoot, root } from '../../scripts/lib/root.mjs';
import { hostProgram } from '../rust-server/support/host.mjs';
import { clusterTests } from './support/suite.mjs';

/** The first commit whose kit can be a process of a cluster. A clone without its history does not have it: "git fetch --unshallow". */
const BEFORE = 'e44d74fa';
const NEEDED = ['api', 'server/node', 'scripts', 'examples', 'package.json'];

const folder = mkdtempSync(path.join(tmpdir(), 'countersign-before-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const archive = execFileSync('git', ['archive', BEFORE, '--', ...NEEDED], { cwd: root, maxBuffer: 2 ** 28 });
execFileSync('tar', ['x', '-C', folder], { input: archive });
symlinkSync(inRoot('node_modules'), path.join(folder, 'node_modules'), 'junction');

const OLD = { ...TYPESCRIPT, args: [path.join(folder, 'scripts', 'cluster', 'kit.mjs')] };
const RUST = { language: 'rust', command: hostProgram() };
clusterTests('the kit of before and both kits of today', [OLD, TYPESCRIPT, RUST], { stores: ['redis'] });
