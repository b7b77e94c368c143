// A button on each sample that copies it.
for (const sample of document.querySelectorAll('pre.sample')) {
  const button = Object.assign(document.createElement('button'), { className: 'copy', type: 'button', textContent: 'Copy' });
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(sample.querySelector('code').textContent);
    button.textContent = 'Copied';
  });
  const frame = Object.assign(document.createElement('div'), { className: 'copied' });
  sample.replaceWith(frame);
  frame.append(sample, button);
}
