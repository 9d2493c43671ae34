/** What asking who reads along costs an answer: places with documents on an emulated Slack, with nothing known yet and with what was said within the minute. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#src/clock.ts';
import { openDatabase } from '#src/database/database.ts';
import { createMemberships } from '#src/identity/memberships.ts';
import { createToldAccounts } from '#src/identity/told-accounts.ts';
import { createReadingScopes } from '#src/knowledge/audience/reading-scopes.ts';
import { silentLogger } from '#src/log.ts';
import type { Place } from '#src/platform/place.ts';
import { openSlackWorld } from '#test/adapters/slack/slack-world.ts';
import { createUser } from '#test/fakes/database.ts';
import { createChannel, enterDocument } from '#test/fakes/documents.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { quantile } from '../report.ts';

/** As many as are asked about for one answer. */
const channels = 50;
const readersOfEach = 30;
const [coldRounds, warmRounds] = [10, 200];

/** Markdown. @param latencyMs of each call to the platform. */
export async function measureAudience(latencyMs: number): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-bench-'));
	const database = await openDatabase({ url: null, dataFolder: folder, audit: false, logger: silentLogger });
	const world = await openSlackWorld({}, { latencyMs });
	const { slack, platform } = world;
	try {
		const signals = { publish: async () => {}, subscribe: async () => async () => {} };
		const memberships = createMemberships({ clock: systemClock, pacers: unpaced, signals, told: createToldAccounts(database) });
		const scopes = createReadingScopes({
			database,
			memberships,
			platforms: new Map(),
			identities: { mayAsk: async () => true, lastPlaceOf: async () => null },
		});
		const asker = await createUser(database);
		const people = Array.from({ length: readersOfEach - 1 }, (_unused, at) => slack.workspace.addUser({ name: `colleague${at}` }).id);
		const placeOf = (channelId: string, kind: Place['kind'] = 'channel'): Place => ({
			...{ platform: 'slack', tenantId: slack.teamId, channelId, threadId: '', kind },
		});
		const places = Array.from({ length: channels }, (_unused, at) =>
			placeOf(slack.workspace.addChannel({ name: `closed${at}`, members: [world.tom, ...people], isPrivate: true }).id),
		);
		for (const place of places)
			await enterDocument(database, { name: 'a.txt', texts: ['a'], channelId: await createChannel(database, [], place), place });
		const account = { tenantId: slack.teamId, accountId: world.tom };
		await platform.directory?.arrival(account, 60_000, AbortSignal.timeout(60_000));
		const [here = placeOf('')] = places;

		const measure = async (place: Place, rounds: number, isCold: boolean) => {
			const times: number[] = [];
			for (let round = 0; round < rounds; round++) {
				if (isCold) await memberships.forget({ platform: 'slack' });
				const start = performance.now();
				await scopes.of({ asker, account, platform, place }, AbortSignal.timeout(60_000));
				times.push(performance.now() - start);
			}
			return [0.5, 0.95].map((share) => quantile(times, share).toFixed(1));
		};
		const rows: string[][] = [];
		for (const [name, place] of [
			['a channel', here],
			['a personal chat', placeOf('D1', 'direct')],
		] as const)
			for (const [state, rounds, isCold] of [
				['nothing known', coldRounds, true],
				['known', warmRounds, false],
			] as const)
				rows.push([name, state, ...(await measure(place, rounds, isCold))]);
		const head = ['asked in', `of ${channels} channels`, 'p50, ms', 'p95, ms'];
		return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	} finally {
		await world.close();
		await database.close();
		await rm(folder, { recursive: true, force: true });
	}
}
