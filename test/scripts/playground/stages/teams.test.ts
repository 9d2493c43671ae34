/** What the page makes of the bot's messages in Teams, and the times of its answers. */

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Conversation, startTeamsEmulator, type TeamsEmulator, type User } from '#test/emulators/teams/index.ts';
import { createTestBot, type TestBot } from '#test/emulators/teams/test-bot.ts';
import { createRoster, type Roster } from '../../../../scripts/playground/roster.ts';
import { isForm, toMessage, typedForTeams } from '../../../../scripts/playground/stages/teams/message.ts';
import { traceInTeams } from '../../../../scripts/playground/stages/teams/trace.ts';
import type { Message } from '../../../../scripts/playground/wire.ts';

let nowMs: number;
let teams: TeamsEmulator;
let bot: TestBot;
let ana: User;
let chat: Conversation;
let roster: Roster;

beforeEach(async () => {
	nowMs = Date.UTC(2026, 10, 2, 9);
	teams = await startTeamsEmulator({ now: () => nowMs, limits: false });
	bot = createTestBot(teams);
	ana = teams.tenant.addUser({ name: 'Ana Ruiz' });
	chat = teams.tenant.openPersonalChat(ana.id);
	const ids = new Map([
		['ana', ana.id],
		['openccb', 'bot'],
	]);
	roster = createRoster([{ id: 'ana', name: 'Ana Ruiz' }], ids);
});

afterEach(() => teams.close());

async function posted(activity: Record<string, unknown>): Promise<Message> {
	const { body } = await bot.post(chat.id, activity);
	const message = teams.message(chat.id, body.id ?? '');
	if (message === undefined) throw new Error(JSON.stringify(body));
	return toMessage(message, roster);
}

const card = (content: Record<string, unknown>) => ({
	contentType: 'application/vnd.microsoft.card.adaptive',
	content: { type: 'AdaptiveCard', version: '1.5', ...content },
});

test('an answer has its label, its sources and thumbs', async () => {
	const claim = { '@type': 'DigitalDocument', name: 'Handbook', abstract: 'Holidays', url: 'https://example.com/handbook' };
	const message = await posted({
		text: '23 days [1].',
		channelData: { feedbackLoop: { type: 'default' } },
		entities: [
			{
				type: 'https://schema.org/Message',
				'@type': 'Message',
				'@context': 'https://schema.org',
				additionalType: ['AIGeneratedContent'],
				citation: [{ '@type': 'Claim', position: 1, appearance: claim }],
			},
		],
	});
	expect(message).toMatchObject({ authorId: 'openccb', isAi: true, isCard: false, parts: [{ format: 'markdown', text: '23 days [1].' }] });
	expect(message.citations).toEqual([{ number: 1, title: 'Handbook', about: '', text: 'Holidays', url: 'https://example.com/handbook' }]);
	expect(message.buttons.map(({ value, thumb }) => [value, thumb])).toEqual([
		['like', 'up'],
		['dislike', 'down'],
	]);
});

test('each choice of a menu in a card can be pressed with its button', async () => {
	const choices = [
		{ title: '[1] Plan', value: '1' },
		{ title: '[2] Map', value: '2' },
	];
	const body = [
		{ type: 'TextBlock', text: 'So [1] [2].' },
		{ type: 'Input.ChoiceSet', id: 'position', style: 'compact', choices },
	];
	const actions = [{ type: 'Action.Execute', title: 'Show passage', verb: 'openccb', data: { openccb: { name: 'passage' } } }];
	const { parts, buttons } = await posted({ attachments: [card({ body, actions })] });
	expect(parts).toEqual([{ format: 'markdown', text: 'So [1] [2].' }]);
	expect(buttons.map(({ id, label, menu }) => [id, label, menu])).toEqual([
		['Show passage', '[1] Plan', 'Show passage'],
		['Show passage', '[2] Map', 'Show passage'],
	]);
	expect(JSON.parse(buttons[1]?.value ?? '')).toEqual({ data: { openccb: { name: 'passage' } }, inputs: { position: '2' } });
});

test('what a person typed is shown as they typed it', async () => {
	const text = 'a < b & https://example.com/?a=1&b=2';
	const { id } = await teams.say({ user: ana.id, conversation: chat.id, text });
	const said = teams.message(chat.id, id);
	if (said === undefined) throw new Error('nothing was said');
	expect(toMessage(said, roster).parts).toEqual([{ format: 'markdown', text }]);
});

