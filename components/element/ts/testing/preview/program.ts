/** The program of a preview: the widget's own WebAssembly on a page of its own, or the outline of the card where there is none. */

import { glueOn } from 'countersign:preview';
import type { Bridge } from '../../element/bridge.js';
import { languageOf } from '../../element/language.js';
import type { Settings } from '../../element/settings.js';
import { Guard } from '../../wasm/guard.js';
import type { Glue, Loaded } from '../../wasm/program.js';
import { PreviewBridge, type Host } from './bridge.js';
import { wasmModule } from './load.js';
import { mark } from './mark.js';
import { OutlineStage } from './outline.js';
import { pageOf, type Clock } from './page.js';
import type { Gesture, Stage } from './stage.js';
import { WidgetStage } from './widget.js';

/** What a preview shows, and what is told of it. */
export interface Player extends Host {
  open(stage: Stage): void;
  close(stage: Stage): void;
  /** The place of a scope or an organization on the card. */
  placeOf(thing: Exclude<Gesture, string>): number;
}

/** The settings of the scene. A preview has no login page of its own to go to, and speaks the language of the page, whatever the browser's is. */
function settingsOf({ scene }: Player, settings: Settings): Settings {
  const own = scene && { b2b: scene.realm === 'b2b', flow: scene.flow, siteName: settings['siteName'] ?? scene.siteName, trusted: scene.awaitsToken, token: null };
  return { ...settings, language: languageOf(String(settings.locale)), login: false, ...own };
}

/** The program of this backend. */
export function previewProgram(player: Player): Loaded {
  const guard = new Guard();
  const shown = new Map<number, { inner?: number; end: () => void }>();
  /** The widget, once it is there. */
  let widget: { glue: Glue; clock: Clock } | undefined;
  let loading: Promise<void> | undefined;
  let count = 0;

  async function start(): Promise<void> {
    const module = await wasmModule();
    if (!module) return;
    const { names, clock } = pageOf(player);
    const made = glueOn(names);
    const { exports } = await WebAssembly.instantiate(module, made.imports());
    made.begin(guard.wrap(exports));
    if (guard.stopped) throw guard.stopped.cause;
    widget = { glue: made, clock };
  }

  function mount(parent: HTMLElement | ShadowRoot, settings: Settings, bridge: Bridge): number {
    const ours = new PreviewBridge(player, bridge);
    const own = settingsOf(player, settings);
    const number = (count += 1);
    if (!widget) {
      const stage = new OutlineStage(parent, own, ours, player);
      player.open(stage);
      const unmark = mark(stage.root);
      stage.start();
      shown.set(number, { end: () => { unmark(); player.close(stage); stage.end(); } });
      return number;
    }
    const { glue, clock } = widget;
    const inner = glue.mount(parent, own, ours);
    const root = parent.querySelector<HTMLElement>('.countersign');
    if (!root) return number;
    const stage = new WidgetStage(root, clock, player);
    const unmark = mark(root);
    player.open(stage);
    shown.set(number, { inner, end: () => { unmark(); player.close(stage); glue.unmount(inner); } });
    return number;
  }

  return {
    guard,
    load: () => (loading ??= start()),
    giveUp: () => { loading = undefined; },
    glue: {
      mount: mount as Glue['mount'],
      update: (number, changes) => {
        const { inner } = shown.get(number) ?? {};
        if (inner !== undefined) widget?.glue.update(inner, changes);
      },
      unmount: (number) => {
        shown.get(number)?.end();
        shown.delete(number);
      },
    },
  };
}
