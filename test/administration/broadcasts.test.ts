/** What administrators say in every channel at once: shown first, posted once each, stopped when they press; what a death in the middle leaves. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Broadcasts, createBroadcasts } from '#src/administration/broadcasts.ts';
import { BotError } from '#src/errors.ts';
import type { Person } from '#src/identity/person.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import type { JobDefinition } from '#src/jobs/job.ts';
import { english } from '#src/locales/english.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { type Company, foundCompany, noBooks, words } from './company.ts';

const { broadcast: said } = words;
const text = 'I am away on Sunday, <!channel> and @everyone.';
const channels = ['C1', 'C2', 'C3'].map((channelId) => ({ ...newPlace(), platform: 'slack', tenantId: 'T1', channelId, threadId: '' }));

let opened: TestDatabase;
let company: Company;
let admin: Person;
let mayBroadcast: boolean;
let operations: Broadcasts;
let job: JobDefinition<object>;
let left: object[];
let platform: FakePlatform;

const idOf = ({ action }: { action?: unknown } = {}) => (action as { replyId: string }).replyId;
const press = (id: string, person: Person = admin) =>
	operations.press(
		{
			...{ person, account: { tenantId: 'T1', accountId: 'UADMIN' }, platform, place: newPlace({ kind: 'direct' }), words: english },
			signal: new AbortController().signal,
		},
		id,
	);
/** As a process does, once for each job that was left. */
const runJobs = async (signal?: AbortSignal) => {
	for (const data of left.splice(0)) await job.run(data, { ...createFakeJobContext(), ...(signal && { signal }) });
};
const postedTo = () => platform.messages.map(({ place }) => place.channelId);
const states = async () =>
	(
		await opened.database.query<{ state: string }>(
			'select state from broadcast_posts join broadcasts on id = broadcast_id order by asked_at, channel_id',
			[],
		)
	)
		.slice(-channels.length)
		.map(({ state }) => state);

beforeAll(async () => {
	opened = await openServerDatabase();
	company = await foundCompany(opened.database, { ...noBooks, broadcasts: { ask: (...asked) => operations.ask(...asked) } });
	admin = { ...(await newPerson(opened.database)), ...company.admin };
	const ana = await newPerson(opened.database);
	for (const [at, place] of [...channels, { ...newPlace({ kind: 'direct' }), platform: 'slack' }].entries()) {
		await say(opened.database, ana, questionIn(place, `m${at}`, 'a question'), 'an answer');
	}
	await opened.database.queryAsRegistrar('update identities set last_place = $2 where user_id = $1', [
		admin.userId,
		JSON.stringify({ ...newPlace({ kind: 'direct' }), platform: 'slack' }),
	]);
});
afterAll(() => opened.close());
beforeEach(() => {
	platform = Object.assign(createFakePlatform(), { name: 'slack' });
	[mayBroadcast, left] = [true, []];
	open();
});

function open(): void {
	const room = createBroadcasts({
		...{ database: opened.database, platforms: new Map([['slack', platform]]), pacers: unpaced, language: 'en', mayBroadcast },
		jobs: {
			async enqueue(_transaction, _definition, data) {
				left.push(data);
				return randomUUID();
			},
		},
	});
	operations = room.operations;
	[job = job] = room.jobDefinitions;
}

async function ask(): Promise<string> {
	expect(await company.command(`broadcast ${text}`)).toEqual({ outcome: 'done', text: said.asked(3) });
	return idOf(platform.offers.at(-1));
}

