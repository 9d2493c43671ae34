import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelRequest } from '../observe.ts';
import { answerText, question } from '../promises.ts';
import { describeAnswers } from './answers.contract.ts';
import { askedBy, type Company, expectGoodManners, openCompany, whole } from './company.ts';
import { type DiscordStage, openDiscordStage } from './discord-stage.ts';
import { describeTalk } from './talk.contract.ts';
import { describeWriting } from './writing.contract.ts';

describe('on Discord: answers', () => describeAnswers(openDiscordStage));
describe('on Discord: writing', () => describeWriting(openDiscordStage));

describe('on Discord: what a message says', () => {
	let company: Company;
	let stage: DiscordStage;
	beforeAll(async () => {
		const openStage = async () => {
			stage = await openDiscordStage();
			return stage;
		};
		company = await openCompany(openStage, { environment: { OPENCCB_TIME_ZONE: 'America/Los_Angeles' } });
		company.ollama.answer(answerText(8));
	});
	afterAll(async () => {
		expectGoodManners(company);
		await company.close();
	});

	describeTalk(() => company);

	const asked = (act: () => Promise<unknown>) => askedBy(company, act);
	const lastOf = ({ body }: ModelRequest) => body.messages?.at(-1)?.content ?? '';

	it('is the alert of an app that it answers, told once', async () => {
		const room = stage.openRoom('channel');
		const here = { user: room.asker, channel: room.id };
		const embeds = [{ title: '[FIRING] DiskFull db-1', description: 'Only 2 % free' }];
		const { id } = await stage.discord.say({ ...here, text: '', viaWebhook: true, embeds });
		const request = await asked(() => stage.discord.say({ ...here, text: 'why?', mentionBot: true, replyTo: id }));
		expect(lastOf(request)).toBe('why?');
		expect(request.text.split(String.raw`[FIRING] DiskFull db-1\nOnly 2 % free`)).toHaveLength(2);
	});

	it.each(['direct conversation', 'thread'])('is the older message that it points at, in a %s', async (place) => {
		const { discord } = stage;
		const room = stage.openRoom(place === 'thread' ? 'channel' : 'direct');
		const user = room.asker;
		const thread = { channelId: room.id, name: 'offices', ownerId: user };
		const channel = place === 'thread' ? discord.startThread(thread).id : room.id;
		const mentionBot = place === 'thread';
		const say = async (text: string, replyTo?: string) =>
			await discord.say({ user, channel, text, mentionBot, ...(replyTo === undefined ? {} : { replyTo }) });
		let id = '';
		await asked(async () => {
			id = (await say('The Lisbon office moves in May.')).id;
		});
		await asked(() => say('The Berlin office grows.'));
		const request = await asked(() => say('when exactly?', id));
		expect(lastOf(request)).toBe('when exactly?');
		expect(request.body.messages?.at(-2)?.content).toContain('The Lisbon office moves in May.');
	});

	it('is for the bot where it answers the bot, whoever else it names', async () => {
		const room = stage.openRoom('channel');
		const colleague = stage.colleagueIn(room);
		const first = await stage.ask({ room, text: question('who moves') });
		const [answer] = await whole(company, first);
		const replyTo = answer?.messageId ?? '';
		const text = `and what shall <@${colleague}> do?`;
		const request = await asked(() => stage.discord.say({ user: room.asker, channel: room.id, text, replyTo }));
		expect(lastOf(request)).toBe(`and what shall @${stage.discord.world.user(colleague)?.name} do?`);
	});

	it('comes with the time of the installation, for Discord tells nobody’s', async () => {
		const asking = await asked(() => stage.ask({ room: stage.openRoom('channel'), text: question('which day is tomorrow') }));
		const present = asking.text.split('\n').find((line) => line.includes('"time_zone":"America/Los_Angeles"')) ?? '';
		const now = /"now":"([^"]*)"/.exec(present)?.[1];
		const options = { dateStyle: 'short', timeStyle: 'short', timeZone: 'America/Los_Angeles' } as const;
		const told = [0, -60_000].map((agoMs) => new Date(Date.now() + agoMs).toLocaleString('sv', options));
		expect(told).toContain(now);
	});

	it('is what somebody passes on, without a word of their own', async () => {
		const room = stage.openRoom('channel');
		const direct = stage.discord.world.openDirect(room.asker).id;
		const { id } = await stage.discord.say({ user: room.asker, channel: room.id, text: 'Disk of db-1 is full' });
		const forward = { channel: room.id, messageId: id };
		const request = await asked(() => stage.discord.say({ user: room.asker, channel: direct, text: '', forward }));
		expect(request.text).toContain('"cited":"forwarded"');
		expect(request.text).toContain('Disk of db-1 is full');
	});
});
