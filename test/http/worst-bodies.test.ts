/** What the worst requests that we know cost the thread that everybody's events wait for. */

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCommands } from '#src/commands/commands.ts';
import { storableJson } from '#src/database/storable.ts';
import type { ChatEvent } from '#src/platform/chat-event.ts';
import { openSlackWorld, type SlackWorld } from '#test/adapters/slack/slack-world.ts';
import { openTeamsWorld, type TeamsWorld } from '#test/adapters/teams/teams-world.ts';
import { eventually } from '#test/e2e/eventually.ts';
import { createFakeModelPool } from '#test/fakes/model-pool.ts';
import { threadMs } from '#test/setup/thread-time.ts';
import { readEdited, readReceived } from '../../adapters/discord/inbound.ts';
import { readInteraction, toCommand } from '../../adapters/discord/interaction-events.ts';
import { asObject } from '../../adapters/discord/json.ts';
import { bytesOf, sendBytes } from './raw-request.ts';

/** What one request may take of the thread at most, whoever sent it. */
const budgetMs = 20;
/** As long as the intake for Teams, and forms at that for Slack, are at most. */
const most = 512 * 1024;
/** As long as events of Slack are at most. */
const mostOfSlack = 1024 * 1024;
/** What stands around a worst text, at most. */
const frame = 2_048;

const filled = (piece: string, length = most - frame) => piece.repeat(Math.floor(length / piece.length));
const listed = (size: number, piece: (index: number) => string, [open, close] = ['[', ']']) => {
	const pieces: string[] = [];
	for (let length = 0; length < size - frame; length += (pieces.at(-1)?.length ?? 0) + 1) pieces.push(piece(pieces.length));
	return `${open}${pieces.join(',')}${close}`;
};

/** JSON of this size that is dear to parse, and dear to handle for whoever parses it. */
const structuresOf = (size: number): Record<string, string> => ({
	'nested lists': `${'['.repeat(size / 2 - frame)}${']'.repeat(size / 2 - frame)}`,
	'nested objects': `${filled('{"a":', size - size / 6 - frame)}1${filled('}', size / 6 - frame)}`,
	'different names': listed(size, (index) => `"${index.toString(36)}":1`, ['{', '}']),
	'numbers as names': listed(size, (index) => `"${(index * 2_654_435_761) % 4_294_967_291}":1`, ['{', '}']),
	'the same name': listed(size, () => '"a":1', ['{', '}']),
	'objects of different shapes': listed(size, (index) => `{"${index.toString(36)}":1,"b${index % 77}":2}`),
	'empty objects': listed(size, () => '{}'),
	'small texts': listed(size, (index) => `"${index.toString(36)}"`),
	'as many long texts as there may be values': `[${Array(4_900)
		.fill(`"${'\\n'.repeat(size / 10_500)}"`)
		.join(',')}]`,
	'as many objects of different shapes as there may be values': `[${Array.from({ length: 2_450 }, (_, index) => `{"${index.toString(36).padEnd(size / 2_600, 'x')}":1}`).join(',')}]`,
	'blocks in blocks': listed(size, () => '{"blocks":[]}'),
	'blocks within each other': filled('{"blocks":[', size - frame),
	'names of blocks': filled('"blocks":', size - frame),
	numbers: listed(size, () => '1.5'),
	'one number': filled('1', size - frame),
	escapes: `"${filled('\\u4e2d', size - frame)}"`,
	quotes: `"${filled('\\"', size - frame)}"`,
	blanks: `${filled(' ', size - frame)}1`,
	colons: filled(':', size - frame),
	'a text that never ends': `"${filled('\\"', size - frame)}`,
});

