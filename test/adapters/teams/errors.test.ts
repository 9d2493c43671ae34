/** What the connector and the network say when a call fails, in the words of the port; and what is repeated within a call. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BotError } from '#src/errors.ts';
import type { Fault, Operation } from '#test/emulators/teams/faults.ts';
import { type FailedAnswer, toPlatformError } from '../../../adapters/teams/errors.ts';
import { openTeamsWorld, type TeamsWorld } from './teams-world.ts';

describe('an answer of the connector', () => {
	const now = Date.parse('2026-11-23T10:00:00Z');
	const answer = (status: number, code = '', message = '', retryAfter: string | null = null): FailedAnswer => ({
		status,
		code,
		message,
		retryAfter,
	});
	const stream = (message: string) => answer(403, 'ContentStreamNotAllowed', message);

	it.each<[string, FailedAnswer, Partial<BotError>]>([
		['post', answer(429, '', '', '7'), { code: 'PLATFORM_RATE_LIMITED', retryable: true, retryAfterMs: 7_000 }],
		['post', answer(429, '', '', 'Mon, 23 Nov 2026 10:00:03 GMT'), { code: 'PLATFORM_RATE_LIMITED', retryAfterMs: 3_000 }],
		['post', answer(429, '', '', 'soon'), { code: 'PLATFORM_RATE_LIMITED', retryAfterMs: undefined }],
		['post', answer(412), { code: 'PLATFORM_UNAVAILABLE', retryable: true, reason: 'not-sent' }],
		['post', answer(502), { code: 'PLATFORM_UNAVAILABLE', retryable: true, reason: undefined }],
		['post', answer(413, 'MessageSizeTooBig'), { code: 'PLATFORM_REJECTED', reason: 'too-long' }],
		['post', answer(404, 'ConversationNotFound'), { retryable: false, reason: 'ConversationNotFound', refusal: 'place-gone' }],
		['post', answer(403, 'BotNotInConversationRoster'), { reason: 'BotNotInConversationRoster', refusal: 'may-not-post' }],
		['post', answer(403, 'MessageWritesBlocked'), { reason: 'MessageWritesBlocked', refusal: 'may-not-post' }],
		['edit', answer(403, 'ConversationBlockedByUser'), { reason: 'ConversationBlockedByUser', refusal: 'may-not-post' }],
		['post', answer(400, 'BadSyntax'), { reason: 'BadSyntax', refusal: 'form-refused' }],
		['post', answer(404, 'ActivityNotFoundInConversation'), { refusal: 'place-gone' }],
		['edit', answer(404, 'ConversationNotFound'), { refusal: 'place-gone' }],
		['post', answer(403, 'SomethingNew'), { code: 'PLATFORM_REJECTED', reason: 'SomethingNew', refusal: undefined }],
		['post', answer(503), { code: 'PLATFORM_UNAVAILABLE', reason: 'not-sent' }],
		['edit', answer(404, 'ActivityNotFoundInConversation'), { code: 'PLATFORM_REJECTED', reason: 'message-gone' }],
		['remove', answer(404), { code: 'PLATFORM_REJECTED', reason: 'message-gone' }],
		['member', answer(404), { code: 'PLATFORM_REJECTED', reason: 'http-404' }],
		['post', stream('Content stream was canceled by user.'), { reason: 'stopped-by-person' }],
		['post', stream('Content stream finished due to exceeded streaming time.'), { reason: 'stream-closed' }],
		['post', stream('Content stream is not allowed on an already completed streamed message'), { reason: 'stream-closed' }],
		['post', stream('Request streamed content should contain the previously streamed content'), { reason: 'stream-closed' }],
		['post', stream('Message size too large'), { reason: 'too-long' }],
		['post', stream('Content stream is not allowed'), { reason: 'ContentStreamNotAllowed' }],
		['post', stream('A phrase of tomorrow'), { reason: 'ContentStreamNotAllowed' }],
		['edit', stream('Content stream is not allowed'), { reason: 'stream-open' }],
		['edit', stream('Content stream was cancelled by user.'), { reason: 'stopped-by-person' }],
	])('to %s that is %o has a meaning', (operation, given, expected) => {
		const { code, retryable, reason, refusal, retryAfterMs } = toPlatformError(operation, given, now);
		expect({ code, retryable, reason, refusal, retryAfterMs }).toMatchObject(expected);
	});

	it('leaves its words behind, which may be those of people', () => {
		const error = toPlatformError('post', answer(400, 'BadSyntax', 'secret words'), now);
		expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('secret words');
	});
});

describe('a call', () => {
	let world: TeamsWorld;
	const { signal } = new AbortController();
	beforeAll(async () => {
		world = await openTeamsWorld({ start: false });
	});
	afterAll(() => world.close());
	afterEach(() => world.teams.clearFaults());

	const post = () => world.platform.post(world.placeOf('direct'), { text: 'hi', buttons: [] }, signal);
	const profile = () => world.platform.fetchProfile(world.actor(world.tom), world.placeOf('direct'), signal);
	async function calls(operation: Operation, work: () => Promise<unknown>): Promise<[count: number, error: BotError | null]> {
		const before = world.teams.callsTo(operation).length;
		const error = await work().then(
			() => null,
			(thrown: unknown) => thrown as BotError,
		);
		return [world.teams.callsTo(operation).length - before, error];
	}

	it.each<[Fault['kind'], number, string | undefined]>([
		['412', 2, undefined],
		['429', 1, 'PLATFORM_RATE_LIMITED'],
		['500', 1, 'PLATFORM_UNAVAILABLE'],
		['502', 1, 'PLATFORM_UNAVAILABLE'],
		['503', 1, 'PLATFORM_UNAVAILABLE'],
		['504', 1, 'PLATFORM_UNAVAILABLE'],
		['stored-then-502', 1, 'PLATFORM_UNAVAILABLE'],
		['stored-then-reset', 1, 'PLATFORM_UNAVAILABLE'],
		['reset', 1, 'PLATFORM_UNAVAILABLE'],
	])('that posts and meets %s is made %i times, so that nothing appears twice', async (kind, count, code) => {
		world.teams.fail({ operation: 'post', kind });
		const shown = world.teams.messages(world.conversations.direct).length;
		const [made, error] = await calls('post', post);
		expect([made, error?.code]).toEqual([count, code]);
		expect(error?.reason === 'not-sent').toBe(kind === '503');
		expect(world.teams.messages(world.conversations.direct).length - shown).toBeLessThanOrEqual(1);
	});

	it('that meets nothing but 412 gives up, and has sent nothing', async () => {
		world.teams.fail({ operation: 'post', kind: '412', times: 9 });
		const [made, error] = await calls('post', post);
		expect(made).toBe(4);
		expect(error).toMatchObject({ code: 'PLATFORM_UNAVAILABLE', reason: 'not-sent', retryable: true });
	});

	it('that only asks is made again', async () => {
		world.teams.fail({ operation: 'member', kind: '502', times: 2 });
		expect(await calls('member', profile)).toEqual([3, null]);
	});

	it('whose token was taken back is made again with a new one, once', async () => {
		await post();
		world.teams.revokeTokens();
		expect(await calls('post', post)).toEqual([2, null]);
		world.teams.fail({ operation: 'post', kind: 'expired-token', times: 9 });
		const [made, error] = await calls('post', post);
		expect([made, error?.code]).toEqual([2, 'PLATFORM_REJECTED']);
	});

	it('that finds nobody there has sent nothing', async () => {
		const gone = await openTeamsWorld({ start: false });
		await gone.close();
		const place = gone.placeOf('direct');
		const here = await openTeamsWorld({ start: false, serviceHosts: [new URL(place.route ?? '').host] });
		const error = await here.platform.post(place, { text: 'hi', buttons: [] }, signal).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ code: 'PLATFORM_UNAVAILABLE', reason: 'not-sent' });
		await here.close();
	});

	it.each([
		['without a route', undefined],
		['whose route is not on the list', 'https://smba.trafficmanager.net.evil.example/emea/'],
		['whose route is on the list but not secret', 'http://smba.trafficmanager.net/emea/'],
		['whose route has a user name', 'http://localhost@evil.example/'],
	])('to a place %s is not made', async (_name, route) => {
		const { route: _route, ...place } = world.placeOf('direct');
		const work = world.platform.post(route === undefined ? place : { ...place, route }, { text: 'hi', buttons: [] }, signal);
		expect(await work.catch((thrown: unknown) => thrown)).toMatchObject({ code: 'PLATFORM_REJECTED', reason: 'no-route' });
	});

	it('carries no token, neither in its errors nor in their causes', async () => {
		world.teams.fail({ operation: 'post', kind: 'reset' });
		const [, error] = await calls('post', post);
		const causes = [error, error?.cause, (error?.cause as Error | undefined)?.cause];
		const words = causes.map((part) => (part instanceof Error ? `${part.message} ${part.stack} ${JSON.stringify(part)}` : '')).join(' ');
		expect(words).not.toMatch(/emulated\.|Bearer|emulated-app-password/);
	});
});
