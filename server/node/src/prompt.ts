/** `countersign/server/prompt`: when a user has to sign in, for adapters of engines that leave `prompt` and `max_age` to their host. */
export { isChosen, isFresh, loginReason } from './engines/prompt.ts';
