import { type REST, Routes } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Channel, type DiscordEmulator, startDiscordEmulator, type User } from '#test/emulators/discord/index.ts';
import { codeOf, createRest } from '#test/emulators/discord/test-client.ts';

interface Attachment {
	id: string;
	filename: string;
	size: number;
	url: string;
	content_type?: string;
	description?: string;
}

let discord: DiscordEmulator;
let rest: REST;
let general: Channel;
let ana: User;
let nowMs: number;

beforeEach(async () => {
	nowMs = Date.parse('2026-03-02T09:00:00Z');
	discord = await startDiscordEmulator({ limits: false, now: () => nowMs });
	rest = createRest(discord);
	ana = discord.world.addUser({ name: 'ana' });
	const guild = discord.world.addGuild({ name: 'Office', ownerId: ana.id });
	general = discord.world.addChannel(guild.id, { name: 'general' });
});

afterEach(() => discord.close());

const file = (name: string, data: string | Buffer = name) => ({ name, data, contentType: 'text/plain' });
type Sent = { id: string; attachments: Attachment[] };
const post = (files: ReturnType<typeof file>[], body: object = {}) =>
	rest.post(Routes.channelMessages(general.id), { body, files }) as Promise<Sent>;
const fetchMessage = async (id: string) => ((await rest.get(Routes.channelMessage(general.id, id))) as Sent).attachments;

test('takes files, and gives them back at a signed address', async () => {
	const { attachments } = await post([file('a.txt', 'first'), file('b.txt')], {
		attachments: [{ id: 0, description: 'the first' }, { id: 1 }],
	});
	expect(attachments).toMatchObject([
		{ filename: 'a.txt', size: 5, content_type: 'text/plain', description: 'the first' },
		{ filename: 'b.txt' },
	]);
	const url = attachments[0]?.url ?? '';
	expect(url).toMatch(/\?ex=[0-9a-f]+&is=[0-9a-f]+&hm=[0-9a-f]{64}&$/);
	expect(await (await fetch(url)).text()).toBe('first');
	expect((await fetch(url.replace(/hm=(.)/, (_, digit) => `hm=${digit === '0' ? '1' : '0'}`))).status).toBe(404);
});

test('lets addresses expire, and gives new ones with the message', async () => {
	const { id } = await discord.say({ user: ana.id, channel: general.id, text: '', attachments: [{ name: 'plan.txt', content: 'plan' }] });
	const [before] = await fetchMessage(id);
	nowMs += 24 * 3_600_000 + 1_000;
	expect((await fetch(before?.url ?? '')).status).toBe(404);
	const [after] = await fetchMessage(id);
	expect((await fetch(after?.url ?? '')).status).toBe(200);
	discord.expireAttachmentUrls();
	expect((await fetch(after?.url ?? '')).status).toBe(404);
});

test('claims of a file what its sender said, which need not be true', async () => {
	const attachments = [
		{ name: 'photo.png', contentType: 'image/png', content: 'MZ', servedContentType: 'text/html', claimedSizeBytes: 1 },
		{ name: 'slow.txt', content: Buffer.alloc(40_000, 'x'), chunkDelayMs: 5 },
	];
	const { id } = await discord.say({ user: ana.id, channel: general.id, text: '', attachments });
	const [photo, slow] = await fetchMessage(id);
	expect(photo).toMatchObject({ filename: 'photo.png', content_type: 'image/png', size: 1 });
	const served = await fetch(photo?.url ?? '');
	expect([served.headers.get('content-type'), await served.text()]).toEqual(['text/html', 'MZ']);
	expect((await (await fetch(slow?.url ?? '')).arrayBuffer()).byteLength).toBe(40_000);
});

test('keeps on an edit only the files that it lists', async () => {
	const { id, attachments } = await post([file('a.txt'), file('b.txt')]);
	const edit = (body: object, files: ReturnType<typeof file>[] = []) => rest.patch(Routes.channelMessage(general.id, id), { body, files });
	await edit({ content: 'untouched' });
	expect(await fetchMessage(id)).toHaveLength(2);
	await edit({ attachments: [{ id: attachments[1]?.id }, { id: '0' }] }, [file('c.txt')]);
	expect((await fetchMessage(id)).map(({ filename }) => filename)).toEqual(['b.txt', 'c.txt']);
	expect(await codeOf(edit({ content: '', attachments: [] }))).toBe(50006);
});

test('refuses files that are too large and messages with too many', async () => {
	expect(await codeOf(post([file('big.bin', Buffer.alloc(10 * 1024 * 1024 + 1))]))).toBe(40005);
	expect(await codeOf(post(Array.from({ length: 11 }, (_, index) => file(`${index}.txt`))))).toBe(30015);
	expect(await codeOf(post([file('a.txt')], { attachments: [{ id: 3 }] }))).toBe(50035);
});
