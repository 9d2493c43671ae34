/** Discord's refusals, as the real SDK throws them, in the words of the port. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { refusalOf } from '#src/platform/refusal.ts';
import { createDiscordCall } from '../../../adapters/discord/client.ts';
import { type DiscordWorld, openDiscordWorld } from './discord-world.ts';

type Fault = Parameters<DiscordWorld['discord']['fail']>[0];

describe('an error of Discord', () => {
	let world: DiscordWorld;
	let platform: ChatPlatform;
	let place: Place;
	beforeAll(async () => {
		world = await openDiscordWorld();
		({ platform } = world.addProcess());
		place = { platform: 'discord', tenantId: world.guild, channelId: world.general, threadId: '', kind: 'channel' };
	});
	afterAll(() => world.close());
	beforeEach(() => world.discord.clearFaults());

	async function errorOf(work: Promise<unknown>): Promise<BotError> {
		const error = await work.catch((thrown: unknown) => thrown);
		if (!(error instanceof BotError)) throw new Error(`no BotError: ${String(error)}`);
		return error;
	}

	const post = (text: string) => platform.post(place, { text, buttons: [] }, AbortSignal.timeout(5_000));

	it.each<[Omit<Fault, 'operation'>, Partial<BotError>]>([
		[
			{ kind: '429', retryAfterSeconds: 7 },
			{ code: 'PLATFORM_RATE_LIMITED', retryable: true, retryAfterMs: 7_000 },
		],
		[{ kind: '500' }, { code: 'PLATFORM_UNAVAILABLE', retryable: true }],
		[{ kind: '502' }, { code: 'PLATFORM_UNAVAILABLE', retryable: true }],
		[{ kind: '503' }, { code: 'PLATFORM_UNAVAILABLE', retryable: true }],
		[{ kind: 'reset' }, { code: 'PLATFORM_UNAVAILABLE', retryable: true, reason: undefined }],
		[
			{ kind: 'error', code: 10008, status: 404 },
			{ code: 'PLATFORM_REJECTED', retryable: false, reason: 'message-gone' },
		],
		[{ kind: 'error', code: 30046, status: 429 }, { code: 'PLATFORM_RATE_LIMITED' }],
		[
			{ kind: 'error', code: 30046, status: 400 },
			{ code: 'PLATFORM_REJECTED', reason: 'edited-too-often', refusal: 'message-closed' },
		],
		[
			{ kind: 'error', code: 50001, status: 403 },
			{ code: 'PLATFORM_REJECTED', reason: 'no-access', refusal: 'may-not-post' },
		],
		[
			{ kind: 'error', code: 50013, status: 403 },
			{ code: 'PLATFORM_REJECTED', reason: 'no-permission', refusal: 'may-not-post' },
		],
		[
			{ kind: 'error', code: 50083, status: 400 },
			{ code: 'PLATFORM_REJECTED', reason: 'thread-archived', refusal: 'message-closed' },
		],
		[
			{ kind: 'error', code: 10003, status: 404 },
			{ code: 'PLATFORM_REJECTED', reason: 'channel-gone', refusal: 'place-gone' },
		],
		[
			{ kind: 'error', code: 50007, status: 403 },
			{ code: 'PLATFORM_REJECTED', reason: 'direct-messages-closed', refusal: 'may-not-post' },
		],
		[
			{ kind: 'error', code: 200000, status: 400 },
			{ code: 'PLATFORM_REJECTED', reason: 'blocked-by-rules', refusal: 'blocked-by-rules' },
		],
		[
			{ kind: 'error', code: 40062, status: 400 },
			{ code: 'PLATFORM_RATE_LIMITED', retryable: true },
		],
		[
			{ kind: 'error', code: 31337, status: 400 },
			{ code: 'PLATFORM_REJECTED', reason: '31337', refusal: undefined },
		],
		[
			{ kind: 'error', code: 0, status: 403 },
			{ code: 'PLATFORM_REJECTED', reason: 'http-403' },
		],
	])('is told in the words of the port: %j', async (fault, expected) => {
		world.discord.fail({ operation: 'create-message', ...fault });
		const error = await errorOf(post('x'));
		expect({ ...error, reason: error.reason }).toMatchObject(expected);
		if (expected.refusal !== undefined) expect(refusalOf(error)).toBe(expected.refusal);
		expect(error.message).not.toContain(world.general);
	});

	it('is too much text only where that is what Discord says', async () => {
		expect(await errorOf(post('x'.repeat(2_001)))).toMatchObject({ code: 'PLATFORM_REJECTED', reason: 'too-long' });
		const buttons = [{ label: '', action: { name: 'retry', replyId: 'r' } as const }];
		expect(await errorOf(platform.post(place, { text: 'x', buttons }, AbortSignal.timeout(5_000)))).toMatchObject({
			reason: 'invalid-form',
			refusal: 'form-refused',
		});
	});

	it('does not keep the next call from being made, not even a refused token', async () => {
		world.discord.fail({ operation: 'create-message', kind: 'error', status: 401, code: 0 });
		expect(await errorOf(post('x'))).toMatchObject({ code: 'PLATFORM_REJECTED', reason: 'unauthorised' });
		await post('y');
		expect(world.discord.messages(world.general).at(-1)?.content).toBe('y');
	});

	it('says when nothing was sent', async () => {
		const call = createDiscordCall('token', 'http://127.0.0.1:1/api');
		const error = await errorOf(call('get gateway', { method: 'GET', route: '/gateway' }));
		expect(error).toMatchObject({ code: 'PLATFORM_UNAVAILABLE', retryable: true, reason: 'not-sent' });
	});

	it('never waits long by itself, and repeats nothing by itself', async () => {
		for (const kind of ['429', '500', '429-global'] as const) {
			world.discord.fail({ operation: 'create-message', kind, retryAfterSeconds: 3 });
			const before = world.discord.callsTo('create-message').length;
			const beganAtMs = performance.now();
			await errorOf(post('x'));
			expect(performance.now() - beganAtMs).toBeLessThan(1_500);
			expect(world.discord.callsTo('create-message')).toHaveLength(before + 1);
		}
	});
});
