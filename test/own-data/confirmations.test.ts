/** A button that erases: once, for whoever was asked, in time. Everything else is refused and noted. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#src/identity/person.ts';
import { languages } from '#src/locales/locales.ts';
import { newPerson, newPlace } from '#test/conversation/conversation-fixture.ts';
import { createAdmin, openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createFakeJobContext } from '#test/fakes/job-context.ts';
import { openOwnDataRoom } from './own-data-room.ts';

describe('the button that erases all of somebody', () => {
	let opened: TestDatabase;
	let scene: Awaited<ReturnType<typeof openOwnDataRoom>>;
	beforeAll(async () => {
		opened = await openServerDatabase();
		scene = await openOwnDataRoom(opened.database);
	});
	afterAll(async () => {
		await scene.jobs.close();
		await opened.close();
	});

	const asked = (person: Person) => ({
		...{ person, platform: scene.platform, words: languages.en, signal: new AbortController().signal },
		account: { tenantId: 'T', accountId: person.identityId ?? '' },
		place: newPlace({ kind: 'direct', threadId: '' }),
	});

	/** @returns the person, and what the button says. */
	async function ask(): Promise<{ person: Person; id: string }> {
		const person = await newPerson(opened.database);
		await scene.room.requests.askToErase(asked(person));
		const action = scene.platform.offers.at(-1)?.action;
		expect(action?.name).toBe('confirm');
		return { person, id: action?.replyId ?? '' };
	}
	const press = (person: Person, id: string) => scene.room.requests.erase(asked(person), id);
	const jobsOf = async ({ userId }: Person) => {
		const left = `select id from ccb_jobs.job where group_id = $1 and data ->> 'job' = 'erase-person'`;
		return (await opened.database.query(left, [userId])).length;
	};
	const noted = async ({ userId }: Person) =>
		await opened.database.queryAs(
			await createAdmin(opened.database),
			`select action, outcome, subject_user_id = actor_user_id as "isOwn" from audit_log where actor_user_id = $1`,
			[userId],
		);

	it('works once', async () => {
		const { person, id } = await ask();
		expect(await press(person, id)).toBe('confirmed');
		expect(await jobsOf(person)).toBe(1);
		expect(await press(person, id)).toBe('used');
		expect(await jobsOf(person)).toBe(1);
		expect(await noted(person)).toEqual([{ action: 'confirm', outcome: 'refused', isOwn: true }]);
	});

	it('does nothing for anybody else, and is noted', async () => {
		const [{ person, id }, stranger] = [await ask(), await newPerson(opened.database)];
		expect(await press(stranger, id)).toBe('not-yours');
		expect([await jobsOf(person), await jobsOf(stranger)]).toEqual([0, 0]);
		expect(await noted(stranger)).toEqual([{ action: 'confirm', outcome: 'refused', isOwn: false }]);
		expect(await press(person, id)).toBe('confirmed');
	});

	it('of a file erases nothing, and the other way round', async () => {
		const { person, id } = await ask();
		expect(await scene.room.requests.takeExport(person, id, languages.en)).toBeNull();
		expect(await press(person, id)).toBe('confirmed');
		const offered = { place: newPlace({ kind: 'direct', threadId: '' }), account: { tenantId: 'T', accountId: 'A' }, language: 'en' };
		const offers: string[] = [];
		const { platform } = scene;
		Object.assign(platform, { capabilities: { ...platform.capabilities, files: null } });
		platform.offerFile = async (_place, { replyId, sizeBytes }) => {
			expect(sizeBytes).toBeGreaterThan(0);
			offers.push(replyId);
		};
		await scene.jobNamed('export-person').run({ ...offered, userId: person.userId }, createFakeJobContext());
		const [offer = ''] = offers;
		expect(await press(person, offer)).toBe('unknown');
		expect(await scene.room.requests.takeExport(await newPerson(opened.database), offer, languages.en)).toBe('not-yours');
		const file = await scene.room.requests.takeExport(person, offer, languages.en);
		expect(file).toMatchObject({ mediaType: 'application/json' });
		expect(await scene.room.requests.takeExport(person, offer, languages.en)).toBe('used');
		expect(await jobsOf(person)).toBe(1);
	});

	it('runs out', async () => {
		const { person, id } = await ask();
		await opened.database.queryAsRegistrar('delete from confirmations where id = $1', [id]);
		await opened.database.queryAsRegistrar(
			`insert into confirmations (id, user_id, action, expires_at) values ($1, $2, 'erase-person', now() - interval '1 second')`,
			[id, person.userId],
		);
		expect(await press(person, id)).toBe('expired');
		expect(await jobsOf(person)).toBe(0);
	});

	it.each(['', 'nothing', "' or true --", '00000000-0000-4000-8000-000000000000'])('knows nothing of “%s”', async (id) => {
		const person = await newPerson(opened.database);
		expect(await press(person, id)).toBe('unknown');
		expect(await noted(person)).toEqual([{ action: 'confirm', outcome: 'refused', isOwn: null }]);
	});
});
