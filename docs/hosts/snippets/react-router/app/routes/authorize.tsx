import { IdentityProvider } from 'countersign/react';
import 'countersign/styles/page.css';

export default function Authorize() {
  return <main><IdentityProvider loginUrl="/login" onError={({ code, path }) => console.warn(code, path)} /></main>;
}
