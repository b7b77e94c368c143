import { IdentityProvider } from 'countersign/react';
import { useNavigate } from 'react-router';

/** The page at the Authorization URL. Without a session, the router goes to the login page, which comes back to `returnTo`. */
export function Authorize() {
  const navigate = useNavigate();
  return (
    <IdentityProvider
      onLogin={({ returnTo }) => navigate(`/login?${new URLSearchParams({ return_to: returnTo })}`, { replace: true })}
      onError={({ code, requestId }) => { document.documentElement.dataset.lastError = `${code} ${requestId ?? ''}`; }}
    />
  );
}
