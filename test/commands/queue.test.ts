import { describe, expect, it } from 'vitest';
import { queueCommand } from '#src/commands/queue.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { createFakeModelPool } from '#test/fakes/model-pool.ts';
import { commandsOver, runCommand } from './command-scene.ts';

function setUp() {
	const models = createFakeModelPool();
	return { models, run: (typed: string, words = english) => runCommand(queueCommand, typed, { services: { models }, words }) };
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
		const registry = commandsOver({});
		expect(registry.findSpoken('Queue pause!')?.typed).toBe('pause!');
		expect(registry.findSpoken('cola')?.typed).toBe('');
		expect(registry.findSpoken('queue management in retail, please explain')).toBeNull();
	});
});