/** As many values as Slack may send, for an edit each of the two times it brings a message, in what is dear to read as words. */
const mostValuesOfSlack = 19_800;
const piecesOfSlack = (count: number, length: number): Record<string, string> => {
	const repeat = (share: number, piece: string) =>
		Array(Math.floor(count / share))
			.fill(piece)
			.join(',');
	const words = (share: number, piece: string) => piece.repeat(Math.max(Math.floor((length * share) / count / piece.length) - 8, 1));
	const section = (elements: string) => `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[${elements}]}]}]`;
	return {
		'texts of mentions': `[${repeat(5, `{"type":"section","text":{"type":"mrkdwn","text":"${words(5, '<@U1> &amp; ')}"}}`)}]`,
		'texts of names': `[${repeat(5, `{"type":"section","text":{"type":"mrkdwn","text":"${words(5, '<@U1|é b> ')}"}}`)}]`,
		'rich texts to escape': section(repeat(3, `{"type":"text","text":"${words(3, '& <')}"}`)),
		links: section(repeat(4, '{"type":"link","url":"https://a.test/?a|b","text":"c d"}')),
		people: section(repeat(3, '{"type":"user","user_id":"U1"}')),
		'names of pictures': `[${repeat(3, `{"type":"image","alt_text":"${words(3, 'a \\u202e')}"}`)}]`,
		'kinds that nobody knows': `[${repeat(2, '{"type":"x"}')}]`,
		cells: `[{"type":"table","rows":[[${repeat(3, '{"type":"raw_text","text":"a\\nb"}')}]]}]`,
	};
};
const messagesOfSlack = `[${Array(100)
	.fill(
		`{"is_share":true,"author_name":"${'a<b '.repeat(20)}","text":"${'<https://a|b> '.repeat(600)}","files":[${Array(40).fill('{"id":"a"}').join(',')}]}`,
	)
	.join(',')}]`;

/** Texts that make a pattern, a reader of words or a decoder look again and again. */
const texts: Record<string, string> = Object.fromEntries(
	[
		'<',
		'<@U',
		'<@U1>',
		'<@U1|a> ',
		'<a|b>',
		'&amp;',
		'&',
		'"a ',
		'“',
		' ',
		'. ',
		'\n',
		'\r',
		'<at>',
		'<at>x</at>',
		'  a',
		'\u00a0',
		'a,',
	].map((piece) => [`the text ${JSON.stringify(piece)}`, filled(piece, most / 6)]),
);

const forms: Record<string, string> = {
	'a&': filled('a&'),
	'&': filled('&'),
	'=': filled('='),
	'a=&': filled('a=&'),
	'+': `payload=${filled('+')}`,
	'%41': `payload=${filled('%41')}`,
	'%ff': `payload=${filled('%ff')}`,
	'%': `payload=${filled('%')}`,
	'payload=%5B': `payload=${filled('%5B')}`,
	'names of one form each': Array.from({ length: most / 8 }, (_, index) => index.toString(36)).join('&'),
};

/** What is done with an event before it is acknowledged, and first of all when it is handled; the database is another process. */
const nothing = {} as never;
const commands = createCommands({
	build: nothing,
	store: nothing,
	running: nothing,
	models: createFakeModelPool(),
	cache: nothing,
	limits: nothing,
	choices: nothing,
	rules: nothing,
	web: null,
	...{ recaps: nothing, lastAnswers: nothing, dropped: nothing, history: nothing, ownRequests: nothing },
	...{
		files: nothing,
		shelf: nothing,
		shelfChanges: nothing,
		documentOrders: nothing,
		channelOrders: nothing,
		uses: nothing,
		passages: nothing,
	},
	links: nothing,
	languages: nothing,
	connectors: nothing,
	connectorOrders: nothing,
	queryLog: nothing,
	companyData: nothing,
	administration: nothing,
	reading: nothing,
	readableCharacters: 0,
});
function take(event: ChatEvent): void {
	storableJson(event);
	if (event.type === 'message-received') commands.findSpoken(event.text);
	if (event.type === 'command-invoked') commands.find(event.text);
}

