/** Files of Teams: each by its own way, none with a token that it must not see, and none from elsewhere. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { MessageReceived } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import type { Saying } from '#test/emulators/teams/saying.ts';
import type { FileSource } from '../../../adapters/teams/attachments.ts';
import type { TeamsSettings } from '../../../adapters/teams/settings.ts';
import { openTeamsWorld, type TeamsWorld } from './teams-world.ts';

const content = Buffer.from('a;b\n1;2\n'.repeat(100));
const file = { name: 'plan.csv', mimetype: 'text/csv', content };
const { signal } = new AbortController();

describe('a file', () => {
	let world: TeamsWorld;
	afterEach(() => world.close());

	async function open(settings: Partial<TeamsSettings> = {}): Promise<void> {
		world = await openTeamsWorld(settings);
	}

	async function share(kind: Place['kind'], saying: Partial<Saying>): Promise<MessageReceived> {
		const { teams, tom, conversations, events } = world;
		const { id } = await teams.say({
			user: tom.id,
			conversation: conversations[kind],
			text: 'look',
			mentionBot: kind !== 'direct',
			...saying,
		});
		const find = () => events.find((event) => event.type === 'message-received' && event.messageId === id);
		await expect.poll(find).toBeDefined();
		return find() as MessageReceived;
	}

	async function fetchOf({ attachments: [attachment], place }: MessageReceived, maxBytes = 1_000_000): Promise<Buffer> {
		if (attachment === undefined) throw new Error('no attachment');
		return Buffer.concat(await Array.fromAsync(world.platform.fetchFile(attachment, place, maxBytes, signal)));
	}

	const fetchFrom = (source: FileSource, kind: Place['kind'] = 'direct') =>
		Array.fromAsync(
			world.platform.fetchFile(
				{ id: '1', name: 'x', mediaType: 'x', sizeBytes: null, source: JSON.stringify(source) },
				world.placeOf(kind),
				1_000,
				signal,
			),
		).catch((thrown: unknown) => (thrown instanceof BotError ? thrown.code : String(thrown)));

	it('of a personal chat is fetched from its link, without a token', async () => {
		await open();
		expect(await fetchOf(await share('direct', { files: [file] }))).toEqual(content);
		expect(world.teams.callsTo('download').map(({ hasToken }) => hasToken)).toEqual([false]);
	});

	it('whose link is too old is not found', async () => {
		await open();
		const event = await share('direct', { files: [file] });
		world.teams.expireDownloads();
		await expect(fetchOf(event)).rejects.toMatchObject({ code: 'NOT_FOUND' });
	});

	it('that is too large is left, as soon as that is known', async () => {
		await open();
		await expect(fetchOf(await share('direct', { files: [file] }), content.length - 1)).rejects.toMatchObject({ code: 'TOO_LARGE' });
	});

	it('pasted into a message is fetched from its connector, with the token', async () => {
		await open();
		const image = { name: 'cat.png', mimetype: 'image/png', content };
		expect(await fetchOf(await share('group', { images: [image] }))).toEqual(content);
		expect(world.teams.callsTo('image').map(({ hasToken }) => hasToken)).toEqual([true]);
	});

	it.each<[string, Partial<Saying>, Place['kind']]>([
		['that begins a thread', {}, 'channel'],
		['of a group chat', {}, 'group'],
	])('of a message %s is fetched through Graph', async (_name, saying, kind) => {
		await open();
		expect(await fetchOf(await share(kind, { files: [file], ...saying }))).toEqual(content);
		expect(world.teams.callsTo('download').map(({ hasToken }) => hasToken)).toEqual([false]);
	});

	it('of a reply in a thread is fetched through Graph', async () => {
		await open();
		const root = await share('channel', {});
		expect(await fetchOf(await share('channel', { files: [file], threadRootId: root.messageId }))).toEqual(content);
	});

	it('of a channel has no way to it without Graph, and none where Graph refuses', async () => {
		await open({ graphUrl: null });
		const event = await share('channel', { files: [file] });
		expect(event.attachments).toMatchObject([{ source: null }]);
		await expect(fetchOf(event)).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await world.close();
		await open();
		world.teams.grantGraph({ files: false });
		await expect(fetchOf(await share('channel', { files: [file] }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
	});

	it('elsewhere is not asked for, whatever its source says', async () => {
		await open();
		const asked: string[] = [];
		const stranger = createServer((request, response) => {
			asked.push(String(request.headers.authorization));
			response.end('x');
		});
		await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/file`;
		expect(await fetchFrom({ way: 'download', url })).toBe('NOT_FOUND');
		expect(await fetchFrom({ way: 'inline', url })).toBe('NOT_FOUND');
		expect(asked).toEqual([]);
		stranger.close();
	});

	it('whose link leads elsewhere is not followed', async () => {
		const asked: string[] = [];
		const stranger = createServer((request, response) => {
			asked.push(request.url ?? '');
			if (request.url === '/ok') response.end('here');
			else response.writeHead(302, { location: request.url === '/near' ? '/ok' : 'http://127.0.0.1:1/' }).end();
		});
		await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
		const host = `127.0.0.1:${(stranger.address() as AddressInfo).port}`;
		await open({ fileHosts: [host] });
		expect(await fetchFrom({ way: 'download', url: `http://${host}/near` })).toEqual([new Uint8Array(Buffer.from('here'))]);
		expect(await fetchFrom({ way: 'download', url: `http://${host}/far` })).toBe('NOT_FOUND');
		stranger.close();
	});
});
