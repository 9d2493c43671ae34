import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Conversation, startTeamsEmulator, type TeamsEmulator, type User } from '#test/emulators/teams/index.ts';
import { createTestBot, type TestBot } from '#test/emulators/teams/test-bot.ts';

let nowMs: number;
let teams: TeamsEmulator;
let bot: TestBot;
let ana: User;
let group: Conversation;

beforeEach(async () => {
	nowMs = Date.UTC(2026, 10, 2, 9);
	teams = await startTeamsEmulator({ now: () => nowMs, tokenLifetimeMs: 86_400_000 });
	bot = createTestBot(teams);
	ana = teams.tenant.addUser({ name: 'Ana Ruiz' });
	group = teams.tenant.addGroupChat([ana.id]);
});

afterEach(() => teams.close());

/** Posts so many messages, one after the other, with a pause after each. @returns how many were taken. */
async function post(count: number, pauseMs = 0, conversation = group.id): Promise<number> {
	let taken = 0;
	for (let index = 0; index < count; index += 1) {
		const { status } = await bot.post(conversation, { text: 'x' });
		if (status === 201) taken += 1;
		nowMs += pauseMs;
	}
	return taken;
}

test('takes 7 sends in a second and 8 in two', async () => {
	expect(await post(9)).toBe(7);
	nowMs += 1_000;
	expect(await post(9)).toBe(1);
	nowMs += 1_000;
	expect(await post(9)).toBe(7);
});

test('takes 60 sends in 30 seconds and says when the next may come', async () => {
	expect(await post(60, 250)).toBe(60);
	const refused = await bot.post(group.id, { text: 'x' });
	expect(refused).toMatchObject({ status: 429, body: { error: { code: 'Throttled' } } });
	expect(refused.headers.get('retry-after')).toBe('15');
	nowMs += 15_000;
	expect(await post(1)).toBe(1);
});

test('takes 1800 sends in an hour: one every two seconds', async () => {
	expect(await post(1_801, 1_999)).toBe(1_800);
	nowMs += 2_000;
	expect(await post(2, 0)).toBe(2);
});

test('updates, deletions, the typing sign and streams count as sends', async () => {
	const { body } = await bot.post(group.id, { text: 'x' });
	const id = body.id ?? '';
	for (let index = 0; index < 4; index += 1) expect((await bot.update(group.id, id, { text: 'y' })).status).toBe(200);
	expect((await bot.post(group.id, { type: 'typing' })).status).toBe(201);
	expect((await bot.remove(group.id, id)).status).toBe(200);
	expect((await bot.post(group.id, { text: 'x' })).status).toBe(429);
	expect((await bot.stream(group.id, 'x', { streamType: 'streaming', streamSequence: 1 })).status).toBe(429);
});

test('conversations count apart, the threads of a channel together', async () => {
	const channel = teams.tenant.addTeam({ name: 'Sales' }).id;
	const threads = [];
	for (let index = 0; index < 2; index += 1) {
		const { id } = await teams.say({ user: ana.id, conversation: channel, text: 'Question', mentionBot: true });
		threads.push(`${channel};messageid=${id}`);
	}
	expect(await post(7)).toBe(7);
	expect(await post(5, 0, threads[0])).toBe(5);
	expect(await post(5, 0, threads[1])).toBe(2);
});

test('asking for members has its own windows, twice as wide', async () => {
	expect(await post(7)).toBe(7);
	const statuses = [];
	for (let index = 0; index < 15; index += 1) statuses.push((await bot.call('GET', `conversations/${group.id}/members/${ana.id}`)).status);
	expect(statuses.filter((status) => status === 200)).toHaveLength(14);
});

test('all calls of the app together are 50 a second', async () => {
	const groups = Array.from({ length: 9 }, () => teams.tenant.addGroupChat([ana.id]).id);
	let taken = 0;
	for (const conversation of groups) taken += await post(6, 0, conversation);
	expect(taken).toBe(50);
});

test('counters can be forgotten, the header left out, and everything switched off', async () => {
	await post(7);
	teams.forgetCounters();
	expect(await post(7)).toBe(7);
	const bare = await startTeamsEmulator({ retryAfterHeader: false });
	const free = await startTeamsEmulator({ limits: false });
	try {
		const chat = bare.tenant.addGroupChat([bare.tenant.addUser({ name: 'Ana' }).id]);
		const bareBot = createTestBot(bare);
		await Promise.all(Array.from({ length: 7 }, () => bareBot.post(chat.id, { text: 'x' })));
		const { status, headers } = await bareBot.post(chat.id, { text: 'x' });
		expect({ status, wait: headers.get('retry-after') }).toEqual({ status: 429, wait: null });
		const freeChat = free.tenant.addGroupChat([free.tenant.addUser({ name: 'Ana' }).id]);
		const freeBot = createTestBot(free);
		const answers = await Promise.all(Array.from({ length: 60 }, () => freeBot.post(freeChat.id, { text: 'x' })));
		expect(answers.every((answer) => answer.status === 201)).toBe(true);
	} finally {
		await Promise.all([bare.close(), free.close()]);
	}
});