describe('at the address for Slack', () => {
	let world: SlackWorld;
	beforeAll(async () => {
		world = await openSlackWorld();
		// Whose name is known, so that it is written into the texts that mention them.
		world.slack.workspace.addUser({ id: 'U1', name: 'bea' });
		await eventually(() => world.platform.health().state === 'up');
	});
	afterAll(() => world.close());

	const post = (body: string, type: string, isSigned: boolean) => {
		const timestamp = String(Math.floor(Date.now() / 1_000));
		const digest = createHmac('sha256', isSigned ? world.slack.signingSecret : 'not the secret').update(`v0:${timestamp}:${body}`);
		const headers = { 'content-type': type, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest.digest('hex')}` };
		return bytesOf({ path: '/slack/events', headers, body });
	};
	const cost = async (bytes: Buffer) =>
		await threadMs(async () => {
			world.events.length = 0;
			await sendBytes(world.address, bytes);
			for (const event of world.events) take(event);
		}, budgetMs);
	const message = (more: string) =>
		`{"type":"event_callback","team_id":"${world.slack.teamId}","event_id":"Ev1","event":{"type":"message","channel":"D1","channel_type":"im","user":"${world.tom}","ts":"1700000000.000100",${more}}}`;

	it.each(Object.entries(forms))('an unsigned form of %j is not parsed', async (_name, body) => {
		expect(await cost(post(body, 'application/x-www-form-urlencoded', false))).toBeLessThan(budgetMs);
	});

	it.each(Object.entries(forms))('a signed form of %j is read in time', async (_name, body) => {
		expect(await cost(post(body, 'application/x-www-form-urlencoded', true))).toBeLessThan(budgetMs);
	});

	it.each(Object.entries(structuresOf(mostOfSlack)))('a signed body, and an event, of %s are read in time', async (_name, json) => {
		expect(await cost(post(json, 'application/json', true))).toBeLessThan(budgetMs);
		for (const field of ['files', 'blocks', 'attachments']) {
			expect(await cost(post(message(`"text":"hi","${field}":${json}`), 'application/json', true))).toBeLessThan(budgetMs);
		}
	});

	it.each([
		...Object.entries(piecesOfSlack(mostValuesOfSlack, mostOfSlack - frame)).map((entry) => ['blocks', ...entry]),
		['attachments', 'messages that are passed on', messagesOfSlack],
	])('%s of %s are read in time', async (field, _name, json) => {
		expect(await cost(post(message(`"text":"hi","${field}":${json}`), 'application/json', true))).toBeLessThan(budgetMs);
		expect(world.events.map((event) => JSON.stringify(event).includes('too big to be read'))).toEqual([false]);
	});

	it.each(Object.entries(piecesOfSlack(mostValuesOfSlack / 2, (mostOfSlack - frame) / 2)))(
		'an edit of %s is read in time',
		async (_name, json) => {
			const version = (blocks: string) => `{"user":"U1","ts":"1.1","text":"","blocks":${blocks}}`;
			const before = `[{"type":"header","text":{"type":"plain_text","text":"x"}},${json.slice(1)}`;
			const edit = `"subtype":"message_changed","event_ts":"3.3","message":${version(json)},"previous_message":${version(before)}`;
			expect(await cost(post(message(edit), 'application/json', true))).toBeLessThan(budgetMs);
			expect(world.events.map((event) => JSON.stringify(event).includes('too big to be read'))).toEqual([false]);
		},
	);

	it.each(Object.entries(texts))('a signed message and a signed command of %s are read in time', async (_name, text) => {
		expect(await cost(post(message(`"text":${JSON.stringify(`${text}x`)}`), 'application/json', true))).toBeLessThan(budgetMs);
		const command = `command=/ccb&channel_id=C1&user_id=U1&trigger_id=1.1&team_id=${world.slack.teamId}&text=${encodeURIComponent(text)}`;
		expect(await cost(post(command, 'application/x-www-form-urlencoded', true))).toBeLessThan(budgetMs);
	});

	it('a body in pieces of one byte is not read to its end', async () => {
		const timestamp = String(Math.floor(Date.now() / 1_000));
		const signature = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${'0'.repeat(64)}` };
		const chunked = { 'content-type': 'application/json', 'transfer-encoding': 'chunked', connection: 'close', host: 'localhost' };
		const lines = Object.entries({ ...signature, ...chunked }).map(([name, value]) => `${name}: ${value}\r\n`);
		const bytes = Buffer.from(`POST /slack/events HTTP/1.1\r\n${lines.join('')}\r\n${'1\r\na\r\n'.repeat(most)}0\r\n\r\n`);
		expect(await cost(bytes)).toBeLessThan(budgetMs);
	});
});

