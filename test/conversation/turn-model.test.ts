/** Which model a turn asks. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { english } from '#src/locales/english.ts';
import { openEmbeddedDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { says } from '#test/fakes/model-pool.ts';
import { newPerson } from './conversation-fixture.ts';
import { openTurnWorld } from './turn-fixture.ts';

let opened: TestDatabase;
beforeAll(async () => {
	opened = await openEmbeddedDatabase();
});
afterAll(() => opened.close());

it('asks the model that was chosen, within what that one takes, and names it when it cannot answer', async () => {
	const world = openTurnWorld(opened.database, await newPerson(opened.database));
	world.chosen.model = 'large';
	world.budgets.set('large', { contextTokens: 4_096, answerTokens: 700 });
	world.models.script(says('Well.'), [new BotError('MODEL_REJECTED', 'gone', { reason: 'model-missing' })]);
	await world.answer(world.optionsFor());
	expect(world.models.requests[0]).toMatchObject({ model: 'large', maxOutputTokens: 700 });
	await world.answer(world.optionsFor());
	expect(world.shown().at(-1)).toBe(english.failure.modelMissing('large'));
});
