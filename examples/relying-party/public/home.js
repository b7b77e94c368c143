// The two ways to ask that keep this page: a hidden frame and a popup. Both report back from this application's own origin.
const form = document.getElementById('request');
const report = document.getElementById('report');
const PATIENCE = 15000;

let asking;

function address(action) {
  const query = new URLSearchParams(new FormData(form));
  query.set('action', action);
  return `/connect?${query}`;
}

function stop() {
  clearTimeout(asking?.timer);
  clearInterval(asking?.watch);
  asking?.frame?.remove();
  asking = undefined;
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
  }, PATIENCE);
  frame.src = address('frame');
  document.body.append(frame);
  asking = { label: 'Silent check', source: frame.contentWindow, frame, timer };
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
  asking = { label: 'Popup', source: popup, watch };
}

window.addEventListener('message', (event) => {
  if (event.origin !== location.origin || !asking || event.source !== asking.source) return;
  const { outcome, error, who, scope } = event.data;
  const text = outcome === 'connected' ? `connected as ${who}, with ${scope}.` : `not connected, ${error}.`;
  report.textContent = `${asking.label}: ${text}`;
  stop();
});

document.getElementById('silent')?.addEventListener('click', checkSilently);
document.getElementById('popup').addEventListener('click', connectInPopup);
