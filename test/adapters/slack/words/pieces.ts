/** Pieces of Slack's messages, and who is known by name to whoever reads them. */

import type { Json } from '#src/platform/untrusted-json.ts';
import { readWords } from '../../../../adapters/slack/words/message-words.ts';

export const known = {
	botUserId: 'UBOT',
	names: new Map([
		['U0BEA', 'Bea'],
		['C0NEWS', 'news'],
		['S0OPS', 'ops'],
	]),
};

/** A message of a person, unless it says otherwise. */
export const read = (message: Json) => readWords({ user: 'U1', ...message }, known);

export const richText = (...elements: unknown[]) => ({ type: 'rich_text', elements });
export const section = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
export const text = (words: string, style?: object) => ({ type: 'text', text: words, ...(style === undefined ? {} : { style }) });
export const mrkdwn = (words: string) => ({ type: 'mrkdwn', text: words });
export const plain = (words: string) => ({ type: 'plain_text', text: words });
export const cell = (words: string) => ({ type: 'raw_text', text: words });

/** How Slack marks a message of Bea that somebody passes on, and what is made of it. */
export const share = { is_share: true, is_msg_unfurl: true, author_name: 'Bea', ts: '1700000000.000100' };
export const forwarded = { kind: 'forwarded', author: 'Bea', writtenAt: '2023-11-14T22:13:20.000Z' };
