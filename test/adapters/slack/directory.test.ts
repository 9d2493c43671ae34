/** The workspace's people are read in pages and kept fresh, within Slack's limits; whoever is not known is asked for alone. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { defaultScopes } from '#test/emulators/slack/scopes.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import type { SlackAnswer } from '../../../adapters/slack/client.ts';
import { createDirectory, type SlackDirectory } from '../../../adapters/slack/directory.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

const minuteMs = 60_000;
const { signal } = new AbortController();

describe('the directory of the adapter', () => {
	let world: SlackWorld;
	afterEach(() => world.close());

	const actor = (accountId: string) => ({ tenantId: world.slack.teamId, accountId });
	const recall = (accountId: string) => world.platform.directory?.recall(actor(accountId), minuteMs) ?? null;
	const isRead = async () => await world.platform.directory?.arrival(actor(world.tom), minuteMs, signal);

	it('knows everybody of the workspace soon after the start, with their language, and asks for nobody', async () => {
		world = await openSlackWorld();
		await isRead();
		expect(recall(world.lucia)?.profile).toMatchObject({ displayName: 'lucia', locale: 'es-ES', isGuest: false, isExternal: false });
		expect(world.slack.callsTo('users.list')).toHaveLength(1);
		expect(world.slack.callsTo('users.info')).toEqual([]);
	});

	it('knows guests as guests and apps as apps, and neither closed accounts nor people of other companies', async () => {
		world = await openSlackWorld({ start: false });
		const { workspace } = world.slack;
		const [guest, closed, app, stranger] = [{ isGuest: true }, { deleted: true }, { isBot: true }, { isStranger: true }].map(
			(more, index) => workspace.addUser({ name: `person${index}`, ...more }).id,
		) as [string, string, string, string];
		await world.platform.start(
			async () => {},
			async () => {},
		);
		await isRead();
		expect(recall(guest)?.profile).toMatchObject({ isGuest: true });
		expect(recall(app)?.profile).toMatchObject({ isBot: true });
		expect([closed, stranger].map(recall)).toEqual([null, null]);
	});

	it('doubts whoever Slack tells of, new or changed, and tells the core', async () => {
		world = await openSlackWorld();
		await isRead();
		await world.slack.changeUser(world.tom, { isGuest: true });
		const eve = await world.slack.joinWorkspace({ name: 'eve' });
		await expect.poll(() => world.profiles.length).toBe(2);
		expect([recall(world.tom), recall(eve.id)]).toEqual([null, null]);
		expect(new Set(world.profiles.map(({ profile }) => profile.accountId))).toEqual(new Set([world.tom, eve.id]));
	});

	it('says once that the right to list people is missing', async () => {
		const clock = createManualClock();
		world = await openSlackWorld({ clock }, { scopes: defaultScopes.filter((scope) => scope !== 'users:read') });
		await expect.poll(() => world.warnings.length).toBe(1);
		await clock.advance(5 * minuteMs);
		await expect.poll(() => world.slack.callsTo('users.list').length).toBe(2);
		expect(world.warnings.flat().filter((part) => String(part).includes('missing_scope'))).toHaveLength(1);
	});
});

describe('the reading of a workspace', () => {
	let clock: ManualClock;
	let directory: SlackDirectory;
	/** People by page. */
	let pages: string[][];
	let asked: { cursor: unknown; atMs: number }[];
	let failures: BotError[];
	let closed: Set<string>;

	beforeEach(() => {
		clock = createManualClock();
		[pages, asked, failures, closed] = [[['U1', 'U2'], ['U3']], [], [], new Set()];
		const call = async (_method: string, { cursor }: Record<string, unknown>): Promise<SlackAnswer> => {
			asked.push({ cursor, atMs: clock.now() });
			const failure = failures.shift();
			if (failure !== undefined) throw failure;
			const index = Number(cursor ?? 0);
			const members = pages[index]?.map((id) => ({ id, team_id: 'T1', name: id.toLowerCase(), deleted: closed.has(id) }));
			return { ok: true, members, response_metadata: { next_cursor: index + 1 < pages.length ? String(index + 1) : '' } };
		};
		const identity = () => ({ teamId: 'T1', botUserId: 'UBOT', botId: 'B1' });
		directory = createDirectory({ call, identity, clock, logger: { warn: () => {} } });
	});
	afterEach(() => directory.stop());

	const recall = (accountId: string) => directory.recall({ tenantId: 'T1', accountId }, 10 * minuteMs);
	const start = async () => {
		directory.start();
		directory.start();
		await clock.advance(0);
	};

	it('goes through all pages, once', async () => {
		await start();
		expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, '1']);
		expect(['U1', 'U2', 'U3'].map((id) => recall(id)?.profile.displayName)).toEqual(['u1', 'u2', 'u3']);
	});

	it('is repeated every five minutes, so that everything known is younger than that', async () => {
		await start();
		await clock.advance(14 * minuteMs);
		expect(asked).toHaveLength(6);
		expect(recall('U1')?.ageMs).toBeLessThanOrEqual(5 * minuteMs);
	});

	it('is repeated at once when five people of the workspace are missed within a minute, and not again for ten seconds', async () => {
		await start();
		const crowd = ['U5', 'U6', 'U7', 'U8', 'U9'];
		for (const id of crowd) directory.recall({ tenantId: 'T2', accountId: id }, minuteMs);
		for (const id of crowd.slice(1)) recall(id);
		for (const id of crowd.slice(1)) recall(id);
		await clock.advance(minuteMs);
		recall('U5');
		await clock.advance(0);
		expect(asked).toHaveLength(2);
		pages[1]?.push(...crowd);
		for (const id of crowd) expect(recall(id)).toBeNull();
		await clock.advance(0);
		expect(recall('U9')?.profile.displayName).toBe('u9');
		for (const id of crowd) recall(`${id}X`);
		await clock.advance(9_999);
		expect(asked).toHaveLength(4);
		await clock.advance(1);
		expect(asked).toHaveLength(6);
	});

	it('takes ten pages a minute at most, however large the workspace is', async () => {
		pages = Array.from({ length: 35 }, (_, index) => [`U${index}`]);
		await start();
		expect(asked).toHaveLength(10);
		await clock.advance(4 * minuteMs);
		expect(asked).toHaveLength(35);
		for (const { atMs } of asked) {
			expect(asked.filter((other) => other.atMs >= atMs && other.atMs < atMs + minuteMs).length).toBeLessThanOrEqual(10);
		}
	});

	it('waits for as long as Slack says, and goes on where it was', async () => {
		await start();
		failures = [new BotError('PLATFORM_RATE_LIMITED', 'slow', { retryable: true, retryAfterMs: 30_000 })];
		await clock.advance(5 * minuteMs);
		expect(asked).toHaveLength(3);
		await clock.advance(30_000);
		expect(asked.slice(2).map(({ cursor }) => cursor)).toEqual([undefined, undefined, '1']);
	});

	it('goes on another time when Slack does not answer', async () => {
		failures = Array.from({ length: 5 }, () => new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }));
		await start();
		await clock.advance(30_000);
		expect(recall('U1')).toBeNull();
		await clock.advance(minuteMs);
		expect(recall('U1')?.profile.displayName).toBe('u1');
	});

	it('learns of a closed account that was known, so that the newest answer counts', async () => {
		await start();
		closed.add('U1');
		await clock.advance(5 * minuteMs);
		expect(recall('U1')?.profile.isDeactivated).toBe(true);
	});
});
