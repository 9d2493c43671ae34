import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import type { ChatEvent } from '#src/platform/chat-event.ts';
import { says } from '#test/fakes/model-pool.ts';
import { newPlace } from '../conversation/conversation-fixture.ts';
import { waitFor } from '../conversation/turn-fixture.ts';
import { actor, useEventScene } from './event-scene.ts';

const scene = useEventScene();

describe('a button', () => {
	it('rates an answer, and anybody who can see it may', async () => {
		const replyId = await scene.answered();
		expect(await scene.handle(scene.pressed({ name: 'feedback', replyId, rating: 'up' }, 'luis'))).toBe('commanded');
		expect(await scene.handle(scene.pressed({ name: 'feedback', replyId, rating: 'down' }, 'luis'))).toBe('commanded');
		expect(scene.ratings).toEqual(['up', 'down']);
		const rows = await scene.opened.database.asUser(scene.luis, ({ query }) =>
			query('select rating from feedback where message_id = $1', [replyId]),
		);
		expect(rows).toEqual([{ rating: -1 }]);
		expect(scene.world.platform.privately.map(({ text }) => text)).toEqual([english.feedback.thanks, english.feedback.thanks]);
	});

	it('rates the answer whose message it is on, with the reason that was given, where the platform tells no more and thanks itself', async () => {
		const replyId = await scene.answered();
		const { replyHandle: _handle, ...event } = scene.pressed(
			{ name: 'feedback', replyId: null, rating: 'down', comment: 'too long' },
			'luis',
		);
		expect(await scene.handle(event)).toBe('commanded');
		const rows = await scene.opened.database.asUser(scene.luis, ({ query }) => query('select message_id, rating, comment from feedback'));
		expect(rows).toContainEqual({ message_id: replyId, rating: -1, comment: 'too long' });
		expect(await scene.handle({ ...event, key: 'newest', messageId: '' })).toBe('commanded');
		expect(await scene.handle({ ...event, key: 'other', messageId: '9999' })).toBe('refused');
		expect(scene.world.platform.privately.map(({ text }) => text)).toEqual([english.refusal.answerGone]);
	});

	it('makes no conversation anew that its person has removed from a personal chat', async () => {
		scene.place = newPlace({ kind: 'direct' });
		const replyId = await scene.answered();
		await scene.opened.database.queryAs(scene.ana, 'delete from conversations where channel_id = $1', [scene.place.channelId]);
		await scene.handle(scene.pressed({ name: 'retry', replyId }));
		expect(await scene.world.store.exists(scene.place)).toBe(false);
	});

	it('asks again, once', async () => {
		const replyId = await scene.answered();
		scene.world.models.script(says('Another one.'));
		expect(await scene.handle(scene.pressed({ name: 'retry', replyId }))).toBe('answered');
		expect(await scene.handle(scene.pressed({ name: 'retry', replyId }))).toBe('refused');
		expect(scene.world.shown()).toEqual(['Very well.', 'Another one.']);
		expect(scene.world.platform.privately.at(-1)?.text).toBe(english.refusal.askedAgain);
	});

	it('asks again with the files that came with the question, where the platform still has them', async () => {
		const file = { id: 'F1', name: 'prices.pdf', mediaType: 'application/pdf', sizeBytes: 9, source: 'https://files.example.com/1' };
		const { files, messages } = scene.world.platform;
		files.set(file.source, 'The pump costs 412 euros.');
		scene.world.models.script(says('It costs 412 euros [1].'), says('412 euros [1].'));
		await scene.handle(scene.message({ text: 'What does the pump cost?', attachments: [file] }));
		files.set(file.id, 'The pump costs 412 euros.');
		await scene.handle(scene.pressed({ name: 'retry', replyId: messages[0]?.replyId ?? '' }));
		files.clear();
		await scene.handle(scene.pressed({ name: 'retry', replyId: messages.at(-1)?.replyId ?? '' }));
		expect(scene.world.shown()).toEqual(['It costs 412 euros [1].', '412 euros [1].', `📎 \`prices.pdf\`: ${english.files.unread.gone}`]);
	});

	it.each(['retry', 'stop'] as const)('%s is for the one who asked', async (name) => {
		const replyId = await scene.answered();
		expect(await scene.handle(scene.pressed({ name, replyId }, 'luis'))).toBe('refused');
		expect(scene.world.platform.privately).toEqual([{ accountId: 'luis', text: english.refusal.notYours }]);
		expect(scene.world.models.requests).toHaveLength(1);
	});

	it('does not ask a question again that was taken back', async () => {
		const replyId = await scene.answered();
		await scene.handle(scene.changed('message-deleted', {}));
		expect(await scene.handle(scene.pressed({ name: 'retry', replyId }))).toBe('refused');
		expect(scene.world.platform.privately.at(-1)?.text).toBe(english.refusal.questionGone);
	});

	it('of an answer that is not ours says so', async () => {
		expect(await scene.handle(scene.pressed({ name: 'retry', replyId: randomUUID() }))).toBe('refused');
		expect(scene.world.platform.privately).toEqual([{ accountId: 'ana', text: english.refusal.answerGone }]);
	});

	it('Stop of an answer that has ended says so', async () => {
		const replyId = await scene.answered();
		expect(await scene.handle(scene.pressed({ name: 'stop', replyId }))).toBe('refused');
		expect(scene.world.platform.privately.at(-1)?.text).toBe(english.refusal.answerOver);
		expect(scene.world.shown()).toHaveLength(1);
	});

	it('Stop of a sign that was left behind takes it away', async () => {
		const replyId = await scene.answered();
		const { platform } = scene.world;
		const left = await platform.post(scene.place, { text: english.notice.thinking, buttons: [] }, AbortSignal.timeout(1_000));
		const event = { ...scene.pressed({ name: 'stop', replyId }), messageId: left.messageId };
		expect(await scene.handle(event)).toBe('commanded');
		expect(scene.world.shown()).toEqual(['Very well.']);
	});

	it("the platform's own Stop counts, whoever used it", async () => {
		scene.world.models.script([...says('Half of').slice(0, -1), new Promise(() => {})]);
		const answering = scene.handler(scene.message(), 1, new AbortController().signal);
		await scene.world.clock.advanceUntil(() => scene.world.shown().length === 1, 60_000);
		await scene.handle({ ...scene.base('stop'), type: 'stop-requested', actor: actor('luis') });
		await waitFor(scene.world.clock, answering);
		expect(scene.world.shown()).toEqual([`Half of\n\n${english.notice.stopped}`]);
	});

	it.each<[string, (replyId: string) => ChatEvent]>([
		['Stop', (replyId) => scene.pressed({ name: 'stop', replyId })],
		["the platform's own Stop", () => ({ ...scene.base('stop'), type: 'stop-requested', actor: actor('ana') })],
	])('%s stops the answer that is being written', async (_name, eventFor) => {
		scene.world.models.script([...says('Half of').slice(0, -1), new Promise(() => {})]);
		const answering = scene.handler(scene.message(), 1, new AbortController().signal);
		await scene.world.clock.advanceUntil(() => scene.world.shown().length === 1, 60_000);
		expect(await scene.handle(eventFor(scene.world.platform.messages[0]?.replyId ?? (await scene.runningAnswerId())))).toBe('commanded');
		await waitFor(scene.world.clock, answering);
		expect(await answering).toBe('stopped');
	});
});
