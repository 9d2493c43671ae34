/** What was said goes when it is older than administrators let it become, with all that came of it, and nothing else does. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChannelOrders } from '#src/administration/channel-orders.ts';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { systemClock } from '#src/clock.ts';
import type { Principal } from '#src/database/transaction.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { Person } from '#src/identity/person.ts';
import { conversationIdOf } from '#src/identity/place-id.ts';
import { createLivePublisher } from '#src/live/live-publisher.ts';
import { silentLogger } from '#src/log.ts';
import { createRetentionJob } from '#src/own-data/retention-job.ts';
import type { Place } from '#src/platform/place.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { createAdmin, type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { createFakeRules } from '#test/fakes/rules.ts';

describe.each(testDatabases())('what is older than it may become on $name', ({ open }) => {
	let opened: TestDatabase;
	let ana: Person;
	let admin: Principal;
	let run: () => Promise<void>;
	let nowMs = Date.now();

	beforeAll(async () => {
		opened = await open();
		ana = await newPerson(opened.database);
		admin = await createAdmin(opened.database);
		const publisher = createLivePublisher({ cache: createMemoryCache(), clock: systemClock });
		const job = createRetentionJob({ database: opened.database, publisher, clock: { now: () => nowMs }, logger: silentLogger });
		run = () => job.run({}, createFakeJobContext());
	});
	afterAll(() => opened.close());

	/** A question and its answer. @returns the conversation's id. */
	async function exchange(place: Place, text: string): Promise<string> {
		const { id: answerId } = await say(opened.database, ana, questionIn(place, randomUUID(), text), `answer to ${text}`);
		const id = conversationIdOf(place);
		await opened.database.asUser(ana, async ({ query }) => {
			if (place.kind !== 'group') await query('update conversations set title = $2, summary = $2 where id = $1', [id, text]);
			await query('insert into feedback (message_id, user_id, rating) values ($1, $2, 1)', [answerId, ana.userId]);
			await query(
				`insert into connector_queries (asked_by, asked_through, question_id, place, connector, revision, role, sql, decision)
					select $1, $2, in_reply_to, 'p', 'shop', 'r', 'reader', $4, 'refused' from messages where id = $3`,
				[ana.userId, ana.identityId, answerId, text],
			);
		});
		return id;
	}
	/** What was said until now is so many days old from now on, and what is said later is newer. */
	async function becomes(days: number): Promise<void> {
		const until = Date.now() + 1;
		nowMs = until + days * 24 * 3_600_000;
		await expect.poll(() => Date.now()).toBeGreaterThan(until);
	}
	const saidIn = async (id: string) =>
		(
			await opened.database.queryAs<{ content: string }>(ana, 'select content from messages where conversation_id = $1 order by sequence', [
				id,
			])
		).map(({ content }) => content);
	async function keep(place: Place, days: number | null, everywhere: boolean): Promise<void> {
		const backfills = { begin: async () => 'begun' as const, stop: async () => false };
		const orders = createChannelOrders({
			...{ database: opened.database, store: createConversationStore(opened.database), backfills },
			rules: createFakeRules(),
		});
		await orders.decide(admin, place, { rule: 'keepDays', value: days, everywhere });
	}
	async function erased(): Promise<object[]> {
		const entries = await opened.database.queryAs<{ details: object }>(
			admin,
			`select details from audit_log where action = 'retention' and actor = 'program' order by sequence`,
		);
		return entries.map(({ details }) => details);
	}

	it('stays while nobody decided', async () => {
		const place = newPlace();
		const id = await exchange(place, 'old');
		await becomes(4_000);
		await run();
		expect(await saidIn(id)).toEqual(['old', 'answer to old']);
	});

	it('goes in a channel with its answers, ratings, statements and what repeats it; newer talk stays', async () => {
		const place = newPlace({ tenantId: 'one-channel' });
		const id = await exchange(place, 'old');
		const emptied = await exchange({ ...place, threadId: 'other' }, 'old too');
		await becomes(30);
		await exchange(place, 'new');
		await keep(place, 30, false);
		await run();
		expect(await saidIn(id)).toEqual(['new', 'answer to new']);
		const left = await opened.database.queryAs(ana, 'select id, title, summary from conversations where id = any($1)', [[id, emptied]]);
		expect(left).toEqual([{ id, title: null, summary: null }]);
		const asked = await opened.database.queryAs(
			ana,
			`select sql from connector_queries where sql in ('old', 'new', 'old too') or sql is null order by sql`,
		);
		expect(asked).toEqual([{ sql: 'new' }, { sql: 'old' }, { sql: null }, { sql: null }]);
		const channel = `${place.platform}:${place.tenantId}:${place.channelId}`;
		expect(await erased()).toEqual([{ channel, days: 30, messages: 4, conversations: 1 }]);
		await run();
		expect(await erased()).toHaveLength(1);
	});

	it('goes in a whole tenant, personal chats too, but for channels with a decision of their own', async () => {
		const [plain, longer, forever, personal] = [
			newPlace({ tenantId: 'all' }),
			newPlace({ tenantId: 'all' }),
			newPlace({ tenantId: 'all' }),
			newPlace({ tenantId: 'all', kind: 'direct', threadId: '' }),
		];
		const ids = [];
		for (const place of [plain, longer, forever, personal]) ids.push(await exchange(place, `in ${place.channelId}`));
		const elsewhere = await exchange(newPlace({ tenantId: 'another' }), 'elsewhere');
		await becomes(50);
		await keep(plain, 30, true);
		await keep(longer, 60, false);
		await keep(forever, null, false);
		await run();
		const counts = await Promise.all([...ids, elsewhere].map(async (id) => (await saidIn(id)).length));
		expect(counts).toEqual([0, 2, 2, 0, 2]);
		expect((await erased()).at(-1)).toEqual({ tenant: 'fake:all', days: 30, messages: 4, conversations: 2 });
	});

	it('is not taken away while it is answered', async () => {
		const place = newPlace({ tenantId: 'busy' });
		const id = conversationIdOf(place);
		await say(opened.database, ana, questionIn(place, 'q', 'asked'));
		await becomes(40);
		await keep(place, 30, false);
		await run();
		expect(await saidIn(id)).toHaveLength(2);
	});

	it('is taken away by nobody else', async () => {
		const call = `select * from ccb_private.forget_old_talk('fake', 'all', null, '{}', now(), 1)`;
		for (const who of [ana, admin]) await expect(opened.database.queryAs(who, call)).rejects.toMatchObject({ code: 'FORBIDDEN' });
	});
});
