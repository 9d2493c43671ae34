/** Buttons and forms used by somebody else, without the right any more, or after a day: nothing is done, it is said, and it is noted. */

import { beforeEach, describe, expect, inject, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import type { ButtonAction } from '#src/platform/chat-event.ts';
import type { OutgoingFile } from '#src/platform/chat-platform.ts';
import { fakeQuery } from '#test/fakes/company-data.ts';
import { asSuperuser, createAdmin } from '#test/fakes/database.ts';
import { says } from '#test/fakes/model-pool.ts';
import { useEventScene } from './event-scene.ts';

const scene = useEventScene();
const { refusal, myData, companyData, sources } = english;
const told = () => scene.world.platform.privately.map(({ text }) => text);
let before: number;

interface Noted {
	action: string;
	outcome: string;
	details: Record<string, string>;
}

/** What was noted since the test began. */
async function noted(): Promise<Noted[]> {
	const select = 'select action, outcome, details from audit_log order by sequence offset $1';
	return await scene.opened.database.queryAs<Noted>(await createAdmin(scene.opened.database), select, [before]);
}

beforeEach(async () => {
	before = 0;
	before = (await noted()).length;
});

async function answeredFromData(): Promise<string> {
	const replyId = await scene.answered();
	await scene.world.store.update(scene.ana, replyId, { status: 'answered', dataQuery: fakeQuery });
	return replyId;
}

async function age(replyId: string): Promise<void> {
	const url = new URL(inject('postgresUrl'));
	url.pathname = new URL(scene.opened.settings.url ?? '').pathname;
	await asSuperuser(`update messages set created_at = created_at - interval '25 hours' where id = '${replyId}'`, url.href);
}

const own: [name: string, button: (replyId: string) => ButtonAction][] = [
	['retry', (replyId) => ({ name: 'retry', replyId })],
	['privately', (replyId) => ({ name: 'privately', replyId })],
	['sql', (replyId) => ({ name: 'sql', replyId })],
	['csv', (replyId) => ({ name: 'csv', replyId })],
	['file', (replyId) => ({ name: 'file', replyId, taken: '{}' })],
];
const stop: (typeof own)[number] = ['stop', (replyId) => ({ name: 'stop', replyId })];

describe('a button of somebody else’s question', () => {
	it.each([...own, stop])('%s does nothing, and is noted', async (name, button) => {
		const replyId = await answeredFromData();
		expect(await scene.handle(scene.pressed(button(replyId), 'luis'))).toBe('refused');
		expect(told()).toEqual([refusal.notYours]);
		expect(await noted()).toEqual([
			{ action: 'press', outcome: 'refused', details: { button: name, reason: 'not-yours', platform: 'fake' } },
		]);
	});
});

describe('a button that is older than a day', () => {
	it.each([...own, stop])('%s does nothing, and is noted', async (name, button) => {
		const replyId = await answeredFromData();
		await age(replyId);
		expect(await scene.handle(scene.pressed(button(replyId)))).toBe('refused');
		expect(told()).toEqual([refusal.buttonExpired]);
		expect(scene.world.models.requests).toHaveLength(1);
		expect(await noted()).toMatchObject([{ details: { button: name, reason: 'expired' } }]);
	});

	it('still takes a rating', async () => {
		const replyId = await scene.answered();
		await age(replyId);
		expect(await scene.handle(scene.pressed({ name: 'feedback', replyId, rating: 'up' }))).toBe('commanded');
		expect(await noted()).toEqual([]);
	});
});

describe('a button of whoever may no longer', () => {
	it.each([...own, stop])('%s does nothing for somebody who has become a guest, and is noted', async (name, button) => {
		const replyId = await answeredFromData();
		scene.people.set('ana', { ...scene.ana, role: 'ccb_guest', standing: 'guest' });
		expect(await scene.handle(scene.pressed(button(replyId)))).toBe('refused');
		expect(told()).toEqual([refusal.guest]);
		expect(await noted()).toMatchObject([{ action: 'press', details: { button: name, reason: 'guest' } }]);
	});

	it('shows no rows to whoever lost the role for them, and no passage that is not there to read', async () => {
		const replyId = await answeredFromData();
		scene.world.companyData.isShown = false;
		expect(await scene.handle(scene.pressed({ name: 'sql', replyId }))).toBe('refused');
		expect(await scene.handle(scene.pressed({ name: 'passage', replyId, position: 7 }))).toBe('refused');
		expect(told()).toEqual([companyData.csvGone, sources.gone]);
		expect((await noted()).map(({ details }) => details['reason'])).toEqual(['not-readable', 'not-readable']);
	});

	it('of an answer that there is not is noted', async () => {
		await scene.handle(scene.pressed({ name: 'retry', replyId: '00000000-0000-4000-8000-000000000000' }));
		expect(await noted()).toMatchObject([{ details: { button: 'retry', reason: 'gone' } }]);
	});
});

describe('a form', () => {
	const form = (given: { askedOf?: string; hoursAgo?: number } = {}) => ({
		askedOf: given.askedOf ?? 'ana',
		askedAt: new Date(scene.world.clock.now() - (given.hoursAgo ?? 0) * 3_600_000).toISOString(),
	});

	beforeEach(() => scene.people.set('ana', { ...scene.ana, role: 'ccb_admin' }));

	it('is taken of whoever it was shown to, on the same day', async () => {
		expect(await scene.handle({ ...scene.invoked('queue pause'), form: form({ hoursAgo: 23 }) })).toBe('commanded');
		expect(await noted()).toEqual([]);
	});

	it.each([
		['of somebody else', { askedOf: 'luis' }, 'not-yours', refusal.formNotYours],
		['of nobody', { askedOf: '' }, 'not-yours', refusal.formNotYours],
		['of the day before', { hoursAgo: 25 }, 'expired', refusal.formExpired],
	] as const)('%s does nothing, and is noted', async (_which, given, reason, sentence) => {
		expect(await scene.handle({ ...scene.invoked('queue pause'), form: form(given) })).toBe('refused');
		expect(told()).toEqual([sentence]);
		expect(await noted()).toEqual([{ action: 'form', outcome: 'refused', details: { command: 'queue', reason, platform: 'fake' } }]);
	});

	it('does nothing for whoever lost the role since it was shown, and is noted', async () => {
		scene.people.set('ana', scene.ana);
		expect(await scene.handle({ ...scene.invoked('queue pause'), form: form() })).toBe('refused');
		expect(told()).toEqual([refusal.administratorsOnly('fake:T:ana')]);
		expect(await noted()).toMatchObject([{ action: 'form', details: { reason: 'not-allowed' } }]);
	});
});

describe('the offer of a file with all that is held of somebody', () => {
	const file: OutgoingFile = { name: 'mine.json', mediaType: 'application/json', bytes: Buffer.from('{}') };
	const brought: string[] = [];
	const answer = (taken: string | null) => scene.handle(scene.pressed({ name: 'file', replyId: 'offer', taken }));

	beforeEach(async () => {
		brought.length = 0;
		scene.place = { ...scene.place, kind: 'direct' };
		scene.world.platform.bringFile = async (_place, { name }, taken) => void brought.push(`${name} ${taken}`);
		const { messageId } = await scene.world.platform.post(scene.place, { text: 'offer', buttons: [] }, AbortSignal.timeout(1_000));
		expect(messageId).toBe('1000');
	});

	it('brings it where its person says, and goes', async () => {
		scene.ownFiles.set('offer', file);
		expect(await answer('there')).toBe('commanded');
		expect(brought).toEqual(['mine.json there']);
		expect(scene.world.shown()).toEqual([]);
	});

	it('goes where its person wants none', async () => {
		scene.ownFiles.set('offer', file);
		expect(await answer(null)).toBe('commanded');
		expect([brought, scene.world.shown()]).toEqual([[], []]);
	});

	it.each(['not-yours', 'used', 'expired'] as const)('brings nothing when it is %s', async (why) => {
		scene.ownFiles.set('offer', why);
		expect(await answer('there')).toBe('refused');
		expect(told()).toEqual([myData.fileRefused[why]]);
		expect(brought).toEqual([]);
	});

	it('of anybody else than the program is looked for among answers', async () => {
		scene.world.models.script(says('Very well.'));
		expect(await answer('there')).toBe('refused');
		expect(told()).toEqual([refusal.answerGone]);
	});
});
