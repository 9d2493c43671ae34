/** What a message's text, and that of a stream, is read with right before it is sent. */

import { createLastReading, findPattern } from '#src/markdown/last-reading.ts';
import { findLiveMarkdown } from '#src/markdown/live-markdown.ts';

/** Commands that ping wherever they stand, code included ("Formatting message text"). */
const COMMAND = /<(?:!(?:here|channel|everyone|subteam\^)|@[UW][A-Z0-9]+[|>])/gi;
/** The same in text, when escapes and references have been decoded; channels are linked there too. */
const DECODED_COMMAND = /<(?:!(?:here|channel|everyone|subteam\^)|@[UW][A-Z0-9]+|#C[A-Z0-9]+)/i;

export const lastReading = createLastReading([
	findPattern(COMMAND),
	findLiveMarkdown({ tags: 'text', code: true, tables: false, pings: DECODED_COMMAND }),
	findLiveMarkdown({ tags: 'read', code: true, tables: false, pings: DECODED_COMMAND }),
	findLiveMarkdown({ tags: 'text', code: true, tables: true, pings: DECODED_COMMAND }),
]);

/** What is live in mrkdwn stands between angle brackets, and words of ours have none there ("Formatting message text"). */
export const lastMrkdwnReading = createLastReading([findPattern(/<(?=[!@#]|https?:|mailto:|tel:)/gi)]);
