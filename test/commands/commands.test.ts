import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { allCommands } from '#src/commands/commands.ts';
import { helpCommand } from '#src/commands/help.ts';
import { newCommand } from '#src/commands/new.ts';
import { statusCommand } from '#src/commands/status.ts';
import { stopCommand } from '#src/commands/stop.ts';
import { createRunningTurns } from '#src/conversation/running-turns.ts';
import { createConversationStore } from '#src/history/store.ts';
import { english } from '#src/locales/english.ts';
import { type Language, languages } from '#src/locales/locales.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeModelPool, upHost } from '#test/fakes/model-pool.ts';
import { administrator, employee, placeOfKind, runCommand } from './command-scene.ts';

const place = placeOfKind('channel');

let opened: TestDatabase;
beforeAll(async () => {
	opened = await openServerDatabase();
});
afterAll(() => opened.close());

describe('help', () => {
	it.each(['en', 'es'] as Language[])(
		'lists every command with its meaning in %s, those of administrators for them alone',
		async (language) => {
			const words = languages[language];
			const forAll = await runCommand(helpCommand, '', { words, person: employee });
			const forAdministrators = await runCommand(helpCommand, '', { words, person: administrator });
			for (const { names, audience } of allCommands) {
				const line = `${names[language]}: ${words.command.about[names.en]}`;
				expect(forAdministrators).toContain(line);
				expect(forAll.includes(line)).toBe(audience === 'everyone');
			}
		},
	);
});

describe('stop', () => {
	it('ends the answers to this person in this place, and says how many', async () => {
		const running = createRunningTurns(createMemoryCache(), 'p');
		const stopped: string[] = [];
		const add = (answerId: string, userId: string, threadId: string) =>
			running.add({ answerId, userId, place: { ...place, threadId }, questionMessageId: 'q', stop: () => stopped.push(answerId) });
		add('mine', 'ana', '1');
		add('mine too', 'ana', '2');
		add('of another', 'luis', '1');
		expect(await runCommand(stopCommand, '', { services: { running }, place })).toBe(english.command.stopped(2));
		expect(stopped).toEqual(['mine', 'mine too']);
	});

	it('says so when nothing runs', async () => {
		const running = createRunningTurns(createMemoryCache(), 'p');
		expect(await runCommand(stopCommand, '', { services: { running }, place })).toBe(english.command.nothingToStop);
	});
});

describe('new', () => {
	it('makes the bot forget what this person said in the place, and nothing else', async () => {
		const store = createConversationStore(opened.database);
		const person = await newPerson(opened.database);
		const [here, sameChannel, elsewhere] = [newPlace(), newPlace(), newPlace()];
		const threads = [here, { ...sameChannel, channelId: here.channelId, threadId: '0600' }, elsewhere];
		const answers = [];
		for (const [index, thread] of threads.entries()) {
			answers.push(await say(opened.database, person, questionIn(thread, `070${index}`, 'One?'), 'First.'));
		}

		const text = await runCommand(newCommand, '', { services: { store }, person, place: { ...here, threadId: '' } });

		expect(text).toBe(english.command.fresh);
		const left = await Promise.all(
			answers.map(async ({ conversationId }) => {
				const { messages } = await store.readMemory(person, conversationId, Number.MAX_SAFE_INTEGER, 60);
				return messages.length;
			}),
		);
		expect(left).toEqual([0, 0, 2]);
	});
});

describe('status', () => {
	const down = { ...upHost, state: 'down' as const, reason: 'refused' };
	const missing = { ...upHost, state: 'model-missing' as const, reason: 'pull it' };
	const unfit = { ...upHost, state: 'model-unfit' as const, reason: 'take another' };

	it.each([
		['all is well', [upHost, upHost], 'local', [english.command.statusFine]],
		['one of two hosts is away', [upHost, down], 'shared', [english.command.statusFine]],
		['no host is there', [down], 'local', [english.failure.modelUnavailable]],
		['the model is missing', [missing], 'local', [english.failure.modelMissing('fake-model')]],
		['the model is missing on one host', [upHost, missing], 'local', [english.failure.modelMissing('fake-model')]],
		['the model writes no answers', [unfit], 'local', [english.failure.modelUnfit('fake-model')]],
		['the cache is away', [upHost], 'degraded', [english.command.cacheAway]],
		['everything is away', [down], 'degraded', [english.failure.modelUnavailable, english.command.cacheAway]],
	] as const)('says it when %s', async (_name, hosts, mode, verdicts) => {
		const models = Object.assign(createFakeModelPool(), { hosts: [...hosts], waiting: 7 });
		const cache = { ...createMemoryCache(), mode: () => mode };
		const running = createRunningTurns(cache, 'p');
		running.add({ answerId: 'a', userId: 'luis', place, questionMessageId: 'q', stop: () => {} });
		const [facts, ...lines] = (await runCommand(statusCommand, '', { person: employee, services: { models, running, cache } })).split('\n');
		const hostsUp = hosts.filter(({ state }) => state === 'up').length;
		expect(facts).toBe(english.command.status({ model: 'fake-model', hostsUp, hosts: hosts.length, writing: 1, waiting: 7 }));
		expect(lines).toEqual(
			verdicts.map((verdict) => (verdict === english.command.statusFine ? verdict : english.command.statusProblem(verdict))),
		);
	});

	it('tells administrators, and nobody else, which version it is', async () => {
		const cache = createMemoryCache();
		const services = { running: createRunningTurns(cache, 'p'), cache };
		expect(await runCommand(statusCommand, '', { person: administrator, services })).toContain(english.command.version('1.2.3', 'abc1234'));
		expect(await runCommand(statusCommand, '', { person: employee, services })).not.toContain('1.2.3');
	});
});
