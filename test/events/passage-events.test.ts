/** The button of a source: what stands there, for its presser alone. */

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createPassages } from '#src/history/passages.ts';
import type { Person } from '#src/identity/person.ts';
import { english } from '#src/locales/english.ts';
import type { Place } from '#src/platform/place.ts';
import { says } from '#test/fakes/model-pool.ts';
import { sourceOf } from '#test/fakes/sources.ts';
import { newPerson, newPlace } from '../conversation/conversation-fixture.ts';
import { useEventScene } from './event-scene.ts';

const scene = useEventScene();

/** An answer that cites a page of a plan, and a secret. */
async function cited(): Promise<string> {
	const replyId = await scene.answered();
	const plan = { title: 'Plan.pdf', place: 'page 12', date: '2030-05-04', url: 'https://a.example/', excerpt: 'In May.', canShow: true };
	const sources = [sourceOf(plan), sourceOf({ position: 2, title: 'Secret', excerpt: 'Hush.' })];
	await scene.world.store.update(scene.ana, replyId, { status: 'answered', sources });
	return replyId;
}

const press = (replyId: string, position: number, who = 'ana') => scene.handle(scene.pressed({ name: 'passage', replyId, position }, who));
const told = () => scene.world.platform.privately.map(({ text }) => text);

describe('the button of a source', () => {
	it.each(['ana', 'luis'])('shows the passage to %s, who can see the answer, and to nobody else', async (who) => {
		expect(await press(await cited(), 1, who)).toBe('commanded');
		const passage = {
			...{ title: 'Plan.pdf', about: 'page 12 · May 4, 2030', url: 'https://a.example/' },
			...{ text: 'In May.', cutNotice: english.sources.cut },
		};
		expect(scene.world.platform.passages).toEqual([{ accountId: who, passage }]);
		expect(told()).toEqual([]);
	});

	it.each([2, 3])('shows nothing of source %i, which may not be shown or is not there', async (position) => {
		expect(await press(await cited(), position)).toBe('refused');
		expect(scene.world.platform.passages).toEqual([]);
		expect(told()).toEqual([english.sources.gone]);
	});

	it('shows nothing of an answer elsewhere, whose id somebody got hold of', async () => {
		const replyId = await cited();
		const stranger = await newPerson(scene.opened.database, { displayName: 'Eva' });
		scene.people.set('eva', stranger);
		const event = { ...scene.pressed({ name: 'passage', replyId, position: 1 }, 'eva'), place: newPlace(), messageId: '7777' };
		expect(await scene.handle(event)).toBe('refused');
		expect(await press(randomUUID(), 1, 'eva')).toBe('refused');
		expect(scene.world.platform.passages).toEqual([]);
	});

	it('shows nothing once the answer was taken back with its question', async () => {
		const replyId = await cited();
		await scene.world.store.withdraw(scene.ana, replyId);
		expect(await press(replyId, 1)).toBe('refused');
		expect(scene.world.platform.passages).toEqual([]);
	});

	it('says why where it cannot be shown to one person alone', async () => {
		const replyId = await cited();
		scene.world.platform.failNext('send-privately', new BotError('PLATFORM_REJECTED', 'seen by all', { reason: 'not-alone' }));
		expect(await press(replyId, 1)).toBe('refused');
		expect(told()).toEqual([english.sources.notAlone]);
	});
});

describe('the sources of the last answer', () => {
	async function lastCited(asker: Person, place = scene.place, readable = new Map<number, string>()) {
		const account = { tenantId: 'T', accountId: 'U' };
		const passages = createPassages(scene.opened.database, { read: async () => readable, titles: async () => [] });
		return await passages.lastCited({ asker, account, platform: scene.world.platform, place }, AbortSignal.timeout(10_000));
	}

	it('are told whoever takes part, in its thread and in the place as a whole', async () => {
		await cited();
		const titles = async (where: Place) => (await lastCited(scene.ana, where))?.map(({ position, title }) => [position, title]);
		expect(await titles(scene.place)).toEqual(await titles({ ...scene.place, threadId: '' }));
		expect(await titles(scene.place)).toHaveLength(2);
	});

	it('are nobody else’s, and of no other place', async () => {
		await cited();
		expect(await lastCited(await newPerson(scene.opened.database))).toBeNull();
		expect(await lastCited(scene.ana, newPlace())).toBeNull();
	});

	it('are told without the documents that may not be read any more', async () => {
		const replyId = await cited();
		const sources = [sourceOf({ title: 'Plan.pdf', chunkId: 7 }), sourceOf({ position: 2, title: 'Gone.pdf', chunkId: 8 })];
		await scene.world.store.update(scene.ana, replyId, { status: 'answered', sources });
		expect(await lastCited(scene.ana, scene.place, new Map([[7, 'In May.']]))).toMatchObject([{ title: 'Plan.pdf' }]);
	});

	it('are none where the last answer has none', async () => {
		await cited();
		scene.world.models.script(says('You are welcome.'));
		await scene.handle(scene.message({ messageId: '0900' }));
		expect(await lastCited(scene.ana)).toEqual([]);
	});
});
