/** Text that is taken back while a reply grows: what takes its place is all that stays. */

import { describe, expect, it } from 'vitest';
import { roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { editOnly, finish, open, type } from './reply-fixture.ts';

const secret = 'Secret thoughts of the model, which nobody should read. '.repeat(10);
const text = 'The answer is a different one, and shorter. '.repeat(3);
const small = { limit: 500, unit: 'utf8-bytes' } as const;

describe.each([
	['edited', editOnly],
	['streamed', roomyCapabilities],
	['edited, in several messages', { ...editOnly, messageText: small }],
	['streamed, in several messages', { ...roomyCapabilities, messageText: small }],
])('a reply whose text is taken back: %s', (_name, capabilities) => {
	it('shows what comes after, in the messages that are there, and nothing else', async () => {
		const { platform, clock, reply } = open(capabilities);
		await type(reply, clock, secret, 100);
		const before = platform.visible().map(({ id }) => id);
		reply.retract();
		await type(reply, clock, text, 100);
		await clock.advance(3_000);
		expect(platform.visible()[0]?.text).toContain('The answer');
		await finish(reply, clock);
		expect(
			platform
				.visible()
				.map((message) => message.text)
				.join(''),
		).toBe(text);
		expect(platform.visible().at(-1)).toMatchObject({ buttons: ['retry'], isStreaming: false });
		expect(platform.visible()[0]?.id).toBe(before[0]);
		expect(reply.length).toBe(text.length);
	});

	it('ends with the text that is given at the same moment', async () => {
		const { platform, clock, reply } = open(capabilities);
		await type(reply, clock, secret, 100);
		reply.retract();
		reply.append('Yes.');
		await finish(reply, clock);
		expect(platform.visible().map((message) => message.text)).toEqual(['Yes.']);
	});

	it('may be taken back before anything was shown, and more than once', async () => {
		const { platform, clock, reply } = open(capabilities);
		reply.append('Hm');
		reply.retract();
		await type(reply, clock, secret, 100);
		reply.retract();
		await type(reply, clock, secret, 100);
		reply.retract();
		reply.append('Yes.');
		await finish(reply, clock, 10_000);
		expect(platform.visible().map((message) => message.text)).toEqual(['Yes.']);
	});
});
