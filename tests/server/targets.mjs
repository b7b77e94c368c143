/**
 * Request targets that could lead to another server, or to another path than the one that was
 * checked.
 */
import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * Sends a request line unchanged, because a URL parser would normalize it. Answers the whole
 * response as text.
 */
export async function raw(issuer, line, headers = {}) {
  const { host, port } = new URL(issuer);
  const socket = connect(Number(port), 'localhost');
  const lines = Object.entries({ Host: host, Connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${line} HTTP/1.1\r\n${lines.join('')}\r\n`);
  let answer = '';
  socket.on('data', (text) => { answer += text; }).on('error', () => {});
  await once(socket, 'close');
  return answer;
}

/**
 * All forms of targets that could name `evil` (host and port), or another path after normalization.
 */
export const foreignTargets = (evil) => [
  `//${evil}/x`, `///${evil}/x`, `////${evil}`, `//a@${evil}/x`, `//user:word@${evil}`, `//${evil}/x?client_id=x`, `//${evil}/x#y`, '//',
  `/\\${evil}/x`, `/\\/${evil}/x`, `\\\\${evil}/x`, `\\/${evil}`, '/\\',
  `http://${evil}/x`, `HTTP://${evil}/x`, `https://${evil}/x`, `http:${evil}/x`, `http:/${evil}`, `ws://${evil}/x`, 'file:///etc/hosts', 'data:text/html,x',
  `@${evil}/x`, evil, '*',
  `/.//${evil}/x`, `/..//${evil}/x`, `/%2e%2e//${evil}/x`, `/x/..//${evil}`, '/x/../oauth/authorize', '/./oauth/authorize', '/%2e/oauth/authorize', `/x#//${evil}/x`,
  `/%2f/../${evil}`, `/%2F${evil}/x`, `/%5c${evil}/x`, `/%5C%5C${evil}`, `/%09/${evil}/x`, `/%0d%0a/${evil}/x`, `/%00${evil}`,
  `/\t/${evil}/x`, `/\n/${evil}/x`, `\t//${evil}/x`, `/\v/${evil}/x`, `/\xa0/${evil}/x`,
];
