/** Countersign as two custom elements. Importing this module does nothing until {@link define} is called. */

export * from './api.js';
export type {
  AllowedData, CountersignErrorCode, CountersignErrorDetail, CountersignErrorEvent, CountersignEvent, CountersignEventDetail, CountersignEventType, StartedData,
} from './events.js';
export { B2BIdentityProviderElement, define, IdentityProviderElement } from './element/elements.js';
export { configureMessages, type MessagesSource } from './element/language.js';
export type * from './generated/names.js';
export type * from './options.js';
export type { Located, WasmSource } from './wasm/load.js';
export { configureWasm, type ProgramName } from './wasm/program.js';
