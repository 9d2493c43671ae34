import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Conversation, startTeamsEmulator, type TeamsEmulator, type User } from '#test/emulators/teams/index.ts';
import { createTestBot, type TestBot } from '#test/emulators/teams/test-bot.ts';

let nowMs: number;
let teams: TeamsEmulator;
let bot: TestBot;
let ana: User;
let chat: Conversation;

beforeEach(async () => {
	nowMs = Date.UTC(2026, 10, 2, 9);
	teams = await startTeamsEmulator({ now: () => nowMs });
	bot = createTestBot(teams);
	ana = teams.tenant.addUser({ name: 'Ana Ruiz' });
	chat = teams.tenant.openPersonalChat(ana.id);
});

afterEach(() => teams.close());

/** Goes on in the stream a second and a half later, as the page recommends. */
function later() {
	nowMs += 1_500;
}

async function begin(text = 'One'): Promise<string> {
	const { status, body } = await bot.stream(chat.id, text, { streamType: 'streaming', streamSequence: 1 });
	expect(status).toBe(201);
	return body.id ?? '';
}

function refusal(code: string, message: string) {
	return { error: { code, message } };
}

test('shows progress, then the growing text, then the whole with its card and marks', async () => {
	const first = await bot.stream(chat.id, 'Searching', { streamType: 'informative', streamSequence: 1 });
	expect(first.status).toBe(201);
	const streamId = first.body.id ?? '';
	expect(teams.message(chat.id, streamId)).toMatchObject({ streaming: 'in_progress', progress: 'Searching', visibleText: '' });
	later();
	expect(await bot.stream(chat.id, 'One', { streamType: 'streaming', streamSequence: 2, streamId })).toMatchObject({
		status: 202,
		body: {},
	});
	later();
	await bot.stream(chat.id, 'One two', { streamType: 'streaming', streamSequence: 3, streamId });
	later();
	const label = { type: 'https://schema.org/Message', '@type': 'Message', additionalType: ['AIGeneratedContent'] };
	const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Sources' }] };
	const last = await bot.post(chat.id, {
		text: 'One two three',
		entities: [{ type: 'streaminfo', streamType: 'final', streamId }, label],
		attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
		channelData: { feedbackLoop: { type: 'default' } },
	});
	expect(last).toMatchObject({ status: 202, body: {} });
	const message = teams.message(chat.id, streamId);
	expect(message).toMatchObject({ streaming: 'done', visibleText: 'One two three\nSources', aiGenerated: true, feedbackEnabled: true });
	expect(message?.history.map(({ visibleText, progress }) => visibleText || progress)).toEqual([
		'Searching',
		'One',
		'One two',
		'One two three\nSources',
	]);
	expect(teams.messages(chat.id)).toHaveLength(1);
});

test('is refused outside personal chats and where streams are not known', async () => {
	const group = teams.tenant.addGroupChat([ana.id]);
	const notAllowed = { status: 403, body: refusal('ContentStreamNotAllowed', 'Content stream is not allowed') };
	expect(await bot.stream(group.id, 'One', { streamType: 'streaming', streamSequence: 1 })).toMatchObject(notAllowed);
	teams.allowStreaming(false);
	expect(await bot.stream(chat.id, 'One', { streamType: 'streaming', streamSequence: 1 })).toMatchObject(notAllowed);
	expect(teams.messages(group.id)).toEqual([]);
});

test('only one runs in a chat at a time', async () => {
	const streamId = await begin();
	expect((await bot.stream(chat.id, 'Other', { streamType: 'streaming', streamSequence: 1 })).status).toBe(403);
	later();
	await bot.stream(chat.id, 'One', { streamId });
	expect((await bot.stream(chat.id, 'Other', { streamType: 'streaming', streamSequence: 1 })).status).toBe(201);
});

test('what comes out of order is dropped without an error', async () => {
	const streamId = await begin();
	later();
	await bot.stream(chat.id, 'One two three', { streamType: 'streaming', streamSequence: 3, streamId });
	later();
	const late = await bot.stream(chat.id, 'One two', { streamType: 'streaming', streamSequence: 2, streamId });
	expect(late).toMatchObject({ status: 202, body: { error: { code: 'ContentStreamSequenceOrderPreConditionFailed' } } });
	expect(teams.message(chat.id, streamId)?.text).toBe('One two three');
});

test('every request has to begin with the text before it', async () => {
	const streamId = await begin('One two');
	const broken = refusal('ContentStreamNotAllowed', 'Request streamed content should contain the previously streamed content');
	later();
	const chunk = await bot.stream(chat.id, 'One, two', { streamType: 'streaming', streamSequence: 2, streamId });
	expect(chunk).toMatchObject({ status: 403, body: broken });
	later();
	expect(await bot.stream(chat.id, 'Another', { streamId })).toMatchObject({ status: 403, body: broken });
});

