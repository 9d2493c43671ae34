/** What is said below the text of a reply while nothing more of it comes. */

import { describe, expect, it } from 'vitest';
import { roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { editOnly, finish, open, type } from './reply-fixture.ts';

const text = 'The beginning of an answer that the model leaves. ';

describe.each([
	['edited', editOnly],
	['streamed', roomyCapabilities],
	['edited, in its second message', { ...editOnly, messageText: { limit: 400, unit: 'utf8-bytes' } as const }],
])('a remark below a reply that is %s', (_name, capabilities) => {
	const before = text.repeat(6);

	it('stands there until it is taken away, and nothing of it stays', async () => {
		const { platform, clock, reply } = open(capabilities);
		await type(reply, clock, before, 100);
		reply.remark('Nothing for 15 s.');
		await clock.advance(3_000);
		expect(platform.visible().at(-1)?.text).toMatch(/leaves\.\s+Nothing for 15 s\.$/);
		reply.remark('Nothing for 30 s.');
		await clock.advance(3_000);
		expect(platform.visible().at(-1)?.text).toMatch(/leaves\.\s+Nothing for 30 s\.$/);
		const messages = platform.visible().length;
		reply.remark('');
		await clock.advance(3_000);
		expect(
			platform
				.visible()
				.map((message) => message.text)
				.join(''),
		).not.toContain('Nothing');
		await type(reply, clock, 'And it goes on.', 100);
		await finish(reply, clock);
		expect(
			platform
				.visible()
				.map((message) => message.text.trim())
				.join(' '),
		).toBe(`${before}And it goes on.`);
		expect(platform.visible()).toHaveLength(messages);
		expect(platform.visible().at(-1)).toMatchObject({ buttons: ['retry'], isStreaming: false });
	});

	it('goes when the reply ends', async () => {
		const { platform, clock, reply } = open(capabilities);
		await type(reply, clock, before, 100);
		reply.remark('Nothing for 15 s.');
		await clock.advance(3_000);
		await finish(reply, clock, 10_000);
		expect(
			platform
				.visible()
				.map((message) => message.text.trim())
				.join(' '),
		).toBe(before.trim());
	});
});
