import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import type { Command, CommandContext } from '#src/commands/command.ts';
import { createCommands } from '#src/commands/commands.ts';
import { audienceOf } from '#src/commands/description.ts';
import { createHelpCommand } from '#src/commands/help.ts';
import { createNewCommand } from '#src/commands/new.ts';
import { asText } from '#src/commands/presenter.ts';
import { createCommandRegistry } from '#src/commands/registry.ts';
import { createStatusCommand } from '#src/commands/status.ts';
import { createStopCommand } from '#src/commands/stop.ts';
import { createRunningTurns } from '#src/conversation/running-turns.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { Person } from '#src/identity/person.ts';
import type { Place } from '#src/platform/place.ts';
import { english } from '#src/words/english.ts';
import { type Language, languages } from '#src/words/words.ts';
import { newPerson, newPlace, questionIn, say } from '#test/conversation/conversation-fixture.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeModelPool, upHost } from '#test/fakes/model-pool.ts';

const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '', kind: 'channel' };
const someone: Person = {
	userId: 'ana',
	identityId: 'account',
	role: 'ccb_employee',
	displayName: 'Ana',
	locale: null,
	standing: 'member',
	limits: {},
};
/** What commands are given is used only when they run. */
const nothing = {} as never;
const context: CommandContext = { person: someone, words: english, place, argument: '' };

let opened: TestDatabase;
beforeAll(async () => {
	opened = await openServerDatabase();
});
afterAll(() => opened.close());

describe('all commands', () => {
	it('have no word in common', () => {
		const words = all().flatMap(({ name, spoken }) => [name, ...spoken]);
		expect(new Set(words).size).toBe(words.length);
	});

	it('have exactly the names that every language explains', () => {
		for (const { command } of Object.values(languages)) {
			expect(
				all()
					.map(({ name }) => name)
					.sort(),
			).toEqual(Object.keys(command.about).sort());
		}
	});

	it('are found by every word that means them, typed and spoken', () => {
		const registry = createCommandRegistry(all());
		for (const command of registry.commands) {
			for (const word of [command.name, ...command.spoken]) {
				expect(registry.find(word)?.command.name).toBe(command.name);
				expect(registry.findSpoken(word)?.command.name).toBe(command.name);
			}
		}
	});
});

describe('help', () => {
	it.each(['en', 'es'] as Language[])(
		'lists every command with its meaning in %s, those of administrators for them alone',
		async (language) => {
			const commands = all();
			const words = languages[language];
			const help = createHelpCommand(() => commands);
			const [forAll, forAdmins] = [
				asText(await help.run({ ...context, words })),
				asText(await help.run({ ...context, words, person: { ...someone, role: 'ccb_admin' } })),
			];
			for (const { name } of commands) {
				const line = `${name}: ${words.command.about[name]}`;
				expect(forAdmins).toContain(line);
				expect(forAll.includes(line)).toBe(audienceOf(name) === 'everyone');
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
		expect(await createStopCommand({ running }).run(context)).toEqual([english.command.stopped(2)]);
		expect(stopped).toEqual(['mine', 'mine too']);
	});

	it('says so when nothing runs', async () => {
		const running = createRunningTurns(createMemoryCache(), 'p');
		expect(await createStopCommand({ running }).run(context)).toEqual([english.command.nothingToStop]);
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

		const text = await createNewCommand({ store }).run({ ...context, person, place: { ...here, threadId: '' } });

		expect(text).toEqual([english.command.fresh]);
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
		const [facts, ...lines] = await createStatusCommand({ models, running, cache }).run(context);
		const hostsUp = hosts.filter(({ state }) => state === 'up').length;
		expect(facts).toBe(english.command.status({ model: 'fake-model', hostsUp, hosts: hosts.length, writing: 1, waiting: 7 }));
		expect(lines).toEqual(
			verdicts.map((verdict) => (verdict === english.command.statusFine ? verdict : english.command.statusProblem(verdict))),
		);
	});
});

/** As the program makes them. */
function all(): readonly Command[] {
	return createCommands(nothing).commands;
}
