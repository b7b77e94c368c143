// Trusted auth tokens for tests: the same one for both pages.
import { consumerProject } from '../../support/stytch/fixtures.mjs';
import { trustedToken } from '../../support/stytch/sessions.mjs';
import { addresses } from './hosts.mjs';

const [PROFILE] = consumerProject(addresses).profiles;
const issued = Math.floor(Date.now() / 1000);

export const profile = PROFILE.profile_id;

/** The token for a person, by the project's profile. */
export const signed = (claims) => (project = { profiles: [PROFILE] }) => trustedToken(project.profiles[0], claims, issued);
