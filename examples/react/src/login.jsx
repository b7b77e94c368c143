import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';

/**
 * Only a path of this site: an address from outside must not choose where a user goes after signing in. `/.//evil.example` is of this origin, but its
 * path alone names another one.
 */
function returnPath(text) {
  const url = text && URL.canParse(text, location.origin) ? new URL(text, location.origin) : null;
  return url?.origin === location.origin && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}

async function signIn(email, password) {
  const answer = await fetch('/account/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Countersign': '1' },
    body: JSON.stringify({ email, password }),
  });
  return answer.ok;
}

export function Login() {
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const [failed, setFailed] = useState(false);

  async function submit(event) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (await signIn(form.get('email'), form.get('password'))) navigate(returnPath(query.get('return_to')), { replace: true });
    else setFailed(true);
  }

  return (
    <main>
      <h1>Sign in to Harbor</h1>
      <form onSubmit={submit}>
        <p><label>Email <input name="email" type="email" autoComplete="username" required /></label></p>
        <p><label>Password <input name="password" type="password" autoComplete="current-password" required /></label></p>
        {failed && <p role="alert">That did not work. Check both fields.</p>}
        <button type="submit">Sign in</button>
      </form>
    </main>
  );
}
