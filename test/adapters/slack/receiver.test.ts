/** When requests and envelopes of Slack are acknowledged, and when not. */

import { afterEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { isPlaceEvent } from '#src/platform/place-event.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

const storeAway = new BotError('STORE_UNAVAILABLE', 'away', { retryable: true });
const storeBroken = new BotError('INTERNAL', 'the database refused a statement');

describe.each([
	['HTTP', false],
	['Socket Mode', true],
])('an event over %s', (_name, socketMode) => {
	let world: SlackWorld;
	afterEach(() => world.close());

	async function open(): Promise<void> {
		world = await openSlackWorld({ socketMode });
		await expect.poll(() => world.platform.health().state).toBe('up');
		if (socketMode) await expect.poll(() => world.slack.socketMode.connections()).toBe(2);
	}

	it.each([
		['is away', storeAway],
		['is broken', storeBroken],
	])('comes again as long as the store %s, and is acknowledged once it is kept', async (_state, error) => {
		await open();
		const { slack, tom, general, events } = world;
		world.sinkFails(error);
		const { ts } = await slack.say({ user: tom, channel: general, text: `<@${slack.botUserId}> hi` });
		const deliveries = () => slack.deliveries.filter(({ key }) => key.endsWith(ts));
		await expect.poll(() => deliveries().some(({ attempt }) => attempt > 0), { timeout: 5_000 }).toBe(true);
		expect(deliveries().every(({ httpStatus }) => httpStatus === null || httpStatus === 503)).toBe(true);
		world.sinkFails(null);
		await expect.poll(() => events.length, { timeout: 5_000 }).toBeGreaterThan(0);
		await expect.poll(() => deliveries().filter(({ httpStatus }) => httpStatus === 200).length, { timeout: 5_000 }).toBe(2);
	});

	it('of an account that was closed is acknowledged only once it counts', async () => {
		await open();
		const { slack, tom, profiles } = world;
		world.sinkFails(storeAway);
		await slack.changeUser(tom, { deleted: true });
		const deliveries = () => slack.deliveries.filter(({ type }) => type === 'user_change');
		await expect.poll(() => deliveries().some(({ attempt }) => attempt > 0), { timeout: 5_000 }).toBe(true);
		expect(deliveries().every(({ httpStatus }) => httpStatus === null || httpStatus === 503)).toBe(true);
		expect(profiles).toEqual([]);
		world.sinkFails(null);
		await expect.poll(() => deliveries().at(-1)?.httpStatus, { timeout: 5_000 }).toBe(200);
		const told = { platform: 'slack', profile: { tenantId: slack.teamId, accountId: tom, isDeactivated: true } };
		expect(profiles.at(-1)).toMatchObject(told);
	});

	it('is acknowledged and forgotten when nobody can make sense of it', async () => {
		await open();
		const { slack, tom, lucia, general, events } = world;
		// In Socket Mode the SDK loses a rejection over this one; the program outlives that (test/e2e/socket-mode.test.ts).
		if (!socketMode) await slack.announceAppRateLimited();
		await slack.say({ user: tom, channel: general, text: `not for the bot, <@${lucia}>` });
		await slack.say({ user: tom, channel: general, text: `<@${slack.botUserId}> hi` });
		await expect.poll(() => events.length).toBeGreaterThan(0);
		expect(new Set(events.map(({ key }) => key)).size).toBe(1);
	});

	it('of a command brings all that was typed, with the person it names', async () => {
		await open();
		const { slack, tom, lucia, general, events } = world;
		await slack.slash({ user: tom, channel: general, command: '/ccb', text: `admin grant <@${lucia}|lucia> admin` });
		expect(events).toMatchObject([{ type: 'command-invoked', text: `admin grant slack:${slack.teamId}:${lucia} admin` }]);
	});

	it('tells the person that a command failed when it could not be kept', async () => {
		await open();
		const { slack, tom, general } = world;
		world.sinkFails(storeAway);
		expect(await slack.slash({ user: tom, channel: general, command: '/ccb', text: 'help' })).toMatchObject({ failure: expect.anything() });
		world.sinkFails(null);
		expect((await slack.slash({ user: tom, channel: general, command: '/ccb', text: 'help' })).failure).toBeUndefined();
	});
});

describe('the health of the connection', () => {
	let world: SlackWorld;
	afterEach(() => world.close());

	it('says what is wrong with a token, and not what the token is', async () => {
		world = await openSlackWorld({ botToken: 'xoxb-wrong' });
		await expect.poll(() => world.platform.health()).toMatchObject({ state: 'down', reason: expect.stringContaining('SLACK_BOT_TOKEN') });
		expect(JSON.stringify(world.healths)).not.toContain('xoxb-wrong');
	});

	it('takes nothing in before Slack has said who the bot is, and everything after', async () => {
		world = await openSlackWorld({ start: false }, { retryDelaysMs: [200, 400, 800, 1_600, 3_200] });
		const { slack, platform, tom, general, events } = world;
		slack.fail({ method: 'auth.test', kind: '500', times: 1 });
		await platform.start(
			async (event) => void (isPlaceEvent(event) || events.push(event)),
			async () => {},
		);
		await slack.say({ user: tom, channel: general, text: `<@${slack.botUserId}> hi` });
		await expect.poll(() => slack.deliveries.some(({ httpStatus }) => httpStatus === 503)).toBe(true);
		expect(events).toEqual([]);
		await expect.poll(() => events.length, { timeout: 8_000 }).toBeGreaterThan(0);
		expect(platform.health()).toEqual({ state: 'up' });
	});

	it('is down without any Socket Mode connection, and up again with one', async () => {
		world = await openSlackWorld({ socketMode: true });
		const { slack, platform } = world;
		await expect.poll(() => platform.health().state).toBe('up');
		slack.fail({ method: 'apps.connections.open', kind: 'error', error: 'internal_error', times: 2 });
		slack.socketMode.cut();
		await expect.poll(() => platform.health()).toMatchObject({ state: 'down', reason: expect.stringContaining('SLACK_APP_TOKEN') });
		await expect.poll(() => platform.health().state, { timeout: 8_000 }).toBe('up');
	});

	it('survives a wrong app token', async () => {
		world = await openSlackWorld({ socketMode: true, appToken: 'xapp-wrong' });
		await expect.poll(() => world.failed.length).toBeGreaterThanOrEqual(2);
		expect(world.platform.health()).toMatchObject({ state: 'down' });
		expect(JSON.stringify(world.failed.map(String))).not.toContain('xapp-wrong');
	});
});