test('a form shows what it asks for, and its button is known for one that this page cannot fill in', async () => {
	const data = { openccb_form: { text: 'admin grant', threadId: '' } };
	const message = await posted({
		attachments: [
			card({ body: [{ type: 'Input.Text', id: 'person', label: 'Person' }], actions: [{ type: 'Action.Execute', title: 'Go', data }] }),
		],
	});
	expect(message.parts).toEqual([{ format: 'plain', text: 'Person' }]);
	expect(message.buttons.map(({ value }) => isForm(JSON.parse(value).data))).toEqual([true]);
	expect(isForm({ openccb: { name: 'stop', replyId: 'r1' } })).toBe(false);
});

test('a card is shown piece by piece, with its buttons', async () => {
	const cell = (text: string) => ({ type: 'TableCell', items: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] }] });
	const data = { openccb: { name: 'stop', replyId: 'r1' } };
	const message = await posted({
		attachments: [
			card({
				body: [
					{ type: 'TextBlock', text: '**Bold** words' },
					{ type: 'CodeBlock', codeSnippet: 'SELECT 1', language: 'SQL' },
					{ type: 'Table', columns: [{}, {}], rows: [{ type: 'TableRow', cells: [cell('Step'), cell('Who')] }] },
					{ type: 'Container', items: [{ type: 'TextBlock', text: 'Quoted' }] },
				],
				actions: [{ type: 'Action.Execute', title: 'Stop', verb: 'openccb', data }],
			}),
		],
	});
	expect(message.parts).toEqual([
		{ format: 'markdown', text: '**Bold** words' },
		{ format: 'code', language: 'SQL', text: 'SELECT 1' },
		{ format: 'table', rows: [['Step', 'Who']] },
		{ format: 'markdown', text: 'Quoted' },
	]);
	expect(message).toMatchObject({ isCard: true, isStreaming: true, buttons: [{ id: 'Stop', value: JSON.stringify({ data }) }] });
});

test('tags are mentions of people, or nothing; code stays as it is', async () => {
	const tag = '<at>Ana Ruiz</at>';
	const entities = [{ type: 'mention', text: tag, mentioned: { id: ana.id, name: 'Ana Ruiz' } }];
	const { parts } = await posted({ text: `${tag} use <b>bold</b> and \`<at>x</at>\``, entities });
	expect(parts).toEqual([{ format: 'markdown', text: '<@ana> use bold and `<at>x</at>`' }]);
});

test('typed names go before the text, as the emulator has them', () => {
	expect(typedForTeams(roster, '@OpenCCB tell @Ana Ruiz the price')).toEqual({
		text: 'tell the price',
		mentionBot: true,
		mentions: [ana.id],
	});
});

test('progress bar, streamed text and end are what people could see', async () => {
	const { id } = await teams.say({ user: ana.id, conversation: chat.id, text: 'What is new?' });
	const question = { personId: ana.id, placeId: chat.id, messageId: id, threadId: null, atMs: nowMs };
	const trace = () => traceInTeams(teams, question, Number.POSITIVE_INFINITY);
	const askedAtMs = nowMs;
	nowMs += 200;
	const begun = await bot.stream(chat.id, 'Thinking…', { streamType: 'informative', streamSequence: 1 });
	const streamId = begun.body.id;
	expect(toMessage(teams.messages(chat.id)[1] ?? expect.fail(), roster)).toMatchObject({
		isStreaming: true,
		parts: [{ format: 'note', text: 'Thinking…' }],
	});
	nowMs += 1_500;
	await bot.stream(chat.id, 'One', { streamType: 'streaming', streamSequence: 2, streamId });
	expect(trace()).toEqual({ signAtMs: askedAtMs + 200, textAtMs: [askedAtMs + 1_700], messageCount: 1, isOpen: true });
	nowMs += 1_500;
	await bot.stream(chat.id, 'One two', { streamId });
	expect(trace()).toMatchObject({ textAtMs: [askedAtMs + 1_700, askedAtMs + 3_200], isOpen: false });
});

test('in a group chat typing is the first sign', async () => {
	const group = teams.tenant.addGroupChat([ana.id]);
	const { id } = await teams.say({ user: ana.id, conversation: group.id, text: 'What is new?', mentionBot: true });
	const question = { personId: ana.id, placeId: group.id, messageId: id, threadId: null, atMs: nowMs };
	nowMs += 100;
	await bot.post(group.id, { type: 'typing' });
	expect(traceInTeams(teams, question, Number.POSITIVE_INFINITY)).toMatchObject({ signAtMs: nowMs, textAtMs: [] });
});
