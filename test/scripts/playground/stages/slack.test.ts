/** What the page makes of the bot's messages in Slack. */

import { expect, test } from 'vitest';
import type { Block, VisibleMessage } from '#test/emulators/slack/index.ts';
import { listed } from '#test/fakes/sources.ts';
import { toPassageMessage, toSlackMessage } from '../../../../adapters/slack/format.ts';
import { toMessage, toPrivateMessage } from '../../../../scripts/playground/stages/slack/message.ts';

const names = { personOf: (id: string) => id, nameOf: (id: string) => id, nameOfChannel: (id: string) => id };

test('sources are small print, and each option of the menu of passages can be chosen', () => {
	const sources = listed(...[1, 2, 3, 4].map((position) => ({ position, title: `Plan ${position}`, place: 'page 2', canShow: true })));
	const { text, blocks } = toSlackMessage({ text: 'So [1].', buttons: [], replyId: 'r', sources });
	const said = { ts: '1.1', channel: 'C', user: 'UBOT', text, blocks: blocks as Block[], files: [], attachments: [] };
	const { parts, buttons } = toMessage(said as unknown as VisibleMessage, names);
	expect(parts).toEqual([
		{ format: 'markdown', text: 'So [1].' },
		{ format: 'note', text: [1, 2, 3, 4].map((position) => `[${position}] Plan ${position} · page 2`).join('\n') },
	]);
	expect(buttons.map(({ value, label, menu }) => [value, label, menu])).toEqual(
		[1, 2, 3, 4].map((position) => [`passage:${position}:r`, `[${position}] Plan ${position} · page 2`, 'Show passage…']),
	);
});

test('a passage is a quotation in the thread that it was asked for in', () => {
	const passage = { title: 'Plan', about: 'page 2', url: null, text: 'In *May*.\nOr June.', cutNotice: 'cut' };
	const { text, blocks } = toPassageMessage(passage);
	const shown = toPrivateMessage({ ts: '2.5', text, blocks: blocks as Block[], threadTs: '1.1' }, 'C', names);
	expect(shown).toMatchObject({ id: '2.5', atMs: 2_500, threadId: '1.1', isPrivate: true });
	expect(shown.parts).toEqual([
		{ format: 'mrkdwn', text: 'Plan\npage 2' },
		{ format: 'quote', text: 'In *May*.\nOr June.' },
	]);
});
