import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ThreadMessage } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import type { Saying } from '#test/emulators/teams/saying.ts';
import { openTeamsWorld, settingsFor, type TeamsWorld } from './teams-world.ts';

const { signal } = new AbortController();

describe('a thread on Teams', () => {
	let world: TeamsWorld;
	let root: string;
	let place: Place;
	beforeEach(async () => {
		world = await openTeamsWorld();
		root = await say({ text: 'root', mentionBot: true });
		place = world.placeOf('channel', root);
	});
	afterEach(() => world.close());

	async function say(saying: Partial<Saying>): Promise<string> {
		const { teams, tom, conversations } = world;
		return (await teams.say({ user: tom.id, conversation: conversations.channel, text: '', ...saying })).id;
	}
	const reply = (saying: Partial<Saying>) => say({ threadRootId: root, ...saying });
	const textsOf = (messages: ThreadMessage[]) => messages.map(({ text }) => text);
	const now = () => String(Date.now() + 60_000);

	it('is read with its first message, who said what, and without what was deleted', async () => {
		const { teams, platform, tom, lucia, conversations } = world;
		await reply({ user: lucia.id, text: 'is <this> it?', mentionBot: true, mentions: [tom.id] });
		await platform.post(place, { text: 'No.', buttons: [] }, signal);
		const gone = await reply({ text: 'never mind' });
		await teams.remove({ user: tom.id, conversation: conversations.channel, id: gone });
		await reply({ text: 'the plan', files: [{ name: 'plan.pdf', mimetype: 'application/pdf', content: 'x' }] });
		await say({ text: 'in another thread' });
		expect(await platform.readThread(place, { before: now(), limit: 10 }, signal)).toMatchObject([
			{ author: 'person', authorName: 'Tom Baker', messageId: root, text: 'root' },
			{ author: 'person', authorName: 'Lucía Ferrer', text: '@Tom Baker is <this> it?' },
			{ author: 'self', text: 'No.' },
			{ author: 'person', text: 'the plan\n[file: plan.pdf]' },
		]);
	});

	it('that is long is read from its end, and no further than what is known', async () => {
		const ids: string[] = [];
		for (let count = 0; count < 120; count++) ids.push(await reply({ text: `reply ${count}` }));
		const { teams, platform } = world;
		const pages = () => teams.callsTo('graph').filter(({ path }) => path.includes('/replies?')).length;
		const newest = await platform.readThread(place, { before: ids[110] ?? '', limit: 40 }, signal);
		expect(textsOf(newest)).toEqual(Array.from({ length: 40 }, (_, index) => `reply ${index + 70}`));
		expect(pages()).toBe(1);
		const since = await platform.readThread(place, { before: now(), after: ids[59] ?? '', limit: 100 }, signal);
		expect(textsOf(since)).toEqual(Array.from({ length: 60 }, (_, index) => `reply ${index + 60}`));
		expect(pages()).toBe(3);
		expect(teams.callsTo('team')).toHaveLength(1);
	});

	it('is what follows in a group chat on something that the asker knows, and nothing of a chat of two', async () => {
		const { platform, lucia, conversations } = world;
		const first = await say({ conversation: conversations.group, text: 'first' });
		await say({ conversation: conversations.group, user: lucia.id, text: 'then' });
		await say({ conversation: conversations.direct, text: 'alone' });
		const read = async (kind: Place['kind'], range: { after?: string }) =>
			textsOf(await platform.readThread(world.placeOf(kind), { before: now(), limit: 10, ...range }, signal));
		expect(await read('group', { after: first })).toEqual(['then']);
		// Somebody may have been added since, who need not see it.
		expect(await read('group', {})).toEqual([]);
		expect(await read('direct', { after: '0' })).toEqual([]);
	});

	it('that may not be read is empty, asked for again after a while, and complained about once', async () => {
		const { teams, platform, failed } = world;
		const read = async () => textsOf(await platform.readThread(place, { before: now(), limit: 10 }, signal));
		teams.grantGraph({ messages: false });
		expect([await read(), await read()]).toEqual([[], []]);
		expect(teams.callsTo('graph')).toHaveLength(1);
		expect(failed).toEqual([
			expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('ChannelMessage.Read.Group') }),
		]);
		teams.grantGraph({ messages: true });
		expect(await read()).toEqual([]);
		world.advance(11 * 60_000);
		expect(await read()).toEqual(['root']);
	});

	it('that is not there, or is of a channel whose team nobody named, is empty', async () => {
		const { teams, platform, failed } = world;
		expect(await platform.readThread({ ...place, threadId: '1' }, { before: now(), limit: 10 }, signal)).toEqual([]);
		const nameless = { ...place, route: teams.serviceUrl };
		expect(await platform.readThread(nameless, { before: now(), limit: 10 }, signal)).toEqual([]);
		expect(failed).toEqual([]);
	});

	it('is not read, and not said to be, where Graph is not to be used', async () => {
		const without = await openTeamsWorld({ ...settingsFor(world.teams), graphUrl: null, start: false });
		expect(world.platform.capabilities.readsThreads).toBe(true);
		expect(without.platform.capabilities.readsThreads).toBe(false);
		expect(await without.platform.readThread(place, { before: now(), limit: 10 }, signal)).toEqual([]);
		await without.close();
	});
});
