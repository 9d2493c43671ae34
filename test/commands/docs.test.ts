import { describe, expect, it } from 'vitest';
import { docsCommand } from '#src/commands/docs.ts';
import { documentNumber } from '#src/knowledge/shelf/matching.ts';
import type { ShelvedDocument } from '#src/knowledge/shelf/shelf.ts';
import type { Receipt } from '#src/knowledge/shelf/shelf-changes.ts';
import { english } from '#src/locales/english.ts';
import { administrator, employee, placeOfKind, runCommand } from './command-scene.ts';

const { docs: words, files } = english;

const plan: ShelvedDocument = {
	placementId: '0000ff00-0000-5000-8000-000000000000',
	name: 'plan.pdf',
	place: placeOfKind('channel'),
	sharedBy: employee.userId,
	date: new Date('2026-11-30T09:00:00Z'),
	url: 'https://chat.example.com/1',
	state: 'ready',
	reason: 'unavailable',
	passages: 14,
	isPartial: false,
	isOlder: false,
	isPublished: false,
	staleAfterDays: null,
};
const number = documentNumber(plan.placementId);
const gone: Receipt = {
	name: 'plan.pdf',
	gone: { passages: 14, vectors: 14, sizeBytes: 120_000 },
	forgotten: { answers: 3, summaries: 1 },
	isFromSource: false,
};

/** @param found what is there, and what is found whatever is typed. */
function setUp(found: ShelvedDocument[], { person = employee, place = placeOfKind('channel'), asked = 0 } = {}) {
	const done: string[] = [];
	const services = {
		shelf: {
			list: async () => found,
			find: async () => found,
			findToForget: async () => found,
			sharerOf: async () => 'Ana',
		},
		files: {
			standing: async () => ({ ingestion: 'ask' as const, asked }),
			take: async () => asked,
			leave: async () => asked,
		},
		shelfChanges: {
			forget: async () => {
				done.push('forgotten');
				return gone;
			},
		},
		documentOrders: {
			forget: async () => {
				done.push('forgotten on the record');
				return gone;
			},
			publish: async (_asker: unknown, _placementId: string, staleAfterDays: number | null) => {
				done.push(`published ${staleAfterDays}`);
				return true;
			},
			withdraw: async () => false,
		},
	};
	return { done, say: (typed: string) => runCommand(docsCommand, typed, { services, person, place }) };
}

describe('the command docs', () => {
	it('lists what one may read, with its number, name, day and state', async () => {
		const said = await setUp([plan, { ...plan, name: '', state: 'unread', reason: 'password' }]).say('');
		expect(said).toContain(words.heading.here);
		expect(said).toContain(`#${number} plan.pdf: Nov 30, 2026, ${files.indexed(14)}`);
		expect(said).toContain(`${words.nameless}: Nov 30, 2026, ${words.unread}`);
		expect(await setUp([plan], { place: placeOfKind('direct') }).say('')).toContain(words.heading.everywhere);
		expect(await setUp([]).say('list')).toBe(words.none.here);
	});

	it('shows one, with who shared it, where, and why it was not read', async () => {
		const said = await setUp([{ ...plan, isPublished: true, isOlder: true, staleAfterDays: 365 }]).say('show plan.pdf');
		for (const part of ['plan.pdf', 'Ana', words.alsoCompany, words.older, words.staleAfter(365), 'https://chat.example.com/1'])
			expect(said).toContain(part);
		expect(await setUp([{ ...plan, state: 'unread', reason: 'password' }]).say('plan.pdf')).toContain(files.unread.password);
		expect(await setUp([plan]).say('show')).toBe(words.which);
	});

	it('says the same of what is not there and of what is not for the asker', async () => {
		const { say, done } = setUp([], { person: administrator });
		for (const action of ['show', 'forget', 'publish', 'withdraw']) expect(await say(`${action} 99`)).toBe(words.notThere('99'));
		expect(done).toEqual([]);
	});

	it('asks which one is meant before it does anything', async () => {
		const { say, done } = setUp([plan, { ...plan, placementId: '0000aa00-0000-5000-8000-000000000000' }]);
		expect(await say('forget plan.pdf')).toContain(words.several);
		expect(done).toEqual([]);
	});

	it('takes or leaves the files that one was asked about, and says so in the list', async () => {
		const { say } = setUp([], { asked: 2 });
		expect(await say('')).toBe(`${files.askedAbout(2)}\n${words.none.here}`);
		expect(await say('take')).toBe(files.taken(2));
		expect(await say('descartar')).toBe(files.left(2));
	});

	it('forgets one’s own, and says what went with it', async () => {
		const { say, done } = setUp([plan]);
		expect(await say(`forget ${number}`)).toBe(`${words.forgotten('plan.pdf')}\n${words.gone(14, 14, 120_000)}\n${words.quoted(3, 1)}`);
		expect(done).toEqual(['forgotten']);
	});

	it('writes down what administrators do with documents of others', async () => {
		const { say, done } = setUp([{ ...plan, sharedBy: 'ben' }], { person: administrator });
		await say(`forget ${number}`);
		expect(await say(`publish ${number}`)).toBe(words.published('plan.pdf', null));
		expect(await say(`publish 365 ${number}`)).toBe(words.published('plan.pdf', 365));
		expect(await say(`withdraw ${number}`)).toBe(words.wasNotPublished('plan.pdf'));
		expect(done).toEqual(['forgotten on the record', 'published null', 'published 365']);
	});

	it('publishes for nobody but administrators', async () => {
		const { say, done } = setUp([plan]);
		expect(await say(`publish ${number}`)).toBe(words.onlyAdministrators);
		expect(done).toEqual([]);
	});
});
