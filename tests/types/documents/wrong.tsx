import { IdentityProvider } from 'countersign/react';
import { keptTransactions } from 'countersign/server/kept';
import { scenes, scripted } from 'countersign/testing';

export const wrong = [
  // @ts-expect-error a prop, misspelt
  <IdentityProvider loginURL="/login" />,
  // @ts-expect-error no such fault
  <IdentityProvider preview={scripted(scenes.consent, { fault: 'never' })} />,
  // @ts-expect-error a limit is a number
  keptTransactions({ visitor: () => ({ browser: '', address: '' }), limits: { most: '20' } }),
];

// @ts-expect-error no such event
element.addEventListener('countersign-event', ({ detail }) => detail.type === 'never');
