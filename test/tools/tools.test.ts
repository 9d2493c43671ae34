import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { languages } from '#src/locales/locales.ts';
import { allTools } from '#src/tools/all-tools.ts';
import { createFakeCompanyData } from '#test/fakes/company-data.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createFakeTools } from '#test/fakes/tools.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { toolContext } from './tool-fixture.ts';

const call = (name = 'current_time', given: Record<string, unknown> = { place: 'Lima' }) => ({ id: '1', name, arguments: given });
const every = allTools({
	memberships: { isMember: async () => false },
	pacers: unpaced,
	knowledge: { search: async () => ({ passages: [], isRelevant: false, isByWordsAlone: true }) },
	companyData: createFakeCompanyData(),
	store: { lastQuery: async () => null },
	scopes: { ofAsker: async () => ({ channelIds: [], withCompany: false }), of: async () => ({ channelIds: [], withCompany: false }) },
});
const forEver = new Promise<never>(() => {});

function open() {
	const clock = createManualClock();
	const tools = createFakeTools(clock);
	const abort = new AbortController();
	return { clock, tools, abort, run: (called = call()) => tools.call(called, toolContext(), abort.signal) };
}

describe('every tool', () => {
	it.each(every)('$name has words in each language, and a schema that models can read', ({ name, definition }) => {
		for (const words of Object.values(languages)) {
			expect(words.tools[name].sign).not.toBe('');
			expect(words.tools[name].notice).not.toBe('');
		}
		expect(name).toMatch(/^[a-z_]{3,40}$/);
		expect(definition).toMatchObject({ name, description: expect.stringMatching(/\.$/), parameters: { type: 'object' } });
		const { properties = {} } = definition.parameters as { properties?: Record<string, { description?: string }> };
		for (const property of Object.values(properties)) expect(property.description).toBeTruthy();
	});

	it('has a name of its own', () => {
		expect(new Set(every.map(({ name }) => name)).size).toBe(every.length);
	});
});

describe('a call', () => {
	it('gives what the tool found', async () => {
		const { tools, run } = open();
		tools.finds({ data: { time: '10:30' } });
		expect(await run()).toEqual({ data: { time: '10:30' }, sources: [], final: null });
		expect(tools.called).toEqual([{ name: 'current_time', code: null }]);
	});

	it.each<[string, Error, string]>([
		['of what is not there says so', new BotError('NOT_FOUND', 'There is no such place.'), 'There is no such place.'],
		['that breaks says no more than that', new Error('password=hunter2'), 'The tool failed.'],
	])('%s', async (_, error, said) => {
		const { tools, run } = open();
		tools.finds(error);
		expect(await run()).toEqual({ error: said });
	});

	it('with arguments that do not fit says which, and runs nothing', async () => {
		const { tools, run } = open();
		expect(await run(call('current_time', { city: 'Lima' }))).toEqual({ error: expect.stringContaining('place') });
		expect(tools.asked).toEqual([]);
	});

	it('of a tool that there is not, or that the person may not use, is told the same', async () => {
		const { tools, run } = open();
		const none = await run(call('launch_rocket'));
		tools.forbidden.add('current_time');
		expect(await run()).toEqual(none);
		expect(tools.offered(toolContext().person)).toEqual([]);
		expect(tools.asked).toEqual([]);
	});

	it('ends at once when nobody waits any more, whatever the tool does about it', async () => {
		const { tools, run, abort } = open();
		tools.finds(forEver);
		const ended = run();
		const reason = new BotError('CANCELLED', 'stopped', { reason: 'stopped-by-person' });
		abort.abort(reason);
		await expect(ended).rejects.toBe(reason);
		expect(tools.asked[0]?.signal.aborted).toBe(true);
	});

	it('that takes too long ends', async () => {
		const { tools, run, clock } = open();
		tools.finds(forEver);
		const ended = run();
		await clock.advance(20_000);
		expect(await ended).toEqual({ error: 'The tool took too long.' });
		expect(tools.asked[0]?.signal.aborted).toBe(true);
		expect(tools.called).toEqual([{ name: 'current_time', code: 'TIMEOUT' }]);
	});
});
