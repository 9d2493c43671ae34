/** What a message's text is read with right before it is sent. */

import { createLastReading } from '#src/markdown/last-reading.ts';
import { findLiveMarkdown } from '#src/markdown/live-markdown.ts';
import { findLiveOnDiscord } from './live.ts';

/** By the clients' patterns, and as plain Markdown, which they come ever nearer to. */
export const lastReading = createLastReading([findLiveOnDiscord, findLiveMarkdown({ tags: 'text', code: true, tables: false })]);
