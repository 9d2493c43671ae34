/** The buttons of an answer from a company's database: the statement and the file, for whoever asked, as long as they may. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
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
