// Two processes of each kit: a request goes from one language to the other.
import { TYPESCRIPT } from '../../scripts/cluster/cluster.mjs';
import { hostProgram } from '../rust-server/support/host.mjs';
import { clusterTests } from './support/suite.mjs';

const RUST = { language: 'rust', command: hostProgram() };
clusterTests('both kits', [TYPESCRIPT, RUST, TYPESCRIPT, RUST]);
