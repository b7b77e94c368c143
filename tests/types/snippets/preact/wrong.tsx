import { backend } from './backend';

export const wrong = [
  // @ts-expect-error no such theme
  <countersign-identity-provider theme="pink" />,
  // @ts-expect-error a backend has methods
  <countersign-identity-provider backend={42} />,
  // @ts-expect-error a property, misspelt
  <countersign-identity-provider backnd={backend} />,
  // @ts-expect-error no such error
  <countersign-b2b-identity-provider oncountersign-error={({ detail: { code } }) => code === 'never'} />,
];
