/** Native streams over the emulated Teams: what goes over the wire, and every way in which a stream can end. */

import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import type { MessageReference } from '#src/platform/chat-platform.ts';
import { listed } from '#test/fakes/sources.ts';
import { createTeamsAdapter } from '../../../adapters/teams/index.ts';
import { openTeamsWorld, settingsFor, type TeamsWorld } from './teams-world.ts';

describe('a stream', () => {
	let world: TeamsWorld;
	const { signal } = new AbortController();
	beforeEach(async () => {
		world = await openTeamsWorld();
	});
	afterEach(() => world.close());

	const open = (text: string) => world.platform.openStream(world.placeOf('direct'), world.actor(world.tom), text, signal);
	const append = (reference: MessageReference, delta: string, text: string) =>
		world.platform.appendStream(reference, { delta, text }, signal);
	const shown = ({ messageId }: MessageReference) => world.teams.message(world.conversations.direct, messageId);
	const reasonOf = (work: Promise<unknown>) =>
		work.then(
			() => 'done',
			(thrown: unknown) => (thrown instanceof BotError ? (thrown.reason ?? thrown.code) : String(thrown)),
		);
	const bodies = () => world.teams.callsTo('stream').map(({ body }) => body as Record<string, unknown>);
	const infos = () => bodies().map(({ entities }) => (entities as Record<string, unknown>[]).find(({ type }) => type === 'streaminfo'));

	it('sends the whole text each time, numbered, and the marks at the end', async () => {
		const reference = await open('One');
		await append(reference, ' two', 'One two');
		const buttons = (['up', 'down'] as const).map((rating) => ({
			label: rating,
			action: { name: 'feedback', replyId: 'r1', rating } as const,
		}));
		const sources = listed({ position: 1, title: 'Plan', url: 'https://a.example/', excerpt: 'so' });
		await world.platform.closeStream(reference, ' [1]', { text: 'One two [1]', buttons, replyId: 'r1', sources }, signal);
		expect(bodies().map(({ type, text }) => [type, text])).toEqual([
			['typing', 'One'],
			['typing', 'One two'],
			['message', 'One two [1]'],
		]);
		const streamId = reference.messageId;
		expect(infos()).toEqual([
			{ type: 'streaminfo', streamType: 'streaming', streamSequence: 1 },
			{ type: 'streaminfo', streamType: 'streaming', streamSequence: 2, streamId },
			{ type: 'streaminfo', streamType: 'final', streamId },
		]);
		expect(bodies().map(({ channelData }) => channelData)).toMatchObject([
			{ streamSequence: 1 },
			{ streamSequence: 2 },
			{ streamType: 'final' },
		]);
		expect(shown(reference)).toMatchObject({ streaming: 'done', aiGenerated: true, feedbackEnabled: true, citations: [{ name: 'Plan' }] });
	});

	it('shows a table once it is whole, drawn', async () => {
		const reference = await open('Look:');
		const text = 'Look:\n\n| a | b |\n|---|---|\n| 1 | 2 |';
		await append(reference, text.slice(5), text);
		await world.platform.closeStream(reference, '\n\nSo.', { text: `${text}\n\nSo.`, buttons: [] }, signal);
		expect(shown(reference)?.text).toBe('Look:\n\n```\na | b\n--+--\n1 | 2\n```\n\nSo.');
	});

	it('is closed as it is when the text did not go on from it, and can then be edited', async () => {
		const reference = await open('Name');
		expect(await reasonOf(append(reference, '', 'Other'))).toBe('stream-closed');
		expect(shown(reference)).toMatchObject({ text: 'Name', streaming: 'done' });
		await world.platform.edit(reference, { text: 'Other', buttons: [] }, signal);
		expect(shown(reference)?.text).toBe('Other');
	});

	it.each([
		['that goes on', ' more', 'One more', 'done', 'One more'],
		['that is another', '', 'Other', 'done', 'One'],
		['that is another although it was to go on', ' more', 'Other', 'stream-closed', 'One'],
		['that is empty', '', '', 'done', 'One'],
	])('ends with a text %s', async (_name, delta, text, outcome, visible) => {
		const reference = await open('One');
		expect(await reasonOf(world.platform.closeStream(reference, delta, { text, buttons: [] }, signal))).toBe(outcome);
		expect(shown(reference)).toMatchObject({ text: visible, streaming: 'done' });
	});

	it('of another process is closed by its id and its whole text, and is not edited before', async () => {
		const other = createTeamsAdapter(
			{ ...settingsFor(world.teams), language: 'en' },
			{
				server: Fastify(),
				clock: systemClock,
				onRejected: () => {},
				onFailed: () => {},
				onHealth: () => {},
			},
		);
		const reference = await open('One');
		expect(await reasonOf(other.appendStream(reference, { delta: ' two', text: 'One two' }, signal))).toBe('stream-closed');
		expect(await reasonOf(other.edit(reference, { text: 'One two', buttons: [] }, signal))).toBe('stream-open');
		expect(await reasonOf(other.closeStream(reference, '', { text: '', buttons: [] }, signal))).toBe('stream-closed');
		expect(await reasonOf(other.closeStream(reference, '', { text: 'Two', buttons: [] }, signal))).toBe('stream-closed');
		expect(await reasonOf(other.closeStream(reference, '', { text: 'One two', buttons: [] }, signal))).toBe('done');
		expect(shown(reference)).toMatchObject({ text: 'One two', streaming: 'done' });
	});

	it('says who ended it: a person, its age, its size, or the service', async () => {
		const stopped = await open('One');
		await world.teams.stopStreaming({ user: world.tom.id, conversation: world.conversations.direct });
		expect(await reasonOf(append(stopped, ' two', 'One two'))).toBe('stopped-by-person');
		const expired = await open('One');
		world.teams.ageStream(world.conversations.direct, expired.messageId, 121_000);
		expect(await reasonOf(append(expired, ' two', 'One two'))).toBe('stream-closed');
		await world.platform.edit(expired, { text: 'One two', buttons: [] }, signal);
		expect(shown(expired)?.text).toBe('One two');
		const full = await open('One');
		const long = `One${' x'.repeat(60_000)}`;
		expect(await reasonOf(append(full, '', long))).toBe('too-long');
		expect(await reasonOf(world.platform.openStream(world.placeOf('group'), world.actor(world.tom), 'x', signal))).toBe(
			'ContentStreamNotAllowed',
		);
	});

	it('outlives a limit, a lost answer and a number out of order', async () => {
		const reference = await open('One');
		world.teams.fail({ operation: 'stream', kind: '429', retryAfterSeconds: 1 });
		expect(await reasonOf(append(reference, ' two', 'One two'))).toBe('PLATFORM_RATE_LIMITED');
		await append(reference, ' two', 'One two');
		world.teams.fail({ operation: 'stream', kind: 'stored-then-502' });
		expect(await reasonOf(append(reference, ' three', 'One two three'))).toBe('PLATFORM_UNAVAILABLE');
		await append(reference, ' four', 'One two three four');
		await world.platform.closeStream(reference, '', { text: 'One two three four', buttons: [] }, signal);
		expect(shown(reference)).toMatchObject({ text: 'One two three four', streaming: 'done' });
	});

	it('cannot be edited while it runs', async () => {
		const reference = await open('One');
		expect(await reasonOf(world.platform.edit(reference, { text: 'x', buttons: [] }, signal))).toBe('stream-open');
		expect(world.teams.callsTo('update')).toEqual([]);
	});

	it('is forgotten when nobody ended it', async () => {
		const left = await open('One');
		world.teams.ageStream(world.conversations.direct, left.messageId, 121_000);
		world.advance(6 * 60_000);
		await open('Next');
		// Asked of Teams, and not of the memory of this process.
		await world.platform.edit(left, { text: 'mended', buttons: [] }, signal);
		expect(shown(left)?.text).toBe('mended');
	});
});
