import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { modelRequests } from '../observe.ts';
import { answerText, settled } from '../promises.ts';
import { describeAnswers } from './answers.contract.ts';
import { askedBy, type Company, expectGoodManners, openCompany } from './company.ts';
import { openSlackStage, type SlackStage } from './slack-stage.ts';
import type { Room } from './stage.ts';
import { describeWriting } from './writing.contract.ts';

describe('on Slack: answers', () => describeAnswers(openSlackStage));
describe('on Slack: writing', () => describeWriting(openSlackStage));

describe('on Slack: what a message says', () => {
	let company: Company;
	let stage: SlackStage;
	let room: Room;
	let colleague: string;
	beforeAll(async () => {
		company = await openCompany(async (options) => {
			stage = await openSlackStage(options);
			return stage;
		});
		company.ollama.answer(answerText(8));
	});
	beforeEach(() => {
		room = stage.openRoom('channel');
		colleague = stage.colleagueIn(room);
	});
	afterAll(async () => {
		expectGoodManners(company);
		await company.close();
	});

	const asked = (act: () => Promise<unknown>) => askedBy(company, act);

	it('is read where it was passed on without a word', async () => {
		const { slack } = stage;
		const { ts } = await slack.say({ user: colleague, channel: room.id, text: 'Disk of db-1 is full, orders fail' });
		const direct = slack.workspace.openDirect(room.asker).id;
		const of = { channel: room.id, ts };
		const { text } = await asked(() => slack.forward({ user: room.asker, channel: direct, text: '', of }));
		const name = slack.workspace.user(colleague)?.name;
		expect(text).toMatch(new RegExp(`"cited":"forwarded","from":"${name}","at":"[^"]*","text":"Disk of db-1 is full, orders fail"`));
		expect(text.split('Disk of db-1')).toHaveLength(2);
	});

	it('is read where it stands in rich text alone, and so is the call', async () => {
		const { slack } = stage;
		const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
		const mention = section({ type: 'user', user_id: slack.botUserId }, { type: 'text', text: ' in what order?' });
		const list = { type: 'rich_text_list', style: 'ordered', elements: ['disk', 'orders'].map((text) => section({ type: 'text', text })) };
		const blocks = [{ type: 'rich_text', elements: [mention, list] }];
		const { body } = await asked(() => slack.say({ user: room.asker, channel: room.id, text: '', blocks }));
		expect(body.messages?.at(-1)?.content).toBe('in what order?\n1. disk\n2. orders');
	});

	it('is known where another app said it in the thread', async () => {
		const { slack } = stage;
		const app = slack.workspace.addApp({ name: 'Alertmanager' });
		const attachments = [{ title: '[FIRING] DiskFull db-1', text: 'Only 2 % free' }];
		const { ts } = await slack.sayAsApp({ app, channel: room.id, webhook: {}, attachments });
		const section = { type: 'section', text: { type: 'mrkdwn', text: 'Build 412 failed' } };
		await slack.sayAsApp({ app, channel: room.id, threadTs: ts, blocks: [section] });
		const text = `<@${slack.botUserId}> what should I do?`;
		const request = await asked(() => slack.say({ user: room.asker, channel: room.id, threadTs: ts, text }));
		const lines = request.body.messages?.[1]?.content.split('\n').map((line) => JSON.parse(line));
		expect(lines).toMatchObject([
			{ overheard_from: 'Alertmanager', text: '[FIRING] DiskFull db-1\nOnly 2 % free' },
			{ overheard_from: 'Alertmanager', text: 'Build 412 failed' },
		]);
	});

	it('is nothing to answer where Slackbot says it', async () => {
		const { slack } = stage;
		const before = modelRequests(company).length;
		await slack.sayAsSlackbot({ channel: room.id, text: `<@${slack.botUserId}> Reminder: water the plants` });
		await slack.sayAsSlackbot({ channel: slack.workspace.openDirect(room.asker).id, text: 'Reminder: water the plants' });
		await eventually(() => stage.hasDelivered());
		await settled(company.program);
		expect(modelRequests(company)).toHaveLength(before);
		expect(slack.messages(room.id)).toHaveLength(1);
	});

	it('comes with the time of whoever says it', async () => {
		const { slack } = stage;
		const user = slack.workspace.addUser({ name: 'yuki', timeZone: 'Asia/Tokyo' }).id;
		const channel = slack.workspace.openDirect(user).id;
		expect((await asked(() => slack.say({ user, channel, text: 'which day is tomorrow?' }))).text).toContain('"time_zone":"Asia/Tokyo"');
	});
});
