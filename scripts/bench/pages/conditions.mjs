// Under which conditions pages are loaded.
import { availableParallelism, cpus, loadavg } from 'node:os';

/** A slow network, and a processor that is slower than this machine's. */
export const ROUND_TRIP = 150; // milliseconds
export const RATE = 1.6 * 1024 * 1024 / 8; // bytes a second
export const SLOWER = 4;

/** The most that a machine does besides, as its load average has it, where times on the clock still say something. */
export const QUIET = 2;

export const loadNow = () => Number(loadavg()[0].toFixed(1));

/** This machine, at the beginning of a run. */
export const machine = () => ({ cores: availableParallelism(), model: cpus()[0]?.model ?? 'unknown', loadBefore: loadNow() });

/** Whether times on the clock say something. */
export const isQuiet = ({ loadBefore, loadAfter }) => Math.max(loadBefore, loadAfter) <= QUIET;
