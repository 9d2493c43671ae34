/** The entry of a message's menu that offers its files: what came of it, for its presser alone. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { useEventScene } from './event-scene.ts';

const scene = useEventScene();
const { files } = english;
const told = () => scene.world.platform.privately;

describe('files that somebody offers', () => {
	it.each(['elsewhere', 'off', 'sharer-decides'] as const)('are left alone with one sentence that says why: %s', async (outcome) => {
		scene.offered = { outcome };
		expect(await scene.handle(scene.offering())).toBe('refused');
		expect(told()).toEqual([{ accountId: 'ana', text: files.offer[outcome] }]);
	});

	it('are told of, each of those that are not taken with its reason', async () => {
		const refused = [
			{ name: 'plan.pdf', reason: 'upload-size' },
			{ name: '', reason: 'upload-count' },
		] as const;
		scene.offered = { outcome: 'looked-at', taken: 2, known: 1, refused };
		expect(await scene.handle(scene.offering())).toBe('commanded');
		const [{ text } = { text: '' }] = told();
		expect(text.split('\n')).toEqual([
			files.taken(2),
			files.offer.known(1),
			`plan.pdf: ${files.unread['upload-size']}`,
			`${files.nameless}: ${files.unread['upload-count']}`,
		]);
	});

	it('are named together where the reason is the same, the first five of them', async () => {
		const refused = Array.from({ length: 7 }, (_unused, at) => ({ name: `${at}.pdf`, reason: 'upload-count' }) as const);
		scene.offered = { outcome: 'looked-at', taken: 0, known: 0, refused };
		await scene.handle(scene.offering());
		const names = '0.pdf, 1.pdf, 2.pdf, 3.pdf, 4.pdf and 2 more, each';
		expect(told().map(({ text }) => text)).toEqual([`${names}: ${files.unread['upload-count']}`]);
	});

	it('may be none', async () => {
		await scene.handle(scene.offering());
		expect(told().map(({ text }) => text)).toEqual([files.offer.nothing]);
	});

	it('are none of a guest’s business', async () => {
		scene.people.set('luis', { ...scene.luis, standing: 'guest' });
		expect(await scene.handle(scene.offering('luis'))).toBe('refused');
		expect(told()).toEqual([{ accountId: 'luis', text: english.refusal.guest }]);
	});
});
