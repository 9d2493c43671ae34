import { describe, expect, it } from 'vitest';
import type { CommandContext } from '#src/commands/command.ts';
import { createQueueCommand } from '#src/commands/queue.ts';
import { createCommandRegistry } from '#src/commands/registry.ts';
import type { Person } from '#src/identity/person.ts';
import type { Place } from '#src/platform/place.ts';
import { english } from '#src/words/english.ts';
import { spanish } from '#src/words/spanish.ts';
import { createFakeModelPool } from '#test/fakes/model-pool.ts';

const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '', kind: 'direct' };
const person: Person = {
	userId: 'ana',
	identityId: 'account',
	role: 'ccb_admin',
	displayName: 'Ana',
	locale: null,
	standing: 'member',
	limits: {},
};

function setUp() {
	const models = createFakeModelPool();
	const command = createQueueCommand({ models });
	const run = async (argument: string, words: CommandContext['words'] = english) => await command.run({ person, words, place, argument });
	return { models, command, run };
}

describe('the command queue', () => {
	it('shows the state, who waits and the slots of every host', async () => {
		const { models, run } = setUp();
		expect(await run('')).toBe('The queue for fake-model is open.\nNobody is waiting.\n⚠️ No model host can be used right now.');
		models.view = {
			state: 'open',
			waiting: { interactive: 12, background: 3 },
			users: 4,
			oldestWaitMs: 61_400,
			hosts: [{ host: 'http://gpu-1:11434', model: 'fake-model', running: 3, slots: 4 }],
			mode: 'degraded',
		};
		expect((await run('show')).split('\n')).toEqual([
			'The queue for fake-model is open.',
			'12 questions waiting, 3 more in the background, of 4 people, the oldest for 61 s.',
			'• http://gpu-1:11434: 3 of 4 slots taken',
			english.queue.command.alone,
		]);
		expect(await run('ver', spanish)).toContain(
			'12 preguntas en espera, 3 más en segundo plano, de 4 personas, la más antigua desde hace 61 s.',
		);
	});

	it.each([
		['pause', 'paused'],
		['pausar', 'paused'],
		['drain', 'draining'],
		['Vaciar.', 'draining'],
		['resume', 'open'],
		['reanudar', 'open'],
	] as const)('%s makes it %s and says so', async (word, state) => {
		const { models, run } = setUp();
		models.view.state = state === 'open' ? 'paused' : 'open';
		expect(await run(word)).toContain(english.queue.command.state[state]('fake-model'));
		expect(models.view.state).toBe(state);
	});

	it('says what it knows when it is told something else, and changes nothing', async () => {
		const { models, run } = setUp();
		expect(await run('explode')).toBe(english.queue.command.unknown);
		expect(models.view.state).toBe('open');
	});

	it('is meant by a spoken order, and not by a sentence that begins like it', () => {
		const registry = createCommandRegistry([setUp().command]);
		expect(registry.findSpoken('Queue pause!')?.argument).toBe('pause!');
		expect(registry.findSpoken('cola')?.argument).toBe('');
		expect(registry.findSpoken('queue management in retail, please explain')).toBeNull();
	});
});
