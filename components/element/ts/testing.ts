/**
 * For tests, stories, documentation and theme editors: a scripted backend, the gallery's scenes as data, and the client that asks in
 * them. Not for production: it weighs more than the widget's script.
 */

export { type Answer, type Fault, type FaultName } from './testing/answers.js';
export { configurePreview } from './testing/preview/load.js';
export { type Act, type ClientName, clients, type Scene, scene, type SceneClient, type SceneLanguage, type SceneName, type SceneOptions, sceneNames, scenes } from './testing/scenes.js';
export { type Navigation, type ScriptedCall } from './testing/play.js';
export { scripted, ScriptedBackend } from './testing/scripted.js';
