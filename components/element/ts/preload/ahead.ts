/** Loads files into the browser's cache while the page has nothing else to do. */

/** A browser may not have these: an older one, or one that keeps them to itself. */
interface Optional {
  requestIdleCallback?: (call: () => void, options: { timeout: number }) => void;
  navigator: Navigator & { connection?: { saveData?: boolean } };
}

const page = globalThis as unknown as Optional;

/** How long a busy page may delay the files after its `load`, in milliseconds. */
const PATIENCE = 2000;

/** Fulfilled when the page is loaded and idle. */
const idle = async (): Promise<void> => {
  if (document.readyState !== 'complete') await new Promise((resolve) => { addEventListener('load', resolve, { once: true }); });
  await new Promise<void>((resolve) => {
    if (page.requestIdleCallback) page.requestIdleCallback(resolve, { timeout: PATIENCE });
    else setTimeout(resolve);
  });
};

const asked = new Set<string>();

async function load(address: string | URL): Promise<void> {
  const { href } = new URL(address, document.baseURI);
  if (asked.has(href)) return;
  asked.add(href);
  try {
    // As the widget fetches it later, so that the cache has it. Read to the end: some browsers keep nothing else.
    const response = await fetch(href, { priority: 'low' } as RequestInit);
    await response.arrayBuffer();
  } catch {
    // The page that needs it loads it itself.
  }
}

/**
 * Loads these files once, at low priority, after the page has loaded and is idle; not if the user asked to save data. Fulfilled
 * when they are there or could not be loaded.
 */
export async function ahead(addresses: (string | URL)[]): Promise<void> {
  if (page.navigator.connection?.saveData) return;
  await idle();
  await Promise.all(addresses.map(load));
}
