/** Answers from the company's databases: before the model, by a tool of the model, and who may see them. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataOutcome } from '#src/connectors/company-data/data-asking.ts';
import { BotError } from '#src/errors.ts';
import type { Person } from '#src/identity/person.ts';
import { english } from '#src/locales/english.ts';
import { createQueryCompanyDataTool } from '#src/tools/query-company-data.ts';
import { fakeQuery } from '#test/fakes/company-data.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { says, saysWithoutEnd } from '#test/fakes/model-pool.ts';
import { toolContext } from '#test/tools/tool-fixture.ts';
import { newPerson, newPlace, questionIn } from './conversation-fixture.ts';
import { openTurnWorld } from './turn-fixture.ts';

let opened: TestDatabase;
let person: Person;
beforeAll(async () => {
	opened = await openEmbeddedDatabase();
	person = await newPerson(opened.database);
});
afterAll(() => opened.close());

let asking = 300;
const table = '| units |\n| ---: |\n| 412 |\n\n> 1 row';
const answered: DataOutcome = { kind: 'answered', text: table, query: fakeQuery };

function ask(text: string, place = newPlace()) {
	const world = openTurnWorld(opened.database, person);
	world.companyData.hasAny = true;
	return { world, options: world.optionsFor({ question: questionIn(place, `0${asking++}`, text) }) };
}

describe('a verified question', () => {
	it('is answered without a model, with its buttons, and its statement is kept', async () => {
		const { world, options } = ask('How many pumps are in Valencia?');
		world.companyData.named = answered;
		expect(await world.answer(options)).toBe('answered');
		expect(world.models.requests).toEqual([]);
		const [message] = world.platform.visible();
		expect(message?.text).toContain('412');
		expect(message?.buttons).toEqual(['sql', 'csv', 'feedback', 'feedback', 'retry']);
		expect(await world.store.findAnswer(person, options.answerId)).toMatchObject({ dataQuery: fakeQuery, content: table });
	});

	it('is the frame of the next one, and its rows are told no model', async () => {
		const place = newPlace();
		const first = ask('How many pumps are in Valencia?', place);
		first.world.companyData.named = answered;
		await first.world.answer(first.options);
		const { world, options } = ask('And what do you think of it?', place);
		world.models.script(says('Fine.'));
		await world.answer(options);
		expect(world.companyData.asked[0]?.frame).toEqual({ question: 'How many pumps are in Valencia?', query: fakeQuery });
		const told = JSON.stringify(world.models.requests[0]?.messages);
		expect(told).toContain('an answer from a database of the company');
		expect(told).not.toContain('412');
	});

	it('is not shown where somebody has come in who may not see it', async () => {
		const { world, options } = ask('How many pumps are in Valencia?');
		world.companyData.named = answered;
		world.companyData.isShown = false;
		expect(await world.answer(options)).toBe('told');
		expect(world.shown()).toEqual([english.companyData.noLonger]);
		expect(await world.store.findAnswer(person, options.answerId)).toMatchObject({
			dataQuery: null,
			content: english.companyData.noLonger,
		});
	});

	it('in a channel whose readers may not see it is offered to its asker alone', async () => {
		const { world, options } = ask('How many pumps are in Valencia?');
		world.companyData.named = { kind: 'private', text: english.companyData.privately, query: null };
		await world.answer(options);
		expect(world.shown()).toEqual([english.companyData.privately]);
		expect(world.platform.offers).toMatchObject([
			{ text: english.companyData.privatelyOffer, action: { name: 'privately', replyId: options.answerId } },
		]);
	});

	it('does not keep anybody from an answer about something else when connectors are away', async () => {
		const { world, options } = ask('How are you?');
		world.companyData.named = new BotError('STORE_UNAVAILABLE', 'away');
		world.models.script(says('Well.'));
		expect(await world.answer(options)).toBe('answered');
		expect(world.shown()).toEqual(['Well.']);
	});
});

describe('the tool', () => {
	it('ends the answer with what it gives, whatever the model had begun to say', async () => {
		const { world, options } = ask('Which depot has most?');
		const call = { id: '1', name: 'current_time', arguments: { place: 'x' } };
		const steps = [...saysWithoutEnd('Let me guess: 17.'), { type: 'tool-calls', calls: [call] } as const, ...says().slice(-1)];
		world.models.script(steps);
		world.tools.finds({ data: {}, final: { text: table, query: fakeQuery, isPrivate: false } });
		expect(await world.answer(options)).toBe('answered');
		expect(world.shown().join()).toContain('412');
		expect(world.shown().join()).not.toContain('17');
		expect(world.models.requests).toHaveLength(1);
		expect(await world.store.findAnswer(person, options.answerId)).toMatchObject({ dataQuery: fakeQuery });
	});

	it('gives what the databases answer, and asks with what was asked before', async () => {
		const { world } = ask('');
		const frame = { question: 'before', query: fakeQuery };
		const tool = createQueryCompanyDataTool({ companyData: world.companyData, store: { lastQuery: async () => frame } });
		const { final } = await tool.run({ question: 'How many?' }, toolContext(), new AbortController().signal);
		expect(final).toEqual({ text: table, query: fakeQuery, isPrivate: false });
		expect(world.companyData.asked).toMatchObject([{ question: 'How many?', frame, model: 'fake-model' }]);
	});
});
