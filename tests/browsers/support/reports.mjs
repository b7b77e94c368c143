// What browsers report of the pages' policy: by `report-uri`, which all of them send, whatever their drivers tell.
import { once } from 'node:events';
import { createServer, ServerResponse } from 'node:http';

const POLICY = /^content-security-policy$/i;

/** Adds an address to report to, to every policy that servers in this process send. `reports` fills with one line per violation. */
export async function collectReports() {
  const reports = [];
  const server = createServer(async (req, res) => {
    let text = '';
    for await (const chunk of req) text += chunk;
    res.writeHead(204).end();
    const { 'csp-report': report = {} } = JSON.parse(text);
    reports.push(`${report['effective-directive'] ?? report['violated-directive']} on ${report['document-uri']}: ${report['blocked-uri']} ${report['script-sample'] ?? ''}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { setHeader } = ServerResponse.prototype;
  ServerResponse.prototype.setHeader = function set(name, value) {
    return setHeader.call(this, name, POLICY.test(name) ? `${value}; report-uri http://localhost:${server.address().port}/` : value);
  };
  return {
    reports,
    close() {
      ServerResponse.prototype.setHeader = setHeader;
      server.closeAllConnections();
      server.close();
    },
  };
}
