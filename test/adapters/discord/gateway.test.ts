/** The way from Discord's gateway to the sink: connections that break, guilds that are not served, processes that take turns. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Clock, systemClock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import type { PersonalEvent } from '#src/platform/chat-event.ts';
import type { DiscordEmulatorOptions } from '#test/emulators/discord/index.ts';
import { type DiscordProcess, type DiscordWorld, openDiscordWorld } from './discord-world.ts';

let world: DiscordWorld;

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 12_000, interval: 10 });
const textsOf = (events: PersonalEvent[]) => events.map((event) => ('text' in event ? event.text : event.type));

async function open(options: DiscordEmulatorOptions = {}): Promise<void> {
	world = await openDiscordWorld({ sessionStarts: { maxConcurrency: 16 }, ...options });
}

async function started(process = world.addProcess()): Promise<DiscordProcess> {
	await process.start();
	await eventually(() => expect(process.platform.health()).toEqual({ state: 'up' }));
	return process;
}

/** Every wait is this many times shorter. */
const createHastyClock = (haste: number): Clock => ({
	now: systemClock.now,
	wait: (durationMs, signal) => systemClock.wait(durationMs / haste, signal),
});

const ask = (text: string, more: object = {}) =>
	world.discord.say({ user: world.tom, channel: world.general, text, mentionBot: true, ...more });

describe('the gateway', () => {
	beforeEach(() => open());
	afterEach(() => world.close());

	it('is asked for guilds, messages, direct messages and what they say, and nothing else', async () => {
		await started();
		expect(world.discord.gateway.sessions().map(({ intents }) => intents)).toEqual([37_377]);
	});

	it('goes on after a broken connection, with what was said meanwhile', async () => {
		const { events } = await started();
		world.discord.gateway.cut();
		await ask('while it was broken');
		await eventually(() => expect(textsOf(events)).toEqual(['while it was broken']));
	});

	it('is opened again when Discord asks for it, which is no news', async () => {
		const { events, healths } = await started();
		const told = healths.length;
		world.discord.gateway.requestReconnect();
		await ask('meanwhile');
		await eventually(() => expect(textsOf(events)).toEqual(['meanwhile']));
		expect(healths.slice(told)).toEqual([]);
	});

	it('loses nothing with a session that Discord has thrown away', async () => {
		const { events } = await started();
		const direct = world.discord.world.openDirect(world.tom).id;
		await world.discord.say({ user: world.tom, channel: direct, text: 'hello' });
		await eventually(() => expect(events).toHaveLength(1));
		world.discord.gateway.refuseConnections(true);
		world.discord.gateway.invalidateSession(false);
		await ask('in a channel');
		await world.discord.say({ user: world.tom, channel: direct, text: 'directly' });
		world.discord.gateway.refuseConnections(false);
		await eventually(() => expect(textsOf(events)).toEqual(expect.arrayContaining(['in a channel', 'directly'])));
		expect(new Set(events.map(({ key }) => key)).size).toBe(3);
	});

	it('is left for good by a process that stops while it is connecting', async () => {
		const { platform, events } = await started();
		world.discord.gateway.requestReconnect();
		await eventually(() => expect(world.discord.gateway.connections()).toBe(0));
		await platform.stop();
		// It arrived, and only then it was closed: closed before, it would connect out of reach.
		expect(world.discord.dispatches.map(({ name }) => name)).toContain('RESUMED');
		await eventually(() => expect(world.discord.gateway.connections()).toBe(0));
		await ask('too late');
		expect(textsOf(events)).toEqual([]);
	});

	it('is refused with what to do about it when the app may not read messages', async () => {
		world.discord.portal.messageContentIntent = false;
		const process = world.addProcess();
		await process.start();
		await eventually(() =>
			expect(process.platform.health()).toMatchObject({ state: 'down', reason: expect.stringContaining('Message Content Intent') }),
		);
		expect(process.healths.at(-1)?.state).toBe('down');
	});

	it('is not opened with a token that Discord refuses, and the reason says where to get one', async () => {
		const process = world.addProcess({ botToken: 'wrong' });
		await process.start();
		await eventually(() =>
			expect(process.platform.health()).toMatchObject({ state: 'down', reason: expect.stringContaining('Reset Token') }),
		);
		expect(world.discord.gateway.connections()).toBe(0);
	});

	it('may bring a message before the channel that it is in', async () => {
		world.discord.gateway.holdGuilds(true);
		const process = world.addProcess();
		await process.start();
		await eventually(() => expect(world.discord.gateway.sessions()).toHaveLength(1));
		await ask('early');
		await eventually(() => expect(textsOf(process.events)).toEqual(['early']));
		world.discord.gateway.holdGuilds(false);
		await eventually(() => expect(process.platform.health().state).toBe('up'));
	});
});

