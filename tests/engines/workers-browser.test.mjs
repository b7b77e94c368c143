// workers-oauth-provider in workerd behind the widget's page, in Chromium.
import { engineJourneys } from './support/journeys.mjs';
import { startWorkers } from './support/workers.mjs';

engineJourneys(startWorkers);
