/** What `catchup` and `summarize` ask for, as it is asked again and as it is shown. */

import { expect, test } from 'vitest';
import { catchupCommand } from '#src/commands/catchup.ts';
import type { BegunRecap, Command } from '#src/commands/definition.ts';
import { summarizeCommand } from '#src/commands/summarize.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { account, commandsOver, employee, placeOfKind } from './command-scene.ts';

const address = 'https://chat.example.com/7';

async function begin(
	command: Command,
	typed: string,
	{ words = english, threadId = '', link = address as string | null } = {},
): Promise<BegunRecap> {
	const place = { ...placeOfKind('channel'), threadId };
	const recaps = {
		now: () => new Date('2026-12-01T12:00:00Z'),
		zoneOf: () => 'Europe/Madrid',
		read: async () => ({ messages: [], newest: { place, messageId: '7' }, isCut: false }),
		linkTo: async () => link,
	};
	const caller = {
		person: employee,
		account,
		platform: createFakePlatform(),
		words,
		place,
		isConversation: true,
		signal: AbortSignal.timeout(60_000),
	};
	const result = await commandsOver({ recaps } as never).run(command, typed, caller);
	if (typeof result === 'string' || !('begin' in result)) throw new TypeError('nothing to begin');
	return (await result.begin(caller.signal)) as BegunRecap;
}

test('what one missed names its moment in the clock of the asker, and the last message', async () => {
	const { typed, shown } = await begin(catchupCommand, '3 days');
	expect(typed).toBe(`catchup 2026-11-28T12:00Z ${address}`);
	expect(shown).toBe(`What was said from 2026-11-28 13:00 to [this message](${address})`);
	expect((await begin(catchupCommand, '3 días', { words: spanish })).shown).toBe(
		`Las novedades desde 2026-11-28 13:00 hasta [este mensaje](${address})`,
	);
	expect((await begin(catchupCommand, '', { link: null })).shown).toBe('What was said from 2026-11-30 13:00 to this message');
});

test('a summary names the thread, or the place up to its last message', async () => {
	expect(await begin(summarizeCommand, '', { threadId: '5' })).toMatchObject({
		typed: `summarize thread ${address}`,
		shown: `A summary of [this thread](${address})`,
	});
	expect(await begin(summarizeCommand, '')).toMatchObject({
		typed: `summarize channel ${address}`,
		shown: `A summary of what was said up to [this message](${address})`,
	});
});
