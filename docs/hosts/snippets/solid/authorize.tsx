import 'countersign/register';
import 'countersign/styles/page.css';
import { backend } from './backend';

export const Authorize = () => (
  <main>
    <countersign-identity-provider
      login-url="/login"
      prop:backend={backend}
      on:countersign-error={({ detail }) => console.warn(detail.code, detail.path)}
    />
  </main>
);
