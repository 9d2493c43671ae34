/** What becomes of channels, their threads and whole guilds, from packets to events. */

import { expect, onTestFinished, test } from 'vitest';
import type { ChatEvent } from '#src/platform/chat-event.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createGuilds, readChannel } from '../../../adapters/discord/guilds.ts';
import { placeOf } from '../../../adapters/discord/inbound.ts';
import { createIntake } from '../../../adapters/discord/intake.ts';
import { createMessageMemory } from '../../../adapters/discord/message-memory.ts';
import { concernsPlace, readChannelChange } from '../../../adapters/discord/place-events.ts';
import { createRoots } from '../../../adapters/discord/roots.ts';
import { createMemoryState } from './memory-state.ts';

const guild = '100000000000000000';
const other = '700000000000000000';

test('a thread goes with its channel, and with no other', () => {
	const channel = readChannel({ id: '100000000000000001', type: 0 }, guild);
	const thread = readChannel({ id: '100000000000000002', type: 11, parent_id: '100000000000000001' }, guild);
	const inCategory = readChannel({ id: '100000000000000003', type: 0, parent_id: '100000000000000001' }, guild);
	const [gone] = readChannelChange(channel, null, 0);
	if (gone?.type !== 'place-deleted') throw new Error('nothing was told');
	expect([thread, { ...thread, parentId: '100000000000000009' }, inCategory].map((one) => concernsPlace(gone, placeOf(one, '')))).toEqual([
		true,
		false,
		false,
	]);
	expect(concernsPlace({ ...gone, type: 'place-archived' }, placeOf(thread, ''))).toBe(false);
});

test.each<[string, string, object, string[]]>([
	['it is thrown out while it listens', 'GUILD_DELETE', { id: guild }, [guild]],
	['it was thrown out while nobody listened', 'READY', { guilds: [{ id: other, unavailable: true }] }, [guild]],
	['the guild has an outage', 'GUILD_DELETE', { id: guild, unavailable: true }, []],
	['a session begins in it', 'READY', { guilds: [{ id: guild, unavailable: true }] }, []],
	['a session tells of no guilds at all', 'READY', {}, []],
	['it leaves a guild that is not served', 'GUILD_DELETE', { id: other }, []],
])('the bot is out of a guild, or is not: %s', async (_name, type, data, expected) => {
	const events: ChatEvent[] = [];
	const never = () => Promise.reject(new Error('nothing is asked'));
	const clock = createManualClock();
	const state = createMemoryState().of('test');
	const memory = createMessageMemory(state);
	const intake = createIntake({
		sink: async (event) => void events.push(event),
		...{ clock, state, memory, call: never, botUserId: () => '100000000000000009' },
		roots: createRoots({ call: never, memory, botUserId: () => '100000000000000009' }),
		guilds: createGuilds({
			served: new Set([guild]),
			call: never,
			botUserId: () => '100000000000000009',
			onForeign: () => {},
			onFailed: () => {},
		}),
		...{ onRejected: () => {}, onFailed: () => {}, onMissed: () => {} },
	});
	onTestFinished(() => intake.stop());
	intake.take(type, data as never);
	await expect.poll(() => intake.oldestWaitingMs()).toBeNull();
	expect(events.map((event) => [event.type, event.tenantId])).toEqual(expected.map((tenantId) => ['app-removed', tenantId]));
});