describe('at the address for Teams', () => {
	let world: TeamsWorld;
	let authorization: string;
	beforeAll(async () => {
		world = await openTeamsWorld();
		authorization = await tokenOf(world);
		await eventually(() => world.platform.health().state === 'up');
	});
	afterAll(() => world.close());

	const post = (body: string, token = authorization) =>
		bytesOf({ path: '/teams/messages', headers: { 'content-type': 'application/json', authorization: token }, body });
	const cost = async (bytes: Buffer) =>
		await threadMs(async () => {
			world.events.length = 0;
			await sendBytes(world.address, bytes);
			for (const event of world.events) take(event);
		}, budgetMs);
	/** A message in the group chat, with more fields. */
	const message = (more: string) => {
		const { conversations, teams, tom } = world;
		const activity = teams.compose({ user: tom.id, conversation: conversations.group, text: '' });
		return `${JSON.stringify({ ...activity, text: undefined }).slice(0, -1)},${more}}`;
	};

	it.each([
		['none', ''],
		['a forged one with a known key', 'forged'],
		['one of ten thousand characters', `Bearer ${'a'.repeat(10_000)}`],
		['one of points', `Bearer ${'.'.repeat(10_000)}`],
	])('a body without a good token, but %s, is not read', async (_name, given) => {
		const token = given === 'forged' ? `${authorization.slice(0, -8)}AAAAAAAA` : given;
		expect(await cost(post(structuresOf(most)['nested lists'] ?? '', token))).toBeLessThan(budgetMs);
	});

	it.each(Object.entries(structuresOf(most)))('a body, and a message, of %s are read in time', async (_name, json) => {
		expect(await cost(post(json))).toBeLessThan(budgetMs);
		expect(await cost(post(message(`"text":"hi","value":${json}`)))).toBeLessThan(budgetMs);
	});

	it.each(Object.entries(texts))('a message of %s, as text and as HTML, is read in time', async (_name, text) => {
		expect(await cost(post(message(`"text":${JSON.stringify(`${text}x`)}`)))).toBeLessThan(budgetMs);
		const html = `"attachments":[{"contentType":"text/html","content":${JSON.stringify(text)}}]`;
		expect(await cost(post(message(`"text":"x",${html}`)))).toBeLessThan(budgetMs);
	});

	it.each([
		'<',
		'<p>',
		'<td>',
		'<li>',
		'<b>',
		'</p>',
		'<blockquote>',
		'<blockquote itemtype="/Reply"><b>x</b></blockquote>',
		'<img alt="x">',
		'<pre>x\n</pre>',
	])('a message of HTML of %j, as text, beside it, within it and on cards, is read in time', async (piece) => {
		const attachments = (count: number, attachment: (html: string) => object) =>
			Array.from({ length: count }, () => attachment(filled(piece, most / 2 / count)));
		const twin = [{ contentType: 'text/html', content: filled(piece, most / 4) }];
		const bodies = [
			{ textFormat: 'xml', text: filled(piece, most / 2) },
			{
				text: 'x',
				attachments: [...twin, ...attachments(90, (title) => ({ contentType: 'application/vnd.microsoft.card.hero', content: { title } }))],
			},
			{ attachments: attachments(90, (html) => ({ contentType: 'forwardedMessageReference', content: { originalMessageContent: html } })) },
		];
		for (const body of bodies) expect(await cost(post(message(JSON.stringify(body).slice(1, -1))))).toBeLessThan(budgetMs);
	});

	it.each(['[', '[],', '"a",', '{"items":['])('a message of cards of %j, as JSON within JSON, is read in time', async (piece) => {
		const card = (length: number) => ({ contentType: 'application/vnd.microsoft.card.adaptive', content: `[${filled(piece, length)}1]` });
		for (const attachments of [[card(most / 3)], Array(90).fill(card(most / 300))]) {
			expect(await cost(post(message(JSON.stringify({ attachments }).slice(1, -1))))).toBeLessThan(budgetMs);
		}
	});

	it('a message that quotes thousands of others is read in time', async () => {
		const entities = Array.from({ length: 900 }, (_, index) => ({
			type: 'quotedReply',
			messageId: `a${index}`,
			preview: filled('x', 300) + index,
		}));
		const text = Array.from({ length: 4_000 }, (_, index) => `<quoted messageId="${index}"/>`).join('');
		expect(await cost(post(message(JSON.stringify({ text, entities }).slice(1, -1))))).toBeLessThan(budgetMs);
	});

	it.each(['<attachment id=\\"1\\"', '<attachment ', '<attachment  id=\\"'])(
		'a message with files of %j is read in time',
		async (piece) => {
			const html = `"attachments":[{"contentType":"text/html","content":"${filled(piece)}"}]`;
			expect(await cost(post(message(`"text":"x",${html}`)))).toBeLessThan(budgetMs);
		},
	);
});

