/** Texts as long as Slack takes them, in every way that Slack repeats them: what was stored must be erased when it is deleted. */

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '#test/e2e/eventually.ts';
import { bytesOf, sendBytes } from '#test/http/raw-request.ts';
import { openSlackWorld, type SlackWorld } from './slack-world.ts';

const mostCharacters = 40_000;

let world: SlackWorld;
beforeAll(async () => {
	world = await openSlackWorld();
	await eventually(() => world.platform.health().state === 'up');
});
afterAll(() => world.close());

/** Slack writes JSON in ASCII, and escapes slashes. */
const inAscii = (value: unknown) =>
	JSON.stringify(value)
		.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.replaceAll('/', '\\/');

async function post(event: object): Promise<{ status: number; taken: unknown[] }> {
	const { slack, address, events } = world;
	const body = inAscii({
		type: 'event_callback',
		team_id: slack.teamId,
		event_id: 'Ev1',
		event: { ...event, channel: 'D1', channel_type: 'im' },
	});
	const timestamp = String(Math.floor(Date.now() / 1_000));
	const digest = createHmac('sha256', slack.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
	const signature = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
	events.length = 0;
	const bytes = bytesOf({ path: '/slack/events', headers: { 'content-type': 'application/json', ...signature }, body });
	const { status } = await sendBytes(address, bytes);
	return { status, taken: [...events] };
}

const ofText = (text: string) => ({ text, elements: [{ type: 'text', text }] });
const ofPieces = (source: string, element: object) => {
	const count = Math.floor(mostCharacters / source.length);
	return { text: source.repeat(count), elements: Array.from({ length: count }, () => element) };
};

describe.each([
	['Latin letters', ofText('a'.repeat(mostCharacters))],
	['Cyrillic letters', ofText('я'.repeat(mostCharacters))],
	['Chinese characters', ofText('中'.repeat(mostCharacters))],
	['emoji in the text', ofText('😀'.repeat(mostCharacters / 2))],
	['emoji with names', ofPieces(':grinning:', { type: 'emoji', name: 'grinning', unicode: '1f600' })],
	['words in bold', ofPieces('*word* ', { type: 'text', text: 'word', style: { bold: true } })],
])('a text at the limit of %s', (_name, { text, elements }) => {
	const blocks = [{ type: 'rich_text', block_id: 'b1', elements: [{ type: 'rich_text_section', elements }] }];
	const message = (more = {}) => ({ type: 'message', user: world.tom, ts: '1700000000.000100', text, blocks, ...more });
	const tells = { type: 'message', hidden: true, ts: '1700000001.000200' };

	it('is taken as a message', async () => {
		expect(await post(message())).toMatchObject({ status: 200, taken: [{ type: 'message-received', messageId: '1700000000.000100' }] });
	});

	it('is taken as an edit', async () => {
		const edited = {
			...tells,
			subtype: 'message_changed',
			message: message({ text: `${text.slice(0, -1)}.` }),
			previous_message: message(),
		};
		expect(await post(edited)).toMatchObject({ status: 200, taken: [{ type: 'message-edited', messageId: '1700000000.000100' }] });
	});

	it('is taken as a deletion', async () => {
		const deleted = { ...tells, subtype: 'message_deleted', deleted_ts: '1700000000.000100', previous_message: message() };
		expect(await post(deleted)).toMatchObject({ status: 200, taken: [{ type: 'message-deleted', messageId: '1700000000.000100' }] });
	});
});

it.each([
	['short emoji', ofPieces(':x:', { type: 'emoji', name: 'x', unicode: '274c' })],
	['crossed out characters', ofPieces('~中~', { type: 'text', text: '中', style: { strike: true } })],
])('a message of nothing but %s is taken, and so is its deletion', async (_name, { text, elements }) => {
	const blocks = [{ type: 'rich_text', block_id: 'b1', elements: [{ type: 'rich_text_section', elements }] }];
	const message = { type: 'message', user: world.tom, ts: '1700000000.000100', text, blocks };
	expect(await post(message)).toMatchObject({ status: 200, taken: [{ type: 'message-received' }] });
	const deleted = { type: 'message', subtype: 'message_deleted', ts: '2.1', deleted_ts: message.ts, previous_message: message };
	expect(await post(deleted)).toMatchObject({ status: 200, taken: [{ type: 'message-deleted' }] });
});
