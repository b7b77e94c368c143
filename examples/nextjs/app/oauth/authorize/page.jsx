import { connection } from 'next/server';
import { Authorize } from './authorize.jsx';

/** The page at the Authorization URL. Made for every request, since its nonce is. */
export default async function Page() {
  await connection();
  return <main><Authorize /></main>;
}
