/** Which conversation a reply belongs to. */

import { beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { toDiscordMessage } from '../../../adapters/discord/format.ts';
import type { Json } from '../../../adapters/discord/json.ts';
import { createMessageMemory, type MessageMemory } from '../../../adapters/discord/message-memory.ts';
import { createRoots, type Roots } from '../../../adapters/discord/roots.ts';
import { createMemoryState } from './memory-state.ts';

const bot = '100000000000000001';
const ana = '100000000000000002';
const channel = '200000000000000001';
const idOf = (index: number) => `3000000000000${String(index).padStart(5, '0')}`;
const signal = new AbortController().signal;

describe('the root of a chain', () => {
	let memory: MessageMemory;
	let roots: Roots;
	let asked: string[];
	let stored: Map<string, Json>;
	let failure: BotError | null;

	beforeEach(() => {
		memory = createMessageMemory(createMemoryState().of('one'));
		[asked, stored, failure] = [[], new Map(), null];
		roots = createRoots({
			memory,
			botUserId: () => bot,
			call: async (_operation, { route }) => {
				asked.push(route);
				if (failure !== null) throw failure;
				const found = stored.get(route.split('/').at(-1) ?? '');
				if (found === undefined) throw new BotError('PLATFORM_REJECTED', 'gone', { reason: 'message-gone' });
				return found;
			},
		});
	});

	/** Message number `index`, an answer to the one before unless it is the first. */
	function message(index: number, more: Json = {}): Json {
		const reference = index === 0 ? {} : { type: 19, message_reference: { message_id: idOf(index - 1), channel_id: channel } };
		const made = { id: idOf(index), type: 0, author: { id: index % 2 === 1 ? bot : ana }, ...reference, ...more };
		stored.set(idOf(index), made);
		return made;
	}

	it('is the message itself when it answers none', async () => {
		expect(await roots.rootOf(channel, message(0), signal)).toBe(idOf(0));
		expect(asked).toEqual([]);
	});

	it('is found by walking up, once', async () => {
		for (let index = 0; index < 4; index++) message(index);
		const last = { ...message(4), referenced_message: stored.get(idOf(3)) };
		expect(await roots.rootOf(channel, last, signal)).toBe(idOf(0));
		// The message that is answered came along; the first one of the chain is named by the second.
		expect(asked).toHaveLength(3);
		expect(await roots.rootOf(channel, message(5), signal)).toBe(idOf(0));
		expect(asked).toHaveLength(3);
	});

	it("stands in the buttons of the bot's answers", async () => {
		const buttons = [{ label: '', action: { name: 'feedback', replyId: 'r', rating: 'up' } as const }];
		const { components } = toDiscordMessage({ text: 'x', buttons }, idOf(7));
		const last = { ...message(40), referenced_message: message(39, { components, author: { id: bot } }) };
		expect(await roots.rootOf(channel, last, signal)).toBe(idOf(7));
		expect(asked).toEqual([]);
		const forged = { ...message(50), referenced_message: message(49, { components, author: { id: ana }, type: 0 }) };
		expect(await roots.rootOf(channel, forged, signal)).toBe(idOf(49));
	});

	it('is what is left of a chain whose beginning is gone', async () => {
		for (let index = 2; index < 5; index++) message(index);
		expect(await roots.rootOf(channel, message(5), signal)).toBe(idOf(1));
	});

	it('is looked for in ten steps', async () => {
		for (let index = 0; index < 40; index++) message(index);
		await roots.rootOf(channel, message(40), signal);
		expect(asked).toHaveLength(10);
	});

	it('stays open while Discord does not answer', async () => {
		failure = new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });
		await expect(roots.rootOf(channel, message(3), signal)).rejects.toBe(failure);
	});

	it('is not that of a message that was forwarded', async () => {
		const forwarded = { id: idOf(9), type: 0, author: { id: ana }, message_reference: { type: 1, message_id: idOf(8) } };
		expect(await roots.rootOf(channel, forwarded, signal)).toBe(idOf(9));
	});
});

describe('the memory of messages', () => {
	it('forgets what was looked at longest ago', () => {
		const memory = createMessageMemory(createMemoryState().of('one'), 2);
		const known = { authorId: ana, rootId: '' };
		memory.remember('a', known);
		memory.remember('b', known);
		memory.get('a');
		memory.remember('c', known);
		expect(['a', 'b', 'c'].map((id) => memory.get(id) !== undefined)).toEqual([true, false, true]);
	});

	it('finds in another process what was kept, until it is too old', async () => {
		const state = createMemoryState();
		const known = { authorId: ana, rootId: 'root' };
		await createMessageMemory(state.of('one')).keep('a', known);
		const memory = createMessageMemory(state.of('other'));
		expect([memory.get('a'), await memory.find('a'), await memory.find('b')]).toEqual([undefined, known, undefined]);
		await memory.prune();
		expect(await memory.find('a')).toBeUndefined();
	});
});
