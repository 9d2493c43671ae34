/** A question that leans on the one before is rewritten before documents are searched, where that is switched on. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { Person } from '#src/identity/person.ts';
import type { Place } from '#src/platform/place.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createChannel, enterDocument } from '#test/fakes/documents.ts';
import { type ModelStep, says, saysWithoutEnd } from '#test/fakes/model-pool.ts';
import { newPerson, newPlace, questionIn } from './conversation-fixture.ts';
import { openTurnWorld } from './turn-fixture.ts';

let opened: TestDatabase;
let person: Person;
let place: Place;
let threads = 0;
beforeAll(async () => {
	opened = await openEmbeddedDatabase();
	person = await newPerson(opened.database);
	place = newPlace();
	const texts = ['El cojinete se engrasa cada 4.000 horas.', 'La bancada pesa 80 kilos.', 'La bomba se pinta de azul.'];
	const channelId = await createChannel(opened.database, [], place);
	for (const [at, text] of texts.entries()) await enterDocument(opened.database, { name: `${at}.txt`, texts: [text], channelId, place });
});
afterAll(() => opened.close());

const standalone = JSON.stringify({ question: '¿Cada cuánto se engrasa el cojinete?', keywords: ['engrase', 'grease'] });

/** Asks how a bearing is called, and then how often *that* is greased: the answer to that shares no word with either question. */
async function follow(rewritten: ModelStep[], followUp = '¿Y eso cada cuánto se hace?') {
	const thread = { ...place, threadId: `07${threads++}` };
	const world = openTurnWorld(opened.database, person, undefined, { rewrites: true });
	world.models.script(says('Azul.'), rewritten, says('Cada 4.000 horas.'));
	await world.answer(
		world.optionsFor({ question: questionIn(thread, `05${threads}0`, '¿De qué color se pinta la bomba del taller nuevo de Zaragoza?') }),
	);
	await world.answer(world.optionsFor({ question: questionIn(thread, `05${threads}1`, followUp) }));
	return world.models.requests;
}
const prompt = (request: { messages: { content: string }[] } | undefined) => JSON.stringify(request?.messages);

it('is searched as the model says that it is meant, in one turn of the queue', async () => {
	const [first, rewriting, answer] = await follow(says(standalone));
	expect(first?.format).toBeUndefined();
	expect(rewriting).toMatchObject({ format: { type: 'object' }, think: 'off', priority: 'interactive', resumes: false });
	expect(rewriting?.maxOutputTokens).toBeLessThan(200);
	expect(prompt(rewriting)).toContain('¿Y eso cada cuánto se hace?');
	expect(prompt(answer)).toContain('4.000 horas');
	expect(answer).toMatchObject({ resumes: true });
});

it.each([
	['says no object', says('I cannot do that.')],
	['fails', [...saysWithoutEnd('{'), new BotError('MODEL_UNAVAILABLE', 'lost')]],
	['does not say it in time', [...saysWithoutEnd('{"question'), new Promise(() => {})]],
	['has no slot free', [{ type: 'queued', position: 3, estimateMs: null } as const, ...says(standalone)]],
])('is searched with the one before where the model %s', async (_, steps) => {
	const requests = await follow(steps);
	expect(requests).toHaveLength(3);
	expect(prompt(requests[2])).toContain('se pinta de azul');
	expect(prompt(requests[2])).not.toContain('4.000 horas');
	expect(requests[2]?.resumes).toBe(steps[0] !== undefined && 'type' in steps[0] && steps[0].type === 'started');
});

it('keeps what the model leaves out of it: numbers, codes and quoted words', async () => {
	const [, , answer] = await follow(says(JSON.stringify({ question: '¿Cuánto pesa?', keywords: [] })), '¿Y eso para los «80 kilos»?');
	expect(prompt(answer)).toContain('80 kilos.');
});

it('no model is asked about a question that stands alone', async () => {
	const requests = await follow(
		says('Cada 4.000 horas.'),
		'¿Cada cuántas horas de trabajo se engrasa el cojinete del lado del acoplamiento?',
	);
	expect(requests).toHaveLength(2);
	expect(requests[1]?.format).toBeUndefined();
});