describe('guilds', () => {
	beforeEach(() => open());
	afterEach(() => world.close());

	it('that are not served are left, before the start and later', async () => {
		const early = world.discord.world.addGuild({ name: 'Elsewhere' });
		const { rejected } = await started();
		await eventually(() => expect(world.discord.callsTo('leave-guild')).toHaveLength(1));
		const late = world.discord.world.addGuild({ name: 'Late' });
		await eventually(() => expect(world.discord.callsTo('leave-guild')).toHaveLength(2));
		expect(world.discord.callsTo('leave-guild').map(({ path }) => path.split('/').at(-1))).toEqual([early.id, late.id]);
		expect(rejected).toEqual(['guild', 'guild']);
	});
});

describe('what was said while nobody listened', () => {
	beforeEach(() => open());
	afterEach(() => world.close());

	it('is read at the next start: channels, threads, direct messages', async () => {
		const first = await started();
		const direct = world.discord.world.openDirect(world.tom).id;
		await world.discord.say({ user: world.tom, channel: direct, text: 'hello' });
		const { id } = await ask('start a thread here');
		const thread = world.discord.startThread({ channelId: world.general, messageId: id, name: 'talk', ownerId: world.tom });
		await eventually(() => expect(first.events).toHaveLength(2));
		await first.platform.stop();

		await world.discord.say({ user: world.tom, channel: direct, text: 'direct, in the night' });
		await ask('channel, in the night');
		await ask('thread, in the night', { channel: thread.id });
		const second = await started();
		await eventually(() =>
			expect(textsOf(second.events)).toEqual(
				expect.arrayContaining(['direct, in the night', 'channel, in the night', 'thread, in the night']),
			),
		);
		const keysOf = ({ events }: DiscordProcess) => events.map(({ key }) => key);
		expect(new Set([...keysOf(first), ...keysOf(second)]).size).toBe(5);
		const [inThread] = second.events.filter((event) => 'text' in event && event.text.startsWith('thread'));
		expect(inThread?.place).toMatchObject({ channelId: thread.id, threadId: '', tenantId: world.guild });
	});

	it('is not read at the very first start', async () => {
		await ask('long ago');
		const { events } = await started();
		await ask('now');
		await eventually(() => expect(textsOf(events)).toEqual(['now']));
	});

	it('is read too when the store was away for longer than can be waited', async () => {
		const first = await started();
		first.sinkFails(new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }));
		await ask('kept for later');
		await eventually(() => expect(first.failed).toHaveLength(1));
		await first.platform.stop();
		const second = await started();
		await eventually(() => expect(textsOf(second.events)).toEqual(['kept for later']));
	});
});

describe('several processes', () => {
	beforeEach(() => open());
	afterEach(() => world.close());

	it('hold one session among them; the others are well, and can speak', async () => {
		const [one, two] = [await started(), await started()];
		expect(world.discord.gateway.sessions()).toHaveLength(1);
		await ask('who is there?');
		await eventually(() => expect(one.events).toHaveLength(1));
		expect(two.events).toEqual([]);
		const [event] = one.events;
		if (event === undefined) throw new Error('no event');
		await two.platform.post(event.place, { text: 'I am', buttons: [] }, AbortSignal.timeout(5_000));
		expect(world.discord.messages(world.general).at(-1)?.content).toBe('I am');
	});

	it('take over from one that goes, and from one that lost its lease', async () => {
		const clock = createHastyClock(20);
		const [one, two] = [await started(world.addProcess({ clock })), await started(world.addProcess({ clock }))];
		await one.platform.stop();
		await ask('in between');
		await eventually(() => expect(textsOf(two.events)).toEqual(['in between']));
		world.state.seize('gateway', 'somebody else');
		await eventually(() => expect(world.discord.gateway.connections()).toBe(0));
		expect(two.platform.health()).toEqual({ state: 'up' });
	});
});
