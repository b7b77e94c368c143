// Tells the window that waits for this answer, of this origin only, what came of it. A popup is done then.
const { display, report } = document.getElementById('answer').dataset;
const waiting = display === 'frame' ? window.parent : window.opener;
if (waiting) {
  waiting.postMessage(JSON.parse(report), location.origin);
  if (display === 'popup') window.close();
}
