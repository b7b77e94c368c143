/**
 * The mark of a preview, a tab at the card's top edge. It is the card's last child, and no style of its own can be changed:
 * every property is important and its own. A page that paints over it could as well paint a card itself.
 */

import { create } from '../../element/document.js';

const WORDS: Record<string, string> = {
  ar: 'معاينة', de: 'Vorschau', en: 'Preview', es: 'Vista previa', fr: 'Aperçu', he: 'תצוגה מקדימה', it: 'Anteprima', ja: 'プレビュー', ko: '미리보기',
  nl: 'Voorbeeld', pl: 'Podgląd', 'pt-BR': 'Prévia', 'zh-Hans': '预览', 'zh-Hant': '預覽',
};

const MARK = {
  all: 'initial', display: 'block', position: 'absolute', top: '0', left: '50%', translate: '-50% 0', 'z-index': '2147483647', padding: '2px 14px 3px',
  'border-radius': '0 0 10px 10px', background: '#fde047', color: '#422006', font: '600 12px/1.4 system-ui, sans-serif',
  'white-space': 'nowrap', 'letter-spacing': '.02em', 'pointer-events': 'none', 'forced-color-adjust': 'none',
};
/** What could hide a part of the card. */
const CARD = { position: 'relative', overflow: 'visible', 'clip-path': 'none', mask: 'none', 'content-visibility': 'visible', contain: 'none' };

function important(element: HTMLElement, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) element.style.setProperty(name, value, 'important');
}

/** Marks the card of a widget, whatever the widget puts into it. Returns a function that ends that. */
export function mark(root: HTMLElement): () => void {
  const sign = create('div');
  sign.setAttribute('role', 'note');
  important(sign, MARK);
  const put = () => {
    const card = root.querySelector<HTMLElement>('.countersign-card');
    if (card && card.lastChild !== sign) {
      important(card, CARD);
      card.append(sign);
    }
    const text = WORDS[root.lang] ?? WORDS['en']!;
    if (sign.textContent !== text) sign.textContent = text;
  };
  put();
  const observer = new MutationObserver(put);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['lang'] });
  return () => observer.disconnect();
}
