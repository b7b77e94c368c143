// The whole system and every screen in WebKit.
import { startWebKit } from './support/webkit.mjs';
import { journeys, visits } from './support/journeys.mjs';
import { pictures } from './support/scenes.mjs';

const journey = journeys(startWebKit);
visits(journey);
pictures(journey);
