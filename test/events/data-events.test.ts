/** The buttons of an answer from a company's database: the statement and the file, for whoever asked, as long as they may. */

import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { english } from '#src/locales/english.ts';
import type { FileOffer, OutgoingFile } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { fakeQuery } from '#test/fakes/company-data.ts';
import { useEventScene } from './event-scene.ts';

const scene = useEventScene();
const { companyData } = english;
const press = (name: 'sql' | 'csv', replyId: string, who = 'ana', attempt = 1) =>
	scene.handle(scene.pressed({ name, replyId }, who), attempt);
const told = () => scene.world.platform.privately.map(({ text }) => text);
const shown = () => scene.world.platform.visible().map(({ text }) => text);

async function answeredFromData(): Promise<string> {
	const replyId = await scene.answered();
	await scene.world.store.update(scene.ana, replyId, { status: 'answered', dataQuery: fakeQuery });
	return replyId;
}

describe('the button for the statement', () => {
	it('shows whoever asked what was sent, and nobody else', async () => {
		const replyId = await answeredFromData();
		expect(await press('sql', replyId)).toBe('commanded');
		expect(told()).toEqual([`${companyData.sql('shop')}\n${fakeQuery.sql}`]);
		expect(await press('sql', replyId, 'luis')).toBe('refused');
		expect(told()).toHaveLength(2);
		expect(told()[1]).toBe(english.refusal.notYours);
	});

	it('shows nothing to whoever may not use the connector any more', async () => {
		const replyId = await answeredFromData();
		scene.world.companyData.isShown = false;
		expect(await press('sql', replyId)).toBe('refused');
		expect(told()).toEqual([companyData.csvGone]);
	});

	it('shows nothing of an answer that asked no database', async () => {
		expect(await press('sql', await scene.answered())).toBe('refused');
		expect(told()).toEqual([companyData.csvGone]);
	});
});

describe('the button for the file', () => {
	it('brings it to where the answer is, once', async () => {
		const replyId = await answeredFromData();
		expect(await press('csv', replyId)).toBe('commanded');
		expect(shown()).toContain('[shop.csv] Shop');
		const before = shown().length;
		expect(await press('csv', replyId, 'ana', 2)).toBe('ignored');
		expect(shown()).toHaveLength(before);
	});

	it('says why there is none', async () => {
		const replyId = await answeredFromData();
		scene.world.companyData.file = { sentence: companyData.csvGone };
		expect(await press('csv', replyId)).toBe('refused');
		expect(told()).toEqual([companyData.csvGone]);
	});
});

describe('the button for the file, where the platform shows none', () => {
	const actor = { platform: 'fake', tenantId: 'T', accountId: 'ana' };

	/** As in Teams: nothing is shown without asking. */
	function withoutFiles(): string[] {
		const asked: string[] = [];
		Object.assign(scene.world.platform, {
			capabilities: { ...scene.world.platform.capabilities, files: null },
			offerFile: async (_place: Place, { name, about, sizeBytes, replyId }: FileOffer) =>
				void asked.push(`${name} ${about} ${sizeBytes} ${replyId}`),
			bringFile: async (_place: Place, { name }: OutgoingFile, taken: string) => void asked.push(`${name} to ${taken}`),
		});
		return asked;
	}

	it('asks in a personal chat, and brings what they may see when they take it', async () => {
		scene.place = { ...scene.place, kind: 'direct' };
		const asked = withoutFiles();
		const replyId = await answeredFromData();
		expect(await press('csv', replyId)).toBe('commanded');
		expect(asked).toEqual([`shop.csv Shop 12 ${replyId}`]);
		const offer = await scene.world.platform.post(scene.place, { text: 'the offer', buttons: [] }, new AbortController().signal);
		const take = { ...scene.pressed({ name: 'file', replyId, taken: 'there' }), messageId: offer.messageId };
		expect(await scene.handle(take)).toBe('commanded');
		expect(asked[1]).toBe('shop.csv to there');
		expect(shown()).not.toContain('the offer');
		scene.world.companyData.file = { sentence: companyData.csvGone };
		expect(await scene.handle({ ...take, key: 'again', messageId: '' })).toBe('refused');
		expect(told()).toEqual([companyData.csvGone]);
		expect(asked).toHaveLength(2);
	});

	it('takes the question away when they do not want it', async () => {
		scene.place = { ...scene.place, kind: 'direct' };
		const asked = withoutFiles();
		const replyId = await answeredFromData();
		const offer = await scene.world.platform.post(scene.place, { text: 'the offer', buttons: [] }, new AbortController().signal);
		await scene.handle({ ...scene.pressed({ name: 'file', replyId, taken: null }), messageId: offer.messageId });
		expect(shown()).not.toContain('the offer');
		expect(asked).toEqual([]);
	});

	it('brings records to an administrator who takes them, and to nobody else', async () => {
		scene.place = { ...scene.place, kind: 'direct' };
		const asked = withoutFiles();
		const take = { ...scene.pressed({ name: 'file', replyId: 'record', taken: 'there' }), messageId: '' };
		expect(await scene.handle(take)).toBe('refused');
		expect(told()).toEqual([english.refusal.notYours]);
		scene.people.set('ana', { ...scene.ana, role: 'ccb_admin' });
		expect(await scene.handle({ ...take, key: 'again' })).toBe('commanded');
		expect(asked).toEqual(['audit.csv to there']);
		expect(await scene.handle({ ...take, key: 'twice' }, 2)).toBe('ignored');
		expect(await scene.handle({ ...scene.pressed({ name: 'file', replyId: 'record', taken: null }), messageId: '' })).toBe('commanded');
		expect(asked).toHaveLength(1);
	});

	it('shows whoever asked a link, and nobody else', async () => {
		withoutFiles();
		const linked: unknown[] = [];
		scene.rowLinks = { addressOf: (rows) => `https://bot.example.com/rows#${linked.push(rows)}` };
		scene.renew();
		const replyId = await answeredFromData();
		expect(await press('csv', replyId)).toBe('commanded');
		expect(scene.world.platform.passages).toMatchObject([{ accountId: 'ana', passage: { url: 'https://bot.example.com/rows#1' } }]);
		expect(linked).toEqual([{ account: actor, answerId: replyId }]);
		expect(await press('csv', replyId, 'luis')).toBe('refused');
		const alone = new BotError('PLATFORM_REJECTED', 'not alone', { reason: 'not-alone' });
		scene.world.platform.failNext('send-privately', alone);
		expect(await press('csv', replyId)).toBe('refused');
		scene.world.companyData.isShown = false;
		expect(await press('csv', replyId)).toBe('refused');
		expect(told()).toEqual([english.refusal.notYours, companyData.csvNotHere, companyData.csvGone]);
		expect(scene.world.platform.passages).toHaveLength(1);
	});

	it('says where there is one, without the web', async () => {
		withoutFiles();
		expect(await press('csv', await answeredFromData())).toBe('refused');
		expect(told()).toEqual([companyData.csvNotHere]);
	});
});
