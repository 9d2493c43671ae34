/** Which model answers whom and where, on both databases: what was chosen, for what, by whom, and what the limits leave of it. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createModelChoices, type ModelChoices } from '#src/choices/model-choices.ts';
import { createConversationStore } from '#src/history/store.ts';
import type { Person } from '#src/identity/person.ts';
import { channelIdOf, conversationIdOf } from '#src/identity/place-id.ts';
import type { Place } from '#src/platform/place.ts';
import { newPerson, newPlace } from '#test/conversation/conversation-fixture.ts';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';

const configured = ['small:latest', 'Large:26b', 'other'].map((name) => ({ name, contextTokens: 8_192, answerTokens: 4_096 }));

describe.each(testDatabases())('the choice of a model on $name', ({ open }) => {
	let opened: TestDatabase;
	let choices: ModelChoices;
	let ana: Person;
	let ben: Person;
	let place: Place;

	/** As if the settings named other models. */
	const choicesAmong = (models: typeof configured) =>
		createModelChoices({
			database: opened.database,
			store: createConversationStore(opened.database),
			models: { model: models[0]?.name ?? '', models },
			limits: { mayUse: ({ limits }, _kind, name) => limits.models?.includes(name) ?? true },
		});

	beforeAll(async () => {
		opened = await open();
		choices = choicesAmong(configured);
	});
	afterAll(() => opened.close());
	beforeEach(async () => {
		[ana, ben] = [await newPerson(opened.database), await newPerson(opened.database)];
		place = newPlace();
	});

	/** Lets somebody take part, as a question does. */
	const join = async (person: Person, where = place) => void (await createConversationStore(opened.database).join(person, where));

	it('is the default one as long as nobody chose', async () => {
		expect(await choices.current(ana, place)).toEqual({ model: 'small:latest', origin: 'default' });
	});

	it('is the conversation’s before the person’s before the channel’s', async () => {
		const otherThread = { ...place, threadId: '0600' };
		await choices.choose(ana, place, 'channel', 'other');
		expect(await choices.current(ana, otherThread)).toEqual({ model: 'other', origin: 'channel' });
		await choices.choose(ana, place, 'person', 'small');
		expect(await choices.current(ana, otherThread)).toEqual({ model: 'small:latest', origin: 'person' });
		expect(await choices.choose(ana, place, 'conversation', 'LARGE:26b')).toEqual({
			type: 'chosen',
			chosen: 'Large:26b',
			current: { model: 'Large:26b', origin: 'conversation' },
		});
		expect(await choices.current(ana, otherThread)).toEqual({ model: 'small:latest', origin: 'person' });
		expect(await choices.current(ana, newPlace())).toEqual({ model: 'small:latest', origin: 'person' });
	});

	it('can be changed and taken back', async () => {
		await choices.choose(ana, place, 'conversation', 'other');
		await choices.choose(ana, place, 'conversation', 'Large:26b');
		expect(await choices.current(ana, place)).toMatchObject({ model: 'Large:26b' });
		expect(await choices.choose(ana, place, 'conversation', null)).toEqual({
			type: 'chosen',
			chosen: null,
			current: { model: 'small:latest', origin: 'default' },
		});
	});

	it('holds for everybody who takes part, and for nobody else', async () => {
		await choices.choose(ana, place, 'conversation', 'other');
		await choices.choose(ana, place, 'person', 'Large:26b');
		expect(await choices.current(ben, place)).toEqual({ model: 'small:latest', origin: 'default' });
		await join(ben);
		expect(await choices.current(ben, place)).toEqual({ model: 'other', origin: 'conversation' });
		await choices.choose(ben, place, 'conversation', 'small');
		expect(await choices.current(ana, place)).toEqual({ model: 'small:latest', origin: 'conversation' });
	});

	it('is refused for what is not configured, and for what the person may not use', async () => {
		const limited = { ...ana, limits: { models: ['small:latest', 'other'] } };
		expect(choices.allowed(limited)).toEqual(['small:latest', 'other']);
		expect(await choices.choose(limited, place, 'person', 'nothing')).toEqual({ type: 'refused', reason: 'unknown' });
		expect(await choices.choose(limited, place, 'person', 'large:26b')).toEqual({ type: 'refused', reason: 'forbidden' });
		expect(await choices.current(limited, place)).toEqual({ model: 'small:latest', origin: 'default' });
	});

	it('of others counts as none where the asker may not use it', async () => {
		await choices.choose(ana, place, 'channel', 'other');
		await choices.choose(ana, place, 'conversation', 'Large:26b');
		await join(ben);
		const limited = { ...ben, limits: { models: ['small:latest', 'other'] } };
		expect(await choices.current(limited, place)).toEqual({ model: 'other', origin: 'channel' });
		expect(await choices.current({ ...ben, limits: { models: ['small:latest'] } }, place)).toMatchObject({ origin: 'default' });
	});

	it('is the first that the person may use where the default one is not theirs', async () => {
		const limited = { ...ana, limits: { models: ['other', 'Large:26b'] } };
		expect(choices.standard(limited)).toBe('Large:26b');
		expect(await choices.current(limited, place)).toEqual({ model: 'Large:26b', origin: 'default' });
		expect(choices.standard({ ...ana, limits: { models: [] } })).toBe('small:latest');
	});

	it('goes back to the default one when the settings name the chosen one no more', async () => {
		await choices.choose(ana, place, 'conversation', 'other');
		expect(await choicesAmong(configured.slice(0, 2)).current(ana, place)).toEqual({ model: 'small:latest', origin: 'default' });
		expect(await choices.current(ana, place)).toEqual({ model: 'other', origin: 'conversation' });
	});

	it('asks the database nothing where there is only one', async () => {
		const noDatabase = { queryAs: async () => expect.unreachable() };
		const one = createModelChoices({
			database: noDatabase,
			store: { join: async () => expect.unreachable() },
			models: { model: 'small:latest', models: configured.slice(0, 1) },
			limits: { mayUse: () => true },
		});
		expect(await one.current(ana, place)).toEqual({ model: 'small:latest', origin: 'default' });
	});

	describe('by plain SQL', () => {
		const insert = (column: string) => `insert into model_choices (${column}, model, chosen_by) values ($1, 'other', $2)`;
		const asBen = async (sql: string, values: readonly unknown[]) => await opened.database.queryAs(ben, sql, values);

		it('is nobody’s who does not take part', async () => {
			await choices.choose(ana, place, 'conversation', 'other');
			await choices.choose(ana, place, 'person', 'other');
			const elsewhere = newPlace();
			await join(ana, elsewhere);
			for (const [column, id] of [
				['conversation_id', conversationIdOf(elsewhere)],
				['channel_id', channelIdOf(elsewhere)],
				['user_id', ana.userId],
			] as const) {
				await expect(asBen(insert(column), [id, ben.userId])).rejects.toMatchObject({ code: 'FORBIDDEN' });
			}
			expect(await asBen('select * from model_choices', [])).toEqual([]);
			expect(await asBen("update model_choices set model = 'small' returning 1", [])).toEqual([]);
			expect(await asBen('delete from model_choices returning 1', [])).toEqual([]);
		});

		it('is in nobody else’s name, and for one thing alone', async () => {
			await expect(asBen(insert('user_id'), [ben.userId, ana.userId])).rejects.toMatchObject({ code: 'FORBIDDEN' });
			const two = `insert into model_choices (user_id, conversation_id, model, chosen_by) values ($1, $2, 'other', $1)`;
			await join(ben);
			await expect(asBen(two, [ben.userId, conversationIdOf(place)])).rejects.toThrow();
			await expect(asBen(insert('channel_id'), [randomUUID(), ben.userId])).rejects.toThrow();
		});
	});
});
