import { IdentityProvider, type CountersignErrorDetail, type LoginHandOff } from 'countersign/react';
import { useNavigate } from 'react-router';
import 'countersign/styles/page.css';

const report = ({ code, path }: CountersignErrorDetail) => console.warn(code, path);

export function Authorize() {
  const navigate = useNavigate();
  const signIn = ({ returnTo }: LoginHandOff) => void navigate(`/login?${new URLSearchParams({ return_to: returnTo })}`, { replace: true });
  return <main><IdentityProvider onLogin={signIn} onError={report} /></main>;
}
