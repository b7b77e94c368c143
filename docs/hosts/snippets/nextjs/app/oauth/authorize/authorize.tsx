'use client';

import { IdentityProvider } from 'countersign/react';
import { backend } from './backend';

export const Authorize = () => (
  <IdentityProvider
    loginUrl="/login"
    backend={backend}
    onEvent={({ type }) => console.info(type)}
    onError={({ code, path }) => console.warn(code, path)}
  />
);
