import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { modelRequests } from '../observe.ts';
import { answerText, settled } from '../promises.ts';
import { describeAnswers } from './answers.contract.ts';
import { askedBy, type Company, expectGoodManners, openCompany } from './company.ts';
import { openSlackStage, type SlackStage } from './slack-stage.ts';
import type { Room } from './stage.ts';
import { describeTalk } from './talk.contract.ts';
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

	describeTalk(() => company);

	const asked = (act: () => Promise<unknown>) => askedBy(company, act);

	it.each([
		['without a word', ''],
		['with a word about it', 'what do we do about this?'],
	])('is read where it was passed on %s', async (_name, note) => {
		const { slack } = stage;
		const files = [{ name: 'disks.csv', mimetype: 'text/csv', content: 'db-1,98' }];
		const { ts } = await slack.say({ user: colleague, channel: room.id, text: 'Disk of db-1 is full, orders fail', files });
		const direct = slack.workspace.openDirect(room.asker).id;
		const of = { channel: room.id, ts };
		const { text, body } = await asked(() => slack.forward({ user: room.asker, channel: direct, text: note, of }));
		const name = slack.workspace.user(colleague)?.name;
		expect(text).toMatch(new RegExp(`"cited":"forwarded","from":"${name}","at":"[^"]*","text":"Disk of db-1 is full, orders fail`));
		expect(text.split('Disk of db-1')).toHaveLength(2);
		if (note !== '') expect(body.messages?.at(-1)?.content).toBe(note);
	});

	it.each(['direct', 'channel'] as const)('is read where it stands in rich text alone in a %s, and so is the call', async (kind) => {
		const { slack } = stage;
		const { asker: user, id: channel } = stage.openRoom(kind);
		const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
		const call = kind === 'channel' ? [{ type: 'user', user_id: slack.botUserId }] : [];
		const asking = section(...call, { type: 'text', text: ' in what order?' });
		const list = { type: 'rich_text_list', style: 'ordered', elements: ['disk', 'orders'].map((text) => section({ type: 'text', text })) };
		const blocks = [{ type: 'rich_text', elements: [asking, list] }];
		const { body } = await asked(() => slack.say({ user, channel, text: '', blocks }));
		expect(body.messages?.at(-1)?.content).toBe('in what order?\n1. disk\n2. orders');
	});

	it('names whom and what it mentions', async () => {
		const { slack } = stage;
		const { workspace } = slack;
		const news = workspace.addChannel({ name: 'news', members: [colleague] });
		const board = workspace.addChannel({ name: 'board', members: [colleague], isPrivate: true });
		const group = await slack.createUserGroup({ handle: 'ops', userIds: [colleague] });
		const text = `draft a thank-you to <@${colleague}> and <!subteam^${group.id}> in <#${news.id}|> and <#${board.id}|>`;
		const { body } = await asked(() => slack.say({ user: room.asker, channel: workspace.openDirect(room.asker).id, text }));
		const name = workspace.user(colleague)?.name;
		// What a private channel is called, whoever reads the answer need not know.
		expect(body.messages?.at(-1)?.content).toBe(`draft a thank-you to @${name} and @ops in #news and #a channel`);
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
