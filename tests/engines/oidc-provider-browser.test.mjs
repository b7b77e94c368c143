// oidc-provider behind the widget's page, in Chromium.
import { engineJourneys } from './support/journeys.mjs';
import { startOidcProvider } from './support/oidc-provider.mjs';

engineJourneys(startOidcProvider);
