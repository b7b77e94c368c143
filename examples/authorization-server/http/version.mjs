/** Versions of the API. A server answers a page in the version that it reads, also the one before. */

const VERSION = /^\s*application\/json\s*;(?:[^,]*;)?\s*v="?(\d+)"?\s*(?:;|$)/i;

/** The version that a caller reads, by its header `Accept`. Without one it is the first. */
export function versionOf(accept = '') {
  const versions = accept.split(',').map((range) => Number(VERSION.exec(range)?.[1] ?? 1));
  return Math.max(...versions) >= 2 ? 2 : 1;
}

/** An answer as a caller reads it. In version 1, `remember` is a boolean, and what is always remembered has no box. */
export function inVersion(version, answer) {
  if (version === 2 || answer.outcome !== 'consent') return answer;
  return { ...answer, remember: answer.remember === 'choice' };
}
