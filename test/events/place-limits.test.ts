/** What was decided for a channel is what the bot does there. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import type { MessageReceived } from '#src/platform/chat-event.ts';
import { says } from '#test/fakes/model-pool.ts';
import { useEventScene } from './event-scene.ts';

const scene = useEventScene();
const reply: Partial<MessageReceived> = { addressedBy: 'thread', startsThread: false };
const told = () => scene.world.platform.privately.map(({ text }) => text);

describe('in a channel', () => {
	it('that is switched off, whoever mentions the bot is told so alone, and talk in threads gets nothing', async () => {
		scene.rules.held.mode = 'off';
		expect(await scene.handle(scene.message())).toBe('refused');
		expect(await scene.handle(scene.message({ ...reply, messageId: '0600' }))).toBe('ignored');
		expect(told()).toEqual([english.channel.refused.off]);
		expect([scene.world.models.requests, scene.world.platform.messages]).toEqual([[], []]);
	});

	it('commands work all the same', async () => {
		scene.rules.held.mode = 'off';
		expect(await scene.handle(scene.invoked('stop'))).toBe('commanded');
	});

	it('in quiet hours, whoever asks hears once until when', async () => {
		scene.rules.held.quiet = { from: 0, to: 24 * 60 - 1, zone: 'Europe/Madrid' };
		expect(await scene.handle(scene.message())).toBe('refused');
		expect(told()).toEqual([english.channel.refused.quiet('00:00', '23:59', 'Europe/Madrid')]);
	});

	it('whose budget is used up, whoever asks is told when there is more, and is not charged for it', async () => {
		Object.assign(scene.rules.held, { tokensPerDay: 500 });
		scene.limits.usedUp = { backInMs: 3_600_000 };
		expect(await scene.handle(scene.message())).toBe('refused');
		expect(told()).toEqual([english.limits.refusal.channelTokensPerDay(500, 3_600_000)]);
		expect(scene.limits.asked).toEqual([]);
	});

	it('nobody asks again below an answer either', async () => {
		const replyId = await scene.answered();
		scene.rules.held.mode = 'off';
		expect(await scene.handle(scene.pressed({ name: 'retry', replyId }))).toBe('refused');
		expect(told()).toEqual([english.channel.refused.off]);
	});

	it('what it says of its own is in the language of the channel', async () => {
		scene.rules.held.language = 'es';
		await scene.handle(scene.message({ text: '', attachments: [{ id: 'f', name: 'a', mediaType: 'a/b', sizeBytes: 1, source: null }] }));
		expect(scene.world.platform.messages[0]?.text).toContain(spanish.notice.filesDirectly);
	});
});

it('a muted thread is quiet until somebody mentions the bot', async () => {
	scene.rules.muted = true;
	expect(await scene.handle(scene.message(reply))).toBe('ignored');
	scene.world.models.script(says('Here I am.'));
	expect(await scene.handle(scene.message({ messageId: '0600', startsThread: false }))).toBe('answered');
	expect(scene.rules.muted).toBe(false);
});

it('what is said to nobody in particular is answered where all is', async () => {
	scene.rules.held.mode = 'all';
	scene.world.models.script(says('Good morning.'));
	expect(await scene.handle(scene.message({ addressedBy: 'talk' }))).toBe('answered');
});

it('a personal chat has no such rules', async () => {
	scene.rules.held.mode = 'off';
	scene.place = { ...scene.place, kind: 'direct' };
	scene.world.models.script(says('Yes.'));
	expect(await scene.handle(scene.message({ addressedBy: 'direct' }))).toBe('answered');
});
