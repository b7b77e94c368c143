// How a page's things are found: by role and name, never by class or id. Each function here runs in the page.

/** The shown element of a role whose name fits a pattern, or null. */
export function find(role, pattern) {
  const kinds = {
    alert: '[role=alert]',
    button: 'button',
    checkbox: 'input[type=checkbox]',
    heading: 'h1',
    link: 'a[href]',
    password: 'input[type=password]',
    radio: 'input[type=radio], [role=radio]',
    textbox: 'input:not([type]), input[type=text], input[type=email]',
  };
  const words = (node) => {
    const copy = node?.cloneNode(true);
    for (const mark of copy?.querySelectorAll('[aria-hidden=true]') ?? []) mark.remove();
    return (copy?.textContent ?? '').replace(/\s+/g, ' ').trim();
  };
  const nameOf = (node) => {
    const labelled = node.getAttribute('aria-labelledby')?.split(' ').map((id) => words(document.getElementById(id))).join(' ');
    return labelled || node.getAttribute('aria-label') || [...(node.labels ?? [])].map(words).join(' ') || words(node);
  };
  const all = [...document.querySelectorAll(kinds[role])];
  return all.find((node) => node.checkVisibility() && new RegExp(pattern).test(nameOf(node))) ?? null;
}

/** What is the same of it, where it is there: whether it is disabled or ticked, and whether it has the focus. */
export function look(node) {
  return node && {
    isDisabled: node.disabled || node.getAttribute('aria-disabled') === 'true',
    isTicked: node.checked === true,
    isFocused: node === document.activeElement,
  };
}

/** The rows of a table with this caption or name, without its head. */
export function rows(name) {
  const table = [...document.querySelectorAll('table')].find((it) => (it.caption?.textContent ?? it.getAttribute('aria-label') ?? '').trim() === name
    || document.getElementById(it.getAttribute('aria-labelledby'))?.textContent.trim() === name);
  return [...(table?.rows ?? [])].map((row) => [...row.cells].map((cell) => cell.innerText.trim())).slice(1);
}