describe('what is said to all', () => {
	it('is switched off unless the settings say so, and is nothing for the machine', async () => {
		mayBroadcast = false;
		open();
		expect(await company.command(`broadcast ${text}`)).toEqual({ outcome: 'refused', text: said.refused.off });
		expect((await company.command(`broadcast ${text}`, 'console')).text).toBe(said.inChatAlone);
		expect((await company.command(`broadcast ${'x'.repeat(1_001)}`)).text).toBe(said.length(1_000));
		expect(platform.offers).toEqual([]);
	});

	it('is shown first, goes once to each channel and nowhere else, and is reported with counts', async () => {
		const id = await ask();
		expect(platform.offers[0]?.text).toContain(text);
		for (const channel of channels) expect(platform.offers[0]?.text).toContain(`slack:T1:${channel.channelId}`);
		expect(postedTo()).toEqual([]);
		expect(await press(id)).toBe('begun');
		expect(await press(id)).toBe('begun');
		expect(left).toHaveLength(1);
		await runJobs();
		expect(await press(id)).toBe('over');
		expect(postedTo().toSorted()).toEqual(['C1', 'C2', 'C3']);
		expect(platform.privately.at(-1)?.text).toBe(said.ended(3, 0, 0, 0));
		expect(await press(idOf(platform.offers[1]))).toBe('over');
		const noted = (await company.entries()).filter(({ action }) => action.startsWith('broadcast')).slice(-3);
		expect(noted.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
			'broadcast done',
			'broadcast-begin done',
			'broadcast-end done',
		]);
		expect(JSON.stringify(noted)).not.toContain('Sunday');
		expect(await opened.database.query(`select from broadcasts where text <> '' and ended_at is not null`)).toEqual([]);
	});

	it('leaves out channels in which nothing is answered, and says where the platform did not take it', async () => {
		const [first = newPlace(), second = newPlace()] = channels;
		await opened.database.queryAs(company.admin, `update channels set rules = '{"mode":"off"}' where id = $1`, [channelIdOf(first)]);
		await company.command(`broadcast ${text}`);
		expect(await press(idOf(platform.offers.at(-1)))).toBe('begun');
		const { post } = platform;
		platform.post = async (place, ...rest) => {
			if (place.channelId === second.channelId) throw new BotError('PLATFORM_REJECTED', 'not in it', { reason: 'not_in_channel' });
			return await post.call(platform, place, ...rest);
		};
		await runJobs();
		expect(postedTo()).toEqual(['C3']);
		expect(platform.privately.at(-1)?.text).toBe(said.ended(1, 1, 0, 0));
		await opened.database.queryAs(company.admin, `update channels set rules = '{}' where id = $1`, [channelIdOf(first)]);
	});

	it('is begun and stopped by nobody else, nor by who is no administrator any more; that is noted', async () => {
		const id = await ask();
		const luis = await newPerson(opened.database);
		expect(await press(id, luis)).toBe('not-yours');
		expect(await press(id, { ...admin, role: 'ccb_employee' })).toBe('not-yours');
		expect(await press('no id')).toBeNull();
		expect(await press(randomUUID())).toBeNull();
		expect(left).toEqual([]);
		const refused = (await company.entries()).filter(({ action, outcome }) => action === 'broadcast-begin' && outcome === 'refused');
		expect(refused.map(({ actorUserId }) => actorUserId)).toEqual([luis.userId, admin.userId]);
	});

	it('cannot be begun after a quarter of an hour', async () => {
		const id = await ask();
		await opened.database.query(`update broadcasts set asked_at = asked_at - interval '16 minutes' where id = $1`, [id]);
		expect(await press(id)).toBe('over');
	});

	it('is stopped between two channels', async () => {
		expect(await press(await ask())).toBe('begun');
		const { post } = platform;
		platform.post = async (...asked) => {
			const posted = await post.apply(platform, asked);
			await press(idOf(platform.offers.at(-1)));
			return posted;
		};
		await runJobs();
		expect(postedTo()).toHaveLength(1);
		expect(platform.privately.at(-1)?.text).toBe(said.ended(1, 0, 0, 2));
	});

	it('goes on after a death in the middle, and doubles nothing', async () => {
		expect(await press(await ask())).toBe('begun');
		const [data = {}] = left;
		const { post } = platform;
		let calls = 0;
		platform.post = async (...asked) => {
			const posted = await post.apply(platform, asked);
			// The process dies before it hears that this one is there.
			if (++calls === 2) throw new Error('the process is gone');
			return posted;
		};
		const settled = job.run(data, createFakeJobContext());
		await settled;
		expect(postedTo()).toHaveLength(3);
		expect(new Set(postedTo()).size).toBe(3);
		expect(platform.privately.at(-1)?.text).toBe(said.ended(2, 0, 1, 0));
		await job.run(data, createFakeJobContext());
		expect(postedTo()).toHaveLength(3);
	});

	it('tries again where it was surely not posted, and leaves alone what an earlier try was about to post', async () => {
		expect(await press(await ask())).toBe('begun');
		const [data = {}] = left;
		const { post } = platform;
		platform.post = async () => {
			throw new BotError('PLATFORM_RATE_LIMITED', 'later', { retryable: true });
		};
		await expect(job.run(data, createFakeJobContext())).rejects.toMatchObject({ code: 'PLATFORM_RATE_LIMITED' });
		expect(await states()).toEqual(['waiting', 'waiting', 'waiting']);
		platform.post = post;
		await opened.database.query(
			`update broadcast_posts set state = 'posting' where state = 'waiting' and channel_id = (select channel_id from broadcast_posts where state = 'waiting' order by channel_id limit 1)
				and broadcast_id = (select id from broadcasts order by asked_at desc limit 1)`,
			[],
		);
		await job.run(data, createFakeJobContext());
		expect(postedTo()).toHaveLength(2);
		expect(platform.privately.at(-1)?.text).toBe(said.ended(2, 0, 1, 0));
	});
});
