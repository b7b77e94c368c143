// Two processes of each kit in front of two processes of Ory Hydra: in Rust, that is the program countersign-hydra.
import { TYPESCRIPT } from '../../scripts/cluster/cluster.mjs';
import { programKit } from '../../scripts/cluster/program.mjs';
import { buildProgram } from '../engines/support/program.mjs';
import { clusterTests } from './support/suite.mjs';

const PROGRAM = programKit(buildProgram());
clusterTests('both kits and Hydra', [TYPESCRIPT, PROGRAM, TYPESCRIPT, PROGRAM], { hydra: true });
