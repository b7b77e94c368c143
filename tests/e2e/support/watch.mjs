// What must never happen on any page: a console message, an uncaught error, a request to somewhere else.

// Chromium writes this line itself for every answer of 400 and above; no page can prevent it.
const HTTP_STATUS_LINE = /^Failed to load resource: the server responded with a status of [45]\d\d/;
// What the element tells developers on loopback, of failures that a test brings about. tests/element/console.test.mjs reads each.
const TOLD = /^\[countersign\] /;

/**
 * Watches a browser context. `complaints` fills with one line per finding; `requests` has every request, oldest first.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {Iterable<string>} origins where requests may go (of an app's own scheme, the scheme); read at every request, so a test may add to it
 * @param {RegExp[]} expected console messages of the browser's own that the test brings about; read at every message
 */
export function watch(context, origins, expected) {
  const complaints = [];
  const requests = [];
  const complain = (text, line) => {
    if (![HTTP_STATUS_LINE, TOLD, ...expected].some((pattern) => pattern.test(text))) complaints.push(line);
  };
  context.on('console', (message) => {
    complain(message.text(), `console ${message.type()} on ${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (problem) => {
    complain(problem.error().message, `uncaught on ${problem.page()?.url()}: ${problem.error().stack}`);
  });
  context.on('request', (request) => {
    requests.push(request);
    const { origin: web, protocol } = new URL(request.url());
    const origin = web === 'null' ? protocol : web;
    if (![...origins].includes(origin)) complaints.push(`request to another origin: ${request.url()}`);
  });
  return { complaints, requests };
}
