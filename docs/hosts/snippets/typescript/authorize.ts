import { define, type CountersignErrorCode, type Messages, type Tokens } from 'countersign';
import { backend } from './backend';

const messages: Messages = { consent_heading: '{client} would like to come in' };
const tokens: Tokens = { '--countersign-accent': '#0a7d4b' };
const harmless: CountersignErrorCode[] = ['messages_unavailable'];

const element = document.querySelector('countersign-identity-provider');
element?.addEventListener('countersign-error', ({ detail }) => {
  if (!harmless.includes(detail.code)) console.warn(detail.code, detail.path);
});
if (element) Object.assign(element, { backend, messages, tokens });
define();
