/** Slack's refusals, as the real SDK throws them, in the words of the port. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { Fault } from '#test/emulators/slack/faults.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

describe('an error of Slack', () => {
	let world: SlackWorld;
	beforeAll(async () => {
		world = await openSlackWorld({ start: false });
	});
	afterAll(() => world.close());

	async function thrownBy(fault: Omit<Fault, 'method'>): Promise<BotError> {
		const { slack, platform, tom } = world;
		slack.fail({ method: 'users.info', ...fault });
		const actor = { tenantId: slack.teamId, accountId: tom };
		const place = { platform: 'slack', tenantId: slack.teamId, channelId: 'C1', threadId: '', kind: 'channel' as const };
		const error = await platform.fetchProfile(actor, place, AbortSignal.timeout(5_000)).catch((thrown: unknown) => thrown);
		if (!(error instanceof BotError)) throw new Error(`no BotError: ${String(error)}`);
		return error;
	}

	it.each<[Omit<Fault, 'method'>, Partial<BotError>]>([
		[
			{ kind: '429', retryAfterSeconds: 7 },
			{ code: 'PLATFORM_RATE_LIMITED', retryable: true, retryAfterMs: 7_000 },
		],
		[
			{ kind: 'error', error: 'ratelimited' },
			{ code: 'PLATFORM_RATE_LIMITED', retryable: true },
		],
		[
			{ kind: 'error', error: 'internal_error' },
			{ code: 'PLATFORM_UNAVAILABLE', retryable: true, reason: 'internal_error' },
		],
		[
			{ kind: 'error', error: 'service_unavailable' },
			{ code: 'PLATFORM_UNAVAILABLE', retryable: true },
		],
		[{ kind: '500' }, { code: 'PLATFORM_UNAVAILABLE', retryable: true }],
		[{ kind: '502' }, { code: 'PLATFORM_UNAVAILABLE', retryable: true }],
		[{ kind: 'reset' }, { code: 'PLATFORM_UNAVAILABLE', retryable: true }],
		[
			{ kind: 'error', error: 'message_not_found' },
			{ code: 'PLATFORM_REJECTED', retryable: false, reason: 'message-gone' },
		],
		[
			{ kind: 'error', error: 'message_not_in_streaming_state' },
			{ code: 'PLATFORM_REJECTED', reason: 'stream-closed' },
		],
		[
			{ kind: 'error', error: 'streaming_state_conflict' },
			{ code: 'PLATFORM_REJECTED', reason: 'stream-open' },
		],
		[
			{ kind: 'error', error: 'stopped_by_user' },
			{ code: 'PLATFORM_REJECTED', reason: 'stopped-by-person' },
		],
		[
			{ kind: 'error', error: 'msg_too_long' },
			{ code: 'PLATFORM_REJECTED', reason: 'too-long' },
		],
		[
			{ kind: 'error', error: 'msg_blocks_too_long' },
			{ code: 'PLATFORM_REJECTED', reason: 'too-long' },
		],
		...Object.entries({
			channel_not_found: 'may-not-post',
			is_archived: 'may-not-post',
			not_in_channel: 'may-not-post',
			restricted_action: 'may-not-post',
			restricted_action_thread_only_channel: 'may-not-post',
			invalid_blocks: 'form-refused',
			markdown_text_conflict: 'form-refused',
			msg_blocks_too_many: 'form-refused',
			edit_window_closed: 'message-closed',
			invalid_thread_ts: 'place-gone',
		}).map(([error, reason]): [Omit<Fault, 'method'>, Partial<BotError>] => [
			{ kind: 'error', error },
			{ code: 'PLATFORM_REJECTED', reason },
		]),
		[
			{ kind: 'error', error: 'missing_scope' },
			{ code: 'PLATFORM_REJECTED', retryable: false, reason: 'missing_scope' },
		],
	])('like %o becomes %o', async (fault, expected) => {
		const { code, retryable, reason, retryAfterMs } = await thrownBy(fault);
		expect({ code, retryable, reason, retryAfterMs }).toMatchObject(expected);
	});

	it('carries no token, neither in its words nor in its causes', async () => {
		const error = await thrownBy({ kind: '500' });
		const causes = [error, error.cause].map((part) =>
			part instanceof Error ? `${part.message} ${part.stack} ${JSON.stringify(part)}` : '',
		);
		expect(causes.join(' ')).not.toContain(world.slack.botToken);
	});
});
