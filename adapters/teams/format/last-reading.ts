/** What texts and cards are read with right before they are sent. */

import { createLastReading, findPattern } from '#src/markdown/last-reading.ts';
import { findLiveMarkdown } from '#src/markdown/live-markdown.ts';
import { findLiveLooks } from './live.ts';

/** The tag of a mention, which counts in code too. */
const MENTION = /<\/?at\b/gi;

/** Teams' text shows tags, so there must be none. */
export const lastTextReading = createLastReading([
	findPattern(MENTION),
	findLiveMarkdown({ tags: 'refused', code: true, tables: false }),
	findLiveMarkdown({ tags: 'text', code: true, tables: false }),
	findLiveMarkdown({ tags: 'read', code: true, tables: true }),
]);

/** Cards show neither code nor tags; what one client takes for either, another shows as text. */
export const lastCardReading = createLastReading([
	findLiveMarkdown({ tags: 'text', code: true, tables: false }),
	findLiveMarkdown({ tags: 'text', code: false, tables: false }),
	findLiveMarkdown({ tags: 'read', code: true, tables: false }),
	findLiveLooks,
]);
