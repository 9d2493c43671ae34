/** What every stage does alike: the same company, the same people, the same actions on each emulated platform. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAccountReference } from '#src/identity/account.ts';
import { people } from '../../../../scripts/playground/company.ts';
import { createSeedClock } from '../../../../scripts/playground/seed.ts';
import { startDiscordStage } from '../../../../scripts/playground/stages/discord.ts';
import { startSlackStage } from '../../../../scripts/playground/stages/slack.ts';
import type { Stage } from '../../../../scripts/playground/stages/stage.ts';
import { startTeamsStage } from '../../../../scripts/playground/stages/teams.ts';
import type { Message, Place } from '../../../../scripts/playground/wire.ts';

const stages = [
	{
		platform: 'slack',
		start: startSlackStage,
		timeIn: (id: string) => Number(id) * 1_000,
		hasGroups: true,
		showsAllToOwner: false,
		linkForm: /^https:\/\/[a-z-]+\.slack\.com\/archives\/[CDG]\w+\/p\d{16}(\?thread_ts=\d+\.\d{6}&cid=[CDG]\w+)?$/,
	},
	{
		platform: 'teams',
		start: startTeamsStage,
		timeIn: Number,
		hasGroups: true,
		showsAllToOwner: false,
		linkForm: /^https:\/\/teams\.microsoft\.com\/l\/message\/[^/]+\/\d+\?(tenantId=[^&]+&groupId=[^&]+&parentMessageId=\d+&.*|context=.*)$/,
	},
	{
		platform: 'discord',
		start: startDiscordStage,
		timeIn: (id: string) => Number(BigInt(id) >> 22n) + Date.UTC(2015, 0, 1),
		hasGroups: false,
		showsAllToOwner: true,
		linkForm: /^https:\/\/discord\.com\/channels\/\d+\/\d+\/\d+$/,
	},
];

describe.each(stages)('the stage of $platform', ({ platform, start, hasGroups, showsAllToOwner, linkForm, timeIn }) => {
	let stage: Stage;

	// Nothing listens there: what people say does not wait for the bot.
	beforeAll(async () => {
		stage = await start({ clock: createSeedClock(), latencyMs: 0, botUrl: 'http://127.0.0.1:1' });
	});

	afterAll(() => stage.close());

	const place = (personId: string, name: string): Place => {
		const found = stage.look(personId).places.find((one) => one.name.toLowerCase() === name);
		if (found === undefined) throw new Error(`${personId} is not in ${name}`);
		return found;
	};
	const direct = (personId: string) => stage.look(personId).places.filter(({ kind }) => kind === 'direct');
	const message = (personId: string, id: string): Message | undefined => stage.look(personId).messages.find((one) => one.id === id);
	const say = (personId: string, placeId: string, text: string) => stage.say({ personId, placeId, text });

	test('shows each person the rooms that they are in, and one conversation with the bot', () => {
		const roomsOf = (personId: string) =>
			stage.look(personId).places.map(({ kind, name }) => (kind === 'direct' ? 'direct' : name.toLowerCase()));
		const groups = hasGroups ? ['feria-milan'] : [];
		const others = showsAllToOwner ? ['engineering', 'hotel-miramar'] : [];
		expect(roomsOf('ana').sort()).toEqual(['general', 'ventas', 'finanzas', 'direct', ...groups, ...others].sort());
		expect(roomsOf('marco').sort()).toEqual(['direct', 'engineering']);
		for (const { id } of people) expect(direct(id)).toHaveLength(1);
	});

	test('names each account as the settings do', () => {
		const references = people.map(({ id }) => stage.accountOf(id));
		expect(references.map((reference) => parseAccountReference(reference)?.platform)).toEqual(people.map(() => platform));
		expect(new Set(references).size).toBe(people.length);
	});

	test('begins with what people said in the last hours, without the bot', () => {
		const { messages } = stage.look('lucia');
		const now = Date.now();
		expect(messages.length).toBeGreaterThan(20);
		expect(messages.every(({ atMs }) => atMs < now - 60_000 && atMs > now - 4 * 3_600_000)).toBe(true);
		expect(messages.every(({ authorId }) => people.some(({ id }) => id === authorId))).toBe(true);
		expect(messages.every((one) => one.platform === platform && !one.isPrivate && !one.isStreaming)).toBe(true);
		expect(stage.calls().total).toBe(0);
	});

	test('gives messages ids that tell when they were said', () => {
		for (const { id, atMs } of stage.look('lucia').messages) expect(Math.abs(timeIn(id) - atMs)).toBeLessThan(1_000);
	});

	test('gives each message a link of its own, as the platform writes it', () => {
		const { messages } = stage.look('lucia');
		expect(new Set(messages.map(({ link }) => link?.split('?')[0])).size).toBe(messages.length);
		for (const { link } of messages) expect(link).toMatch(linkForm);
		const answer = messages.find(({ parts }) => JSON.stringify(parts).includes('Precio de lista'));
		if (platform === 'slack') expect(answer?.link).toContain(`?thread_ts=${answer?.threadId}`);
		if (platform === 'teams') expect(answer?.link).toContain(`&parentMessageId=${answer?.threadId}&`);
	});

	test('shows who is in a talk that answers belong to', () => {
		const { messages } = stage.look('lucia');
		const root = messages.find(({ parts }) => JSON.stringify(parts).includes('Hotel Miramar pide presupuesto'));
		const answers = messages.filter(({ threadId, repliesTo }) => (threadId ?? repliesTo) === root?.id);
		expect(answers.map(({ authorId }) => authorId)).toEqual(['tom', 'ana', 'lucia', 'tom', 'ana']);
	});

	test('draws bold as the platform writes it', () => {
		const { messages } = stage.look('lucia');
		const [part] = messages.find(({ parts }) => JSON.stringify(parts).includes('anticipo'))?.parts ?? [];
		expect(part).toMatchObject(platform === 'slack' ? { format: 'mrkdwn' } : { format: 'markdown' });
		expect(part && 'text' in part ? part.text : '').toContain(platform === 'slack' ? '*anticipo del 30 %*' : '**anticipo del 30 %**');
	});

	test('says it for everybody in the room and for nobody else', async () => {
		const { id } = place('ana', 'finanzas');
		const { messageId } = await say('ana', id, 'The figures are in');
		expect(message('lucia', messageId)).toMatchObject({ authorId: 'ana', placeId: id });
		expect(message('tom', messageId)).toBeUndefined();
	});

	test('knows what is for the bot: a mention, or anything in its own conversation', async () => {
		const general = place('tom', 'general').id;
		const toAll = await say('tom', general, 'Good morning');
		const toBot = await say('tom', general, '@OpenCCB what is new & good?');
		expect([toAll.isForBot, toBot.isForBot]).toEqual([false, true]);
		const [chat] = direct('tom');
		expect((await say('tom', chat?.id ?? '', 'Hello')).isForBot).toBe(true);

		const asked = message('tom', toBot.messageId);
		expect(JSON.stringify(asked?.parts)).toContain('<@openccb>');
		expect(asked?.source).toBe('@OpenCCB what is new & good?');
		expect(Math.abs((asked?.atMs ?? 0) - toBot.atMs)).toBeLessThan(1);
	});

	test('people change and remove what they wrote, not what others wrote', async () => {
		const placeId = place('tom', 'general').id;
		const { messageId } = await say('tom', placeId, 'It costs 90 euros');
		await stage.edit({ personId: 'tom', placeId, messageId, text: 'It costs 95 euros' });
		expect(message('ana', messageId)).toMatchObject({ source: 'It costs 95 euros', isEdited: true });
		await expect(async () => stage.edit({ personId: 'ana', placeId, messageId, text: 'No' })).rejects.toThrow(TypeError);
		await stage.remove({ personId: 'tom', placeId, messageId });
		expect(message('ana', messageId)).toBeUndefined();
	});

	test('refuses what the platform would refuse', async () => {
		const placeId = place('ana', 'finanzas').id;
		await expect(async () => say('tom', placeId, 'Let me in')).rejects.toThrow(TypeError);
		await expect(async () => say('nobody', placeId, 'Hello')).rejects.toThrow(TypeError);
		const press = { personId: 'ana', placeId, messageId: '1', buttonId: 'x', value: '{}' };
		await expect(async () => stage.press(press)).rejects.toThrow(TypeError);
	});

	test('lets people from outside write to the bot, and to others where the platform does', async () => {
		for (const outsider of ['marco', 'jonas']) {
			const { places } = stage.look(outsider);
			for (const { id, isReadOnly } of places) {
				if (isReadOnly) await expect(async () => say(outsider, id, 'Hello')).rejects.toThrow(TypeError);
				else await say(outsider, id, 'Hello');
			}
			expect(places.filter(({ isReadOnly }) => isReadOnly).length).toBe(platform === 'discord' ? 1 : 0);
		}
		expect(stage.look('tom').places.some(({ isReadOnly }) => isReadOnly)).toBe(false);
	});

	test('tells of changes', async () => {
		let changes = 0;
		stage.onChange(() => {
			changes += 1;
		});
		await say('tom', place('tom', 'general').id, 'Ping');
		expect(changes).toBeGreaterThan(0);
	});

	test('a question without any sign has no times', async () => {
		const placeId = place('tom', 'general').id;
		const said = await say('tom', placeId, '@OpenCCB are you there?');
		const trace = stage.trace({ personId: 'tom', placeId, ...said }, Number.POSITIVE_INFINITY);
		expect(trace).toEqual({ signAtMs: null, textAtMs: [], messageCount: 0, isOpen: false });
	});

	const alert = { title: 'Spindle > 80 °C & rising', text: 'Milling machine 3 *stops* soon' };
	const poll = { question: 'Dinner & dance: when?', choices: ['Thursday', 'Friday'] };

	test('passes a message on to the bot, with a comment or without one', async () => {
		const from = place('ana', 'ventas').id;
		const { messageId } = await say('tom', from, 'Wall lights: 86 < 90 euros');
		const [chat] = direct('ana');
		const forwards = { placeId: from, messageId };
		const alone = await stage.say({ personId: 'ana', placeId: chat?.id ?? '', text: '', forwards });
		const commented = await stage.say({ personId: 'ana', placeId: chat?.id ?? '', text: 'Is that right?', forwards });
		expect([alone.isForBot, commented.isForBot]).toEqual([true, true]);

		const [part] = message('ana', alone.messageId)?.parts ?? [];
		// Discord tells where it was said, Teams who said it, Slack both.
		expect(part).toMatchObject({
			format: 'forwarded',
			authorId: platform === 'discord' ? null : 'tom',
			placeName: platform === 'teams' ? null : 'ventas',
		});
		expect(JSON.stringify(part)).toMatch(/Wall lights: 86 (<|&lt;) 90 euros/);
		expect(message('ana', commented.messageId)).toMatchObject({ source: 'Is that right?', threadId: null });
		expect(JSON.stringify(message('ana', commented.messageId)?.parts[0])).toContain('Is that right?');
	});

	test('passes on what other apps and the poll of a colleague say, as far as the platform does', async () => {
		const placeId = place('ana', 'ventas').id;
		const [chat] = direct('ana');
		const passOn = async (messageId: string) => {
			const said = await stage.say({ personId: 'ana', placeId: chat?.id ?? '', text: '', forwards: { placeId, messageId } });
			return JSON.stringify(message('ana', said.messageId)?.parts);
		};
		const { messageId } = await stage.alert({ personId: 'ana', placeId, ...alert });
		expect(await passOn(messageId)).toContain('Milling machine 3 *stops* soon');
		const started = await stage.poll({ personId: 'tom', placeId, ...poll });
		// "Message Forwarding": polls stay where they are.
		if (platform === 'discord') await expect(passOn(started.messageId)).rejects.toThrow(TypeError);
		else expect(await passOn(started.messageId)).toContain('Friday');
	});

	test('passes on nothing that the person cannot read', async () => {
		const placeId = place('ana', 'finanzas').id;
		const { messageId } = await say('ana', placeId, 'Secret figures');
		const [chat] = direct('tom');
		const forwards = { placeId, messageId };
		await expect(async () => stage.say({ personId: 'tom', placeId: chat?.id ?? '', text: '', forwards })).rejects.toThrow(TypeError);
	});

	test('lets another app report something in a room, and nowhere else', async () => {
		const placeId = place('ana', 'general').id;
		const { messageId } = await stage.alert({ personId: 'ana', placeId, ...alert });
		const shown = message('lucia', messageId);
		expect(shown).toMatchObject({ authorId: 'Machine Monitor', isCard: true, buttons: [] });
		expect(shown?.parts[0]).toEqual({ format: 'heading', text: 'Spindle > 80 °C & rising' });
		expect(JSON.stringify(shown?.parts[1])).toContain('Milling machine 3 *stops* soon');
		for (const [personId, where] of [
			['ana', direct('ana')[0]?.id],
			['tom', place('ana', 'finanzas').id],
		] as const) {
			await expect(async () => stage.alert({ personId, placeId: where ?? '', ...alert })).rejects.toThrow(TypeError);
		}
	});

	test('shows the question of a poll and all choices', async () => {
		const placeId = place('tom', 'general').id;
		const { messageId } = await stage.poll({ personId: 'tom', placeId, ...poll });
		const shown = message('ana', messageId);
		// On Slack an app asks in the name of whoever started it.
		expect(shown?.authorId).toBe(platform === 'slack' ? 'Polls' : 'tom');
		if (platform === 'slack') expect(shown?.parts).toContainEqual({ format: 'note', text: '<@tom>' });
		expect(shown?.parts[0]).toMatchObject({ text: platform === 'slack' ? '*Dinner &amp; dance: when?*' : 'Dinner & dance: when?' });
		expect(shown?.parts).toContainEqual({ format: 'choices', choices: ['Thursday', 'Friday'] });
		expect(shown?.buttons).toEqual([]);
		await expect(async () => stage.poll({ personId: 'tom', placeId: place('ana', 'finanzas').id, ...poll })).rejects.toThrow(TypeError);
	});

	test('names the message that an answer refers to, where the platform has that', async () => {
		const [chat] = direct('tom');
		const first = await say('tom', chat?.id ?? '', 'One');
		const answer = await stage.say({ personId: 'tom', placeId: chat?.id ?? '', text: 'Two', repliesTo: first.messageId });
		expect(message('tom', answer.messageId)).toMatchObject({ repliesTo: platform === 'slack' ? null : first.messageId, source: 'Two' });
	});

	test('shows the name of a file that somebody sent', async () => {
		const [chat] = direct('tom');
		const file = { name: 'prices.csv', mimetype: 'text/csv', content: Buffer.from('a,b') };
		const { messageId } = await stage.say({ personId: 'tom', placeId: chat?.id ?? '', text: 'Here', file });
		expect(message('tom', messageId)?.parts).toContainEqual({ format: 'file', text: 'prices.csv' });
	});
});
