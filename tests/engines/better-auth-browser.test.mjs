// Better Auth behind the widget's page, in Chromium.
import { startBetterAuth } from './support/better-auth.mjs';
import { engineJourneys } from './support/journeys.mjs';

engineJourneys(startBetterAuth);