describe('from the gateway of Discord', () => {
	const [bot, person, guild, channelId, id] = Array.from({ length: 5 }, (_unused, index) => `10000000000000000${index}`);
	const scene = {
		channel: { id: channelId ?? '', guildId: guild ?? '', isThread: false },
		botUserId: bot ?? '',
		own: new Set([bot ?? '']),
		names: { roles: new Map<string, string>(), channels: new Map<string, string>() },
	};
	const author = { id: person, username: 'ana' };
	/** What the program does with a packet that the SDK has read. */
	const cost = async (packet: object) =>
		await threadMs(async () => {
			const message = asObject(packet);
			const events = [readReceived(message, scene, id ?? ''), readEdited(message, scene, id ?? '')];
			const interaction = readInteraction({ ...message, id, type: 2, token: 'x', channel_id: channelId, user: author });
			if (interaction?.kind === 'command') events.push(toCommand(interaction, 'x') as never);
			for (const event of events) if (event !== null) take(event);
		}, budgetMs);

	it.each([...Object.entries(texts), ...['<@100000000000000000> ', '<:a:', '<t:1', '<#1', '\t'].map((piece) => [piece, filled(piece)])])(
		'a packet of %s is read in time',
		async (_name, text) => {
			const options = [{ type: 3, value: text }];
			const message = { id, type: 0, author, content: `<@${bot}> ${text}x`, edited_timestamp: text, data: { type: 1, options } };
			expect(await cost({ ...message, message_snapshots: Array(50).fill({ message: { content: text } }) })).toBeLessThan(budgetMs);
		},
	);

	it('options within options without an end are not followed', async () => {
		let data: object = { type: 1, name: 'end' };
		for (let depth = 0; depth < 100_000; depth++) data = { type: 1, name: 'deeper', options: [data] };
		expect(await cost({ data })).toBeLessThan(budgetMs);
	});
});

/** A good token, as it stands in a request that a recorder got. */
async function tokenOf({ teams, tom, conversations, address }: TeamsWorld): Promise<string> {
	let token = '';
	const recorder = createServer((request, response) => {
		token = request.headers.authorization ?? '';
		request.resume();
		response.end();
	}).listen(0, '127.0.0.1');
	await once(recorder, 'listening');
	teams.setMessagingEndpoint(`http://127.0.0.1:${(recorder.address() as AddressInfo).port}`);
	await teams.deliver(teams.compose({ user: tom.id, conversation: conversations.direct, text: 'x' }));
	teams.setMessagingEndpoint(`${address}/teams/messages`);
	recorder.closeAllConnections();
	recorder.close();
	return token;
}
