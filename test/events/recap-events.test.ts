/** What is summed up for one person: answered in their personal chat, wherever they asked, under their own limits. */

import { beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { english } from '#src/locales/english.ts';
import { says } from '#test/fakes/model-pool.ts';
import { useEventScene } from './event-scene.ts';

const scene = useEventScene();
const { recap } = english;
const shownIn = (kind: string) => scene.world.platform.visible().flatMap(({ place, text }) => (place.kind === kind ? [text] : []));
const told = () => scene.world.platform.privately.map(({ text }) => text);
const typed = 'catchup 2026-11-30T10:00Z https://chat.example.com/7';
const shown = 'What was said from 2026-11-30 11:00 to [this message](https://chat.example.com/7)';

beforeEach(() => {
	const text = 'The fair moves to Friday.';
	const message = {
		title: 'Message of Luis',
		url: 'https://chat.example.com/7',
		excerpt: text,
		passage: text,
		told: { said_by: 'Luis', text },
	};
	const asked = { task: recap.catchup, messages: [message], isCut: false, remarks: [], cutRemark: recap.cut, citesEachLine: true };
	scene.recap = { typed, shown, recap: asked };
	scene.world.models.script(says('- The fair moves to Friday. [1]'), says('- The fair moves to Friday. [1]'));
});

describe('asked for in a channel', () => {
	it.each([
		['by the menu', () => ({ ...scene.invoked('catchup'), replyHandle: 'handle' })],
		['in words', () => scene.message({ text: 'catchup' })],
	])('%s, it is answered in the personal chat, below what was asked, and nothing stands in the channel', async (_how, event) => {
		expect(await scene.handle(event())).toBe('answered');
		expect(shownIn('channel')).toEqual([]);
		expect(told()).toEqual([recap.elsewhere]);
		const [quoted, answer] = shownIn('direct');
		expect(quoted).toBe(`${recap.asked}\n\n> ${shown}`);
		expect(answer?.trim()).toBe('- The fair moves to Friday. [1]');
	});

	it('is begun again by another process below the same words', async () => {
		const event = { ...scene.invoked('catchup'), replyHandle: 'handle' };
		await scene.handle(event);
		await scene.handle(event, 2);
		expect(shownIn('direct').filter((text) => text.startsWith(recap.asked))).toHaveLength(1);
	});

	it('counts as a question of theirs, and reads nothing where they may ask none', async () => {
		scene.limits.refusal = { limit: 'requestsPerMinute', allowed: 20, backInMs: 30_000 } as never;
		expect(await scene.handle(scene.invoked('catchup'))).toBe('refused');
		expect(scene.begun).toBe(0);
		expect(shownIn('direct')).toEqual([]);
	});

	it('says why there is nothing, and opens no chat for that', async () => {
		scene.recap = { sentence: recap.nothing };
		expect(await scene.handle(scene.invoked('catchup'))).toBe('commanded');
		expect(told()).toEqual([recap.nothing]);
		expect(scene.world.platform.calls.filter(({ operation }) => operation === 'open-chat')).toEqual([]);
	});

	it('is said nowhere where they take nothing from the bot', async () => {
		scene.world.platform.failNext('open-chat', new BotError('PLATFORM_REJECTED', 'closed', { reason: 'not-alone' }));
		expect(await scene.handle(scene.invoked('catchup'))).toBe('refused');
		expect(told()).toEqual([recap.noChat]);
		expect(scene.world.platform.visible()).toEqual([]);
	});
});

describe('asked for in the personal chat', () => {
	beforeEach(() => {
		scene.place = { ...scene.place, kind: 'direct' };
	});

	it('in words, it is answered there as any question, and read anew when it is tried again', async () => {
		expect(await scene.handle(scene.message({ text: 'catchup', addressedBy: 'direct' }))).toBe('answered');
		expect(scene.begun).toBe(1);
		const replyId = scene.world.platform.messages.at(-1)?.replyId ?? '';
		expect(await scene.handle(scene.pressed({ name: 'retry', replyId }))).toBe('answered');
		expect(scene.begun).toBe(2);
		expect(shownIn('direct').map((text) => text.trim())).toEqual(['- The fair moves to Friday. [1]', '- The fair moves to Friday. [1]']);
	});
});
