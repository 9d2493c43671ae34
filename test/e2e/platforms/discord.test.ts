import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { type ModelRequest, modelRequests } from '../observe.ts';
import { answerText } from '../promises.ts';
import { describeAnswers } from './answers.contract.ts';
import { askedBy, type Company, expectGoodManners, openCompany } from './company.ts';
import { type DiscordStage, openDiscordStage } from './discord-stage.ts';
import { describeWriting } from './writing.contract.ts';

describe('on Discord: answers', () => describeAnswers(openDiscordStage));
describe('on Discord: writing', () => describeWriting(openDiscordStage));

describe('on Discord: what a message says', () => {
	let company: Company;
	let stage: DiscordStage;
	beforeAll(async () => {
		company = await openCompany(async (options) => {
			stage = await openDiscordStage(options);
			return stage;
		});
		company.ollama.answer(answerText(8));
	});
	afterAll(async () => {
		expectGoodManners(company);
		await company.close();
	});

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

	it('is the older message that it points at, in a direct conversation', async () => {
		const room = stage.openRoom('direct');
		const here = { user: room.asker, channel: room.id };
		const { id } = await stage.discord.say({ ...here, text: 'The Lisbon office moves in May.' });
		await eventually(() => stage.answers({ room, user: room.asker, messageId: id, text: '', threadId: id }).length > 0);
		await asked(() => stage.discord.say({ ...here, text: 'The Berlin office grows.' }));
		const request = await asked(() => stage.discord.say({ ...here, text: 'when exactly?', replyTo: id }));
		expect(lastOf(request)).toBe('when exactly?');
		expect(request.body.messages?.at(-2)?.content).toContain('The Lisbon office moves in May.');
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

	it('after an edit that names the bot is answered, once', async () => {
		const room = stage.openRoom('channel');
		const here = { user: room.asker, channel: room.id };
		const { id } = await stage.discord.say({ ...here, text: 'what is a chair?' });
		const change = (text: string) => stage.discord.edit({ ...here, messageId: id, text: `<@${stage.discord.botUserId}> ${text}` });
		expect(lastOf(await asked(() => change('what is a table?')))).toBe('what is a table?');
		const before = modelRequests(company).length;
		await change('what is a cupboard?');
		// What follows in the same channel is read after it.
		await asked(() => stage.discord.say({ ...here, text: 'and a lamp?', mentionBot: true }));
		expect(modelRequests(company)).toHaveLength(before + 1);
	});
});
