// Ory Hydra behind the widget's page, in Chromium: from Hydra to the page, and back, for the login and for the card.
import { startHydra } from './support/hydra.mjs';
import { engineJourneys } from './support/journeys.mjs';

engineJourneys(startHydra);
