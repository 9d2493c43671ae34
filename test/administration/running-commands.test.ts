/** What administrators learn of the program that runs: models, use, what is wrong, and what is in the log. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartHealth } from '#src/administration/admin-context.ts';
import { createModelOrders } from '#src/administration/model-orders.ts';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { BotError } from '#src/errors.ts';
import type { JobDefinition } from '#src/jobs/job.ts';
import type { HostInventory, PullProgress } from '#src/models/model-operations.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { upHost } from '#test/fakes/model-pool.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { type Company, foundCompany, noBooks, words } from './company.ts';

const { operating } = words;
const gigabyte = 1_000_000_000;

let opened: TestDatabase;
let company: Company;
let parts: Record<string, PartHealth>;
let inventory: HostInventory[];
let mayPull: boolean;
let steps: (PullProgress | BotError)[];
let done: string[];
const platform = createFakePlatform();
const left: { definition: JobDefinition<object>; data: object; id: string }[] = [];
let room: ReturnType<typeof createModelOrders>;

function open(): ReturnType<typeof createModelOrders> {
	return createModelOrders({
		database: opened.database,
		platforms: new Map([['slack', Object.assign(platform, { name: 'slack' })]]),
		pacers: unpaced,
		models: {
			status: () => [upHost, { ...upHost, host: 'http://other:11434' }],
			installed: async () => inventory,
			async *pull({ host, model }) {
				done.push(`pull ${model} on ${host}`);
				for (const step of steps) {
					if (step instanceof BotError) throw step;
					yield step;
				}
			},
			unload: async ({ host, model }) => void done.push(`unload ${model} on ${host}`),
		},
		jobs: {
			async enqueue(_transaction, definition, data) {
				const key = definition.key?.(data as never);
				if (left.some((job) => job.definition.key?.(job.data) === key)) return null;
				const id = randomUUID();
				left.push({ definition: definition as unknown as JobDefinition<object>, data, id });
				return id;
			},
			unfinished: async () =>
				left.map(({ definition, id }) => ({ id, name: definition.name, state: 'running', since: new Date(), code: null }) as const),
		},
		mayPull,
		values: createMemoryCache(),
		language: 'en',
		clock: createManualClock(),
	});
}

beforeAll(async () => {
	opened = await openServerDatabase();
	mayPull = true;
	room = open();
	const models = {
		installed: () => room.operations.installed(),
		beginPull: (userId: string, model: string) => room.operations.beginPull(userId, model),
		unload: (model: string) => room.operations.unload(model),
	};
	company = await foundCompany(opened.database, { ...noBooks, models, health: async () => parts });
	[inventory, steps, done] = [[], [], []];
	await opened.database.queryAsRegistrar('update identities set last_place = $2 where user_id = $1', [
		company.admin.userId,
		JSON.stringify({ ...newPlace(), platform: 'slack', kind: 'direct' }),
	]);
});
afterAll(() => opened.close());

describe('models', () => {
	it('are listed by host, with what is in memory', async () => {
		const loaded = { gpuShare: 0.5, contextTokens: 8_192, bytes: 4 * gigabyte, videoBytes: 2 * gigabyte };
		inventory = [
			{ host: 'http://one', reason: null, models: [{ name: 'a:1', digest: 'd', sizeBytes: 3 * gigabyte, loaded }] },
			{ host: 'http://two', reason: 'timeout', models: null },
		];
		expect((await company.command('models')).text).toBe(
			[
				'http://one',
				`• a:1: 3 GB, in memory, 50 % on the graphics card, context 8,192`,
				`http://two: ${operating.models.away('timeout')}`,
			].join('\n'),
		);
	});

	it('are taken out of the memory that they are in', async () => {
		expect((await company.command('models unload a')).text).toBe(operating.models.refused.notLoaded('a'));
		expect((await company.command('models unload a:1')).text).toBe(operating.models.unloaded('a:1', 'http://one'));
		expect(done.splice(0)).toEqual(['unload a:1 on http://one']);
	});

	it('are installed on every host, with one message that says how far it is; whoever wants the same meanwhile is told so', async () => {
		steps = [
			{ step: 'pulling manifest', bytes: null },
			{ step: 'pulling layer', bytes: { done: 1, total: 2 } },
		];
		expect((await company.command('models pull qwen3:8b')).text).toBe(operating.models.pulling('qwen3:8b'));
		expect((await company.command('models pull QWEN3:8b')).text).toBe(operating.models.joined('QWEN3:8b'));
		expect(left).toHaveLength(1);
		const [job] = left;
		if (job === undefined) throw new Error('no job was left');
		expect(await room.operations.pulls()).toEqual({
			running: [{ model: 'qwen3:8b', host: null, step: null, bytes: null, state: 'running', code: null }],
			lastEnded: null,
		});
		await job.definition.run(job.data, createFakeJobContext({ id: job.id }));
		// The last step of a host comes too soon after its first one.
		expect((await room.operations.pulls()).running).toMatchObject([{ host: 'http://other:11434', step: 'pulling manifest' }]);
		left.length = 0;
		expect(await room.operations.pulls()).toEqual({ running: [], lastEnded: { model: 'qwen3:8b', reason: null } });
		expect(done.splice(0)).toEqual(['pull qwen3:8b on http://model:11434', 'pull qwen3:8b on http://other:11434']);
		expect(platform.messages.map(({ text }) => text)).toEqual([
			expect.stringContaining('✅ qwen3:8b is installed on http://model:11434, http://other:11434'),
		]);
		const entries = await company.entries();
		expect(entries.filter(({ action }) => action === 'models-pull').map(({ details }) => details['pull'])).toEqual(['begun', 'joined']);
	});

	it('that cannot be had are told with the reason, and what may pass later is tried again', async () => {
		const { jobDefinitions } = room;
		const run = () => jobDefinitions[0]?.run({ model: 'none', by: company.admin.userId }, createFakeJobContext());
		steps = [new BotError('MODEL_REJECTED', 'none', { reason: 'no-such-model' })];
		await run();
		expect(platform.messages.at(-1)?.text).toContain('no-such-model');
		expect((await room.operations.pulls()).lastEnded).toEqual({ model: 'none', reason: 'no-such-model' });
		steps = [new BotError('MODEL_UNAVAILABLE', 'away', { retryable: true })];
		await expect(run()).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
	});

	it('are not installed where that is not allowed, nor from elsewhere than the company', async () => {
		expect((await company.command('models pull gpt-oss:120b-cloud')).text).toBe(operating.models.refused.cloud('gpt-oss:120b-cloud'));
		mayPull = false;
		room = open();
		expect(await company.command('models pull a')).toEqual({ outcome: 'refused', text: operating.models.refused.off });
		expect((await company.command('models pull a', 'console')).text).toBe(operating.models.refused.inChatAlone);
		expect((await company.command('models pull "a; rm -rf /"')).text).toBe(words.misread(words.usage['models-pull']));
		expect(left).toEqual([]);
	});
});

describe('health', () => {
	it('says that all is fine, or what is wrong and what to do', async () => {
		parts = { database: { state: 'up' } };
		expect((await company.command('health')).text).toBe(`${operating.health.fine}\n• database: works`);
		parts = { cache: { state: 'degraded', reason: 'Check REDIS_URL' } };
		expect((await company.command('health')).text).toBe('• cache: works, but not as it should: Check REDIS_URL');
	});
});

describe('usage', () => {
	it('counts answers and tokens by person, model, platform and day, and shows no word', async () => {
		expect((await company.command('usage')).text).toBe(operating.usage.none);
		const ana = await newPerson(opened.database, { displayName: 'Ana' });
		const luis = await newPerson(opened.database, { displayName: 'Luis' });
		for (const { userId, displayName } of [ana, luis]) {
			await opened.database.queryAsRegistrar('update users set display_name = $2 where id = $1', [userId, displayName]);
		}
		for (const [who, id, tokens] of [
			[ana, '1', 100],
			[ana, '2', 50],
			[luis, '3', 10],
		] as const) {
			const answer = await say(opened.database, who, questionIn(newPlace(), id, 'a secret'), 'a secret too');
			await opened.database.queryAs(who, `update messages set model = 'm', prompt_tokens = $2, output_tokens = 1 where id = $1`, [
				answer.id,
				tokens,
			]);
		}
		const { text } = await company.command('usage by person 30');
		expect(text).toContain(operating.usage.heading(30, operating.usage.by.person));
		expect(text.indexOf('Ana')).toBeLessThan(text.indexOf('Luis'));
		expect(text).toMatch(/Ana.*2.*152.*█{10}/s);
		expect(text).toMatch(/Luis.*1.*11.*█{5}/s);
		for (const by of ['model', 'platform', 'day']) expect((await company.command(`usage ${by}`)).text).toMatch(/3.*163/s);
		expect(text).not.toContain('secret');
		expect((await company.command('usage by mood')).text).toBe(words.misread(words.usage.usage));
	});
});

describe('audit find', () => {
	it('shows entries that have the words in them, and says when none has', async () => {
		await company.enter('slack:T1:UANA', { name: 'Ana Pérez' });
		await company.command('grant slack:T1:UANA employee');
		const found = (await company.command('audit find "ana pérez"')).text;
		expect(found).toContain(operating.found.heading('ana pérez'));
		expect(found).toContain('grant (Ana Pérez');
		expect(found).not.toContain('models-pull');
		expect((await company.entries()).map(({ action }) => action)).not.toContain('audit-find');
		await company.command('audit find "ana pérez" complaint of 3 May');
		expect((await company.entries()).at(-1)).toMatchObject({
			...{ action: 'audit-find', outcome: 'done', details: { found: 'ana pérez', reason: 'complaint of 3 May' } },
		});
		expect((await company.command('audit find "ana pérez" because')).text).toBe(words.misread(words.usage['audit-find']));
		expect((await company.command("audit find '; drop table users; --")).text).toContain("'; drop table users; --");
	});
});
