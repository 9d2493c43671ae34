/** What administrators learn of the program that runs: models, use, what is wrong, and what is in the log. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartHealth } from '#src/administration/admin-context.ts';
import { createModelOrders, type ModelOrders } from '#src/administration/model-orders.ts';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { createDefaultModel } from '#src/choices/default-model.ts';
import { BotError } from '#src/errors.ts';
import type { JobDefinition } from '#src/jobs/job.ts';
import type { HostInventory, PullProgress } from '#src/models/model-operations.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createFakeModelPool, upHost } from '#test/fakes/model-pool.ts';
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
const pool = Object.assign(createFakeModelPool(), {
	models: ['fake-model', 'Qwen3:8b', 'bge-m3'].map((name) => ({ name, contextTokens: 8_192, answerTokens: 4_096 })),
});
const signals = createMemoryCache();
const left: { definition: JobDefinition<object>; data: object; id: string }[] = [];
let room: ReturnType<typeof createModelOrders>;

function open(): ReturnType<typeof createModelOrders> {
	return createModelOrders({
		database: opened.database,
		platforms: new Map([['slack', Object.assign(platform, { name: 'slack' })]]),
		pacers: unpaced,
		defaultModel: createDefaultModel({ database: opened.database, models: pool, signals, clock: createManualClock() }),
		models: {
			get model() {
				return pool.model;
			},
			models: pool.models,
			status: () => [...pool.hosts, { ...upHost, host: 'http://other:11434' }],
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
	const models: ModelOrders = {
		installed: () => room.operations.installed(),
		standard: () => room.operations.standard(),
		chooseStandard: (administrator, model) => room.operations.chooseStandard(administrator, model),
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

describe('the model where nobody chose another', () => {
	const { standard } = operating.models;
	const installed = (name: string) => ({ name, digest: 'd', sizeBytes: gigabyte, loaded: null });

	it('is that of the settings, until an administrator takes another one that a host has; every process follows', async () => {
		inventory = [{ host: 'http://one', reason: null, models: [installed('qwen3:8b'), installed('bge-m3:latest')] }];
		const elsewhere = Object.assign(createFakeModelPool(), { models: pool.models });
		const other = createDefaultModel({ database: opened.database, models: elsewhere, signals, clock: createManualClock() });
		await other.open();
		expect((await company.command('models default')).text).toBe(`${standard.ofSettings('fake-model')}\n${standard.others}`);
		expect((await company.command('models default QWEN3:8b')).text).toBe(standard.now('Qwen3:8b'));
		expect(pool.model).toBe('Qwen3:8b');
		await expect.poll(() => elsewhere.model).toBe('Qwen3:8b');
		expect((await company.command('models default')).text).toContain(standard.chosen('Qwen3:8b'));
		expect((await company.command('models default -')).text).toBe(standard.back('fake-model'));
		await expect.poll(() => elsewhere.model).toBe('fake-model');
		const changes = (await company.entries()).filter(({ action }) => action === 'models-default');
		expect(changes.map(({ details }) => details)).toEqual([
			{ model: 'Qwen3:8b', by: 'administrator' },
			{ model: 'fake-model', by: 'settings' },
		]);
	});

	it('is followed within seconds by a process that nobody tells', async () => {
		const alone = Object.assign(createFakeModelPool(), { models: pool.models });
		const clock = createManualClock();
		const other = createDefaultModel({ database: opened.database, models: alone, signals: createMemoryCache(), clock });
		await other.open();
		await company.command('models default Qwen3:8b');
		await other.follow();
		expect(alone.model).toBe('fake-model');
		await clock.advance(10_000);
		await other.follow();
		expect(alone.model).toBe('Qwen3:8b');
		await company.command('models default -');
	});

	it('is none that no setting names, no host has, or that writes no answers', async () => {
		const names = 'fake-model, Qwen3:8b, bge-m3';
		expect((await company.command('models default llama9')).text).toBe(standard.refused.unknown('llama9', names));
		expect((await company.command('models default fake-model')).text).toBe(standard.refused.missing('fake-model', names));
		pool.hosts = [{ ...upHost, model: 'bge-m3', state: 'model-unfit' }];
		expect((await company.command('models default bge-m3')).text).toBe(standard.refused.unfit('bge-m3', names));
		pool.hosts = [upHost];
		expect((await company.command('models default Qwen3:8b', 'console')).outcome).toBe('refused');
		const left = { userId: randomUUID(), role: 'ccb_employee' } as const;
		await expect(
			opened.database.queryAs(left, "insert into default_models (model, chosen_by) values ('m', $1)", [left.userId]),
		).rejects.toThrow();
		expect(pool.model).toBe('fake-model');
	});

	it('that the settings name no more gives way to theirs, and that is said', async () => {
		await company.command('models default Qwen3:8b');
		const { models } = pool;
		pool.models = models.filter(({ name }) => name !== 'Qwen3:8b');
		expect((await company.command('models default')).text).toContain(standard.lost);
		expect(pool.model).toBe('fake-model');
		pool.models = models;
		await company.command('models default -');
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
