// The two requests that keep this page: in a hidden frame and in a popup. Both report back from
// this application's own origin.
const form = document.getElementById('request');
const report = document.getElementById('report');
const TIMEOUT = 15000;

let pending;

function address(action) {
  const query = new URLSearchParams(new FormData(form));
  query.set('action', action);
  return `/connect?${query}`;
}

function stop() {
  clearTimeout(pending?.timer);
  clearInterval(pending?.watch);
  pending?.frame?.remove();
  pending?.popup?.close();
  pending = undefined;
}

function checkSilently() {
  stop();
  report.textContent = 'Checking…';
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = 'Silent check';
  const timer = setTimeout(() => {
    stop();
    report.textContent = 'Silent check: no answer.';
  }, TIMEOUT);
  frame.src = address('frame');
  document.body.append(frame);
  pending = { label: 'Silent check', source: frame.contentWindow, frame, timer };
}

function connectInPopup() {
  stop();
  const popup = window.open(address('popup'), '', 'popup,width=520,height=760');
  if (!popup) {
    report.textContent = 'The browser did not open the popup.';
    return;
  }
  report.textContent = 'Waiting for the popup…';
  const watch = setInterval(() => {
    if (!popup.closed) return;
    stop();
    report.textContent = 'The popup was closed, or lost its opener, without an answer.';
  }, 500);
  pending = { label: 'Popup', source: popup, popup, watch };
}

window.addEventListener('message', (event) => {
  if (event.origin !== location.origin || !pending || event.source !== pending.source) return;
  const { outcome, error, name, scope } = event.data;
  const text = outcome === 'connected' ? `connected as ${name}, with ${scope}.` : `not connected, ${error}.`;
  report.textContent = `${pending.label}: ${text}`;
  stop();
});

document.getElementById('silent')?.addEventListener('click', checkSilently);
document.getElementById('popup').addEventListener('click', connectInPopup);
