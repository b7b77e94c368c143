import { connection } from 'next/server';
import { Authorize } from './authorize';

export default async function Page() {
  await connection();
  return <main><Authorize /></main>;
}