test('takes one request a second', async () => {
	const streamId = await begin();
	nowMs += 900;
	const early = await bot.stream(chat.id, 'One two', { streamType: 'streaming', streamSequence: 2, streamId });
	expect(early).toMatchObject({ status: 429, body: { error: { message: 'API calls quota exceeded' } } });
	nowMs += 101;
	expect((await bot.stream(chat.id, 'One two', { streamType: 'streaming', streamSequence: 2, streamId })).status).toBe(202);
});

test('ends two minutes after its first request; an update with the whole text still lands', async () => {
	const streamId = await begin();
	teams.ageStream(chat.id, streamId, 120_001);
	const expired = refusal('ContentStreamNotAllowed', 'Content stream finished due to exceeded streaming time.');
	expect(await bot.stream(chat.id, 'One two', { streamId })).toMatchObject({ status: 403, body: expired });
	expect(teams.message(chat.id, streamId)).toMatchObject({ streaming: 'expired', visibleText: 'One' });
	expect(await bot.update(chat.id, streamId, { text: 'One two' })).toMatchObject({ status: 200, body: { id: streamId } });
	expect(teams.message(chat.id, streamId)).toMatchObject({ streaming: 'done', visibleText: 'One two' });
});

test('Stop refuses everything that follows, updates too', async () => {
	const streamId = await begin();
	await teams.stopStreaming({ user: ana.id, conversation: chat.id });
	const stopped = { status: 403, body: refusal('ContentStreamNotAllowed', 'Content stream was cancelled by user.') };
	later();
	expect(await bot.stream(chat.id, 'One two', { streamType: 'streaming', streamSequence: 2, streamId })).toMatchObject(stopped);
	expect(await bot.stream(chat.id, 'One two', { streamId })).toMatchObject(stopped);
	expect(await bot.update(chat.id, streamId, { text: 'One two' })).toMatchObject(stopped);
	expect(teams.message(chat.id, streamId)).toMatchObject({ streaming: 'stopped', visibleText: 'One' });
	await expect(teams.stopStreaming({ user: ana.id, conversation: chat.id })).rejects.toThrow(TypeError);
});

test('a finished one takes nothing more', async () => {
	const streamId = await begin();
	later();
	await bot.stream(chat.id, 'One', { streamId });
	later();
	const completed = refusal('ContentStreamNotAllowed', 'Content stream is not allowed on an already completed streamed message');
	expect(await bot.stream(chat.id, 'One', { streamId })).toMatchObject({ status: 403, body: completed });
});

test('a request of more than 100 KB is refused and leaves the stream open', async () => {
	const streamId = await begin();
	later();
	const large = await bot.stream(chat.id, `One${'x'.repeat(52_000)}`, { streamType: 'streaming', streamSequence: 2, streamId });
	expect(large).toMatchObject({ status: 403, body: refusal('ContentStreamNotAllowed', 'Message size too large') });
	expect(teams.message(chat.id, streamId)).toMatchObject({ streaming: 'in_progress', visibleText: 'One' });
});

describe('malformed requests are refused', () => {
	const typing = 'Only start streaming and continue streaming types are allowed as a typing activity';
	test.each([
		['without text', { type: 'typing' }, { streamType: 'streaming', streamSequence: 1 }, 'Start streaming activities should include text'],
		['that lost their properties', { type: 'typing', text: 'One' }, {}, typing],
		['of an unknown type', { type: 'typing', text: 'One' }, { streamType: 'song', streamSequence: 1 }, typing],
		['without a number', { type: 'typing', text: 'One' }, { streamType: 'streaming' }, 'streamSequence has to be a number'],
		[
			'that do not begin with 1',
			{ type: 'typing', text: 'One' },
			{ streamType: 'streaming', streamSequence: 2 },
			'The first streamSequence has to be 1',
		],
		[
			'that end nothing',
			{ type: 'message', text: 'One' },
			{ streamType: 'final' },
			'Only end streaming type is allowed as a message activity',
		],
		[
			'with too much progress',
			{ type: 'typing', text: 'x'.repeat(1_001) },
			{ streamType: 'informative', streamSequence: 1 },
			'The informative update is too long',
		],
	])('%s', async (_case, activity, info, message) => {
		const { status, body } = await bot.post(chat.id, { ...activity, entities: [{ type: 'streaminfo', ...info }] });
		expect({ status, message: body.error?.message }).toEqual({ status: 400, message });
	});
});

test('an update of a running one is refused, or closes it where the option says so', async () => {
	const streamId = await begin();
	expect((await bot.update(chat.id, streamId, { text: 'Whole' })).status).toBe(403);
	const lenient = await startTeamsEmulator({ putOnOpenStream: 'closes' });
	try {
		const other = lenient.tenant.openPersonalChat(lenient.tenant.addUser({ name: 'Tom' }).id);
		const lenientBot = createTestBot(lenient);
		const { body } = await lenientBot.stream(other.id, 'One', { streamType: 'streaming', streamSequence: 1 });
		expect((await lenientBot.update(other.id, body.id ?? '', { text: 'Whole' })).status).toBe(200);
		expect(lenient.message(other.id, body.id ?? '')).toMatchObject({ streaming: 'done', visibleText: 'Whole' });
	} finally {
		await lenient.close();
	}
});
