// Two processes of the kit in front of two processes of Ory Hydra.
import { TYPESCRIPT } from '../../scripts/cluster/cluster.mjs';
import { clusterTests } from './support/suite.mjs';

clusterTests('Hydra', [TYPESCRIPT, TYPESCRIPT], { hydra: true });
