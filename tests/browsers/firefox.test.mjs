// The whole system and every screen in Firefox.
import { startFirefox } from './support/firefox.mjs';
import { journeys, visits } from './support/journeys.mjs';
import { pictures } from './support/scenes.mjs';

const journey = journeys(startFirefox);
visits(journey);
pictures(journey);
