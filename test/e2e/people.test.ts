import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stableId } from '#src/identity/stable-id.ts';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { eventually } from './eventually.ts';
import { modelRequests, nextPrivateWord, privateWords, queryDatabase, quiet, requestsFor, wholeAnswers } from './observe.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

describe('whom the bot answers on Slack', () => {
	let workplace: Workplace;
	let deactivated: string;
	let invisible: string;
	beforeAll(async () => {
		workplace = await openWorkplace();
		const { slack, channels } = workplace;
		deactivated = slack.workspace.addUser({ name: 'gone', locale: 'es-ES', deleted: true }).id;
		invisible = slack.workspace.addUser({ name: 'shadow', isStranger: true }).id;
		slack.workspace.channel(channels.general)?.members.push(deactivated, invisible);
	});
	afterAll(async () => await workplace.close());
	beforeEach(() => workplace.ollama.answer('Fine.'));

	it.each([
		['a guest', () => workplace.people.guest, english.refusal.guest],
		['somebody of another company', () => workplace.people.stranger, english.refusal.guest],
		['somebody whose account is closed', () => deactivated, spanish.refusal.deactivated],
	])('tells %s privately that it does not answer them, wherever they ask', async (_who, of, sentence) => {
		const { slack, channels, ask } = workplace;
		const user = of();
		const before = modelRequests(workplace).length;
		const ts = await ask('will you answer me?', { user });
		expect(await nextPrivateWord(workplace, channels.general, user, 0)).toBe(sentence);
		const direct = slack.workspace.openDirect(user).id;
		const { ts: directTs } = await slack.say({ user, channel: direct, text: 'and here?' });
		expect((await eventually(() => workplace.answers(direct, directTs)[0])).visibleText).toBe(sentence);
		const command = await slack.slash({ user, channel: channels.general, command: '/ccb', text: 'status' });
		expect(await eventually(() => command.responses[0]?.text)).toBe(sentence);
		await quiet(workplace);
		expect(workplace.answers(channels.general, ts)).toEqual([]);
		expect(modelRequests(workplace)).toHaveLength(before);
		expect(await queryDatabase(workplace, "select id from messages where content like '%answer me%'")).toEqual([]);
	});

	it('says nothing to outsiders who talk in a thread of its own', async () => {
		const { slack, people, channels, ask } = workplace;
		const ts = await ask('our thread');
		await wholeAnswers(workplace, channels.general, ts, 1);
		const before = privateWords(workplace, channels.general, people.guest).length;
		await slack.say({ user: people.guest, channel: channels.general, threadTs: ts, text: 'may I join?' });
		await quiet(workplace);
		expect(privateWords(workplace, channels.general, people.guest)).toHaveLength(before);
		expect(requestsFor(workplace, 'may I join?')).toEqual([]);
	});

	it('takes somebody whom Slack does not let it see for an outsider', async () => {
		const { slack, channels, ask } = workplace;
		slack.fail({ method: 'users.info', kind: 'error', error: 'user_not_visible' });
		await ask('do you see me?', { user: invisible });
		expect(await nextPrivateWord(workplace, channels.general, invisible, 0)).toBe(english.refusal.guest);
		expect(requestsFor(workplace, 'do you see me?')).toEqual([]);
	});

	it('never answers itself, other bots, or what changes in messages without their text', async () => {
		const { slack, ollama, people, channels, ask } = workplace;
		ollama.answer(`Ask <@${slack.botUserId}> again, or @OpenCCB.`);
		const before = modelRequests(workplace).length;
		const ts = await ask('talk to yourself');
		await wholeAnswers(workplace, channels.general, ts, 1);
		const place = { channel: channels.general, channel_type: 'channel', thread_ts: ts };
		const bot = { bot_id: 'B0OTHER', app_id: 'A0OTHER', user: people.tom, text: `<@${slack.botUserId}> I am a bot` };
		const original = { type: 'message', user: people.tom, text: `<@${slack.botUserId}> talk to yourself`, ts };
		const events = [
			{ type: 'message', subtype: 'bot_message', ...place, ...bot, ts: '1700000000.000001' },
			{ type: 'app_mention', ...place, ...bot, ts: '1700000000.000002' },
			{ type: 'message', ...place, ...bot, user: slack.botUserId, bot_id: slack.botId, ts: '1700000000.000003' },
			{ type: 'message', subtype: 'channel_join', ...place, user: people.tom, text: 'joined', ts: '1700000000.000004' },
			{
				type: 'message',
				subtype: 'message_changed',
				...place,
				ts: '1700000000.000005',
				previous_message: original,
				message: { ...original, attachments: [{ title: 'A preview' }] },
			},
			{
				type: 'message',
				subtype: 'message_changed',
				...place,
				ts: '1700000000.000006',
				previous_message: bot,
				message: { ...bot, text: 'changed', ts: '1700000000.000001' },
			},
			{
				type: 'message',
				subtype: 'message_deleted',
				...place,
				ts: '1700000000.000007',
				deleted_ts: '1700000000.000001',
				previous_message: bot,
			},
		];
		const taken = await workplace.program.metric('openccb_events_total', 'result="new"');
		for (const [index, event] of events.entries()) {
			const body = { type: 'event_callback', team_id: slack.teamId, event_id: `EvBOT${index}`, event };
			expect(await slack.deliver(JSON.stringify(body))).toMatchObject({ status: 200 });
		}
		await quiet(workplace);
		expect(await workplace.program.metric('openccb_events_total', 'result="new"')).toBe(taken);
		expect(modelRequests(workplace)).toHaveLength(before + 1);
		expect(workplace.answers(channels.general, ts)).toHaveLength(1);
	});

	it('lets nobody in as long as Slack does not say who they are, and tries again', async () => {
		const { slack, channels, ask } = workplace;
		const user = slack.workspace.addUser({ name: 'newcomer' }).id;
		slack.workspace.channel(channels.general)?.members.push(user);
		slack.fail({ method: 'users.info', kind: '500', times: 2 });
		const ts = await ask('who am I?', { user });
		expect((await wholeAnswers(workplace, channels.general, ts, 1))[0]?.visibleText).toBe('Fine.');
		expect(
			slack
				.callsTo('users.info')
				.filter((call) => call.arguments['user'] === user)
				.map((call) => call.httpStatus),
		).toEqual([500, 500, 200]);
	});

	it('shows that it is at work to whoever it does not know yet, before Slack has said who they are', async () => {
		const { slack, channels, ask } = workplace;
		const user = slack.workspace.addUser({ name: 'stranger-yet' }).id;
		slack.workspace.channel(channels.general)?.members.push(user);
		slack.setLatency(2_500);
		const ts = await ask('will you know me?', { user });
		const isOfThread = (call: { arguments: object }) => 'thread_ts' in call.arguments && call.arguments.thread_ts === ts;
		const sign = await eventually(() => slack.callsTo('assistant.threads.setStatus').find(isOfThread));
		const info = slack.callsTo('users.info').find((call) => call.arguments['user'] === user);
		expect(info).toBeDefined();
		expect(info?.answeredAtMs ?? Number.POSITIVE_INFINITY).toBeGreaterThan(sign.atMs);
		slack.setLatency(0);
		expect((await wholeAnswers(workplace, channels.general, ts, 1))[0]?.visibleText).toBe('Fine.');
	});

	it('answers nobody whose profile Slack refuses to tell', async () => {
		const { slack, channels, ask } = workplace;
		const user = slack.workspace.addUser({ name: 'mystery' }).id;
		slack.workspace.channel(channels.general)?.members.push(user);
		slack.fail({ method: 'users.info', kind: 'error', error: 'missing_scope' });
		await ask('let me in', { user });
		expect(await nextPrivateWord(workplace, channels.general, user, 0)).toBe(english.failure.unanswered);
		expect(requestsFor(workplace, 'let me in')).toEqual([]);
	});

	/** Whole, instead of an answer; what is told of the file itself stands beside it. */
	async function isSaid(sentence: string, channel: string, ts: string): Promise<void> {
		const whole = () => workplace.answers(channel, ts).filter(({ streaming }) => streaming !== 'in_progress');
		await eventually(() => whole().some(({ visibleText }) => visibleText.includes(sentence)));
	}

	it.each(['tom', 'lucia'] as const)('says why it cannot read the file of %s, where nothing else answers the question', async (name) => {
		const { slack, people, channels } = workplace;
		const files = [{ name: 'plan.pdf', mimetype: 'application/pdf', content: '%PDF' }];
		const text = `<@${slack.botUserId}> what is in it?`;
		const { ts } = await slack.say({ user: people[name], channel: channels.general, text, files });
		await isSaid((name === 'tom' ? english : spanish).files.unread['type-mismatch'], channels.general, ts);
	});

	it('says why it cannot read a file that comes alone', async () => {
		const { slack, people } = workplace;
		const channel = slack.workspace.openDirect(people.lucia).id;
		const before = modelRequests(workplace).length;
		const { ts } = await slack.say({
			user: people.lucia,
			channel,
			text: '',
			files: [{ name: 'plan.pdf', mimetype: 'application/pdf', content: '%PDF' }],
		});
		await isSaid(spanish.files.unread['type-mismatch'], channel, ts);
		expect(modelRequests(workplace)).toHaveLength(before);
	});

	it('takes away what a person wrote who has become a guest since', async () => {
		const { slack, channels, ask } = workplace;
		const guest = slack.workspace.addUser({ name: 'intern', isGuest: true }).id;
		slack.workspace.channel(channels.general)?.members.push(guest);
		const ts = await ask('a thread with an intern');
		await wholeAnswers(workplace, channels.general, ts, 1);
		const { ts: written } = await slack.say({ user: guest, channel: channels.general, threadTs: ts, text: 'from better times' });
		await quiet(workplace);
		const id = stableId(`message:slack:${slack.teamId}:${channels.general}:${written}`);
		await queryDatabase(
			workplace,
			`insert into messages (id, conversation_id, role, author_user_id, platform_message_id, content, status)
			select $1, c.id, 'user', i.user_id, $2, 'from better times', 'received'
			from conversations c, identities i where c.thread_id = $3 and i.account_id = $4`,
			[id, written, ts, guest],
		);
		await slack.remove({ user: guest, channel: channels.general, ts: written });
		await eventually(
			async () => (await queryDatabase(workplace, 'select id from messages where id = $1 and content = $2', [id, ''])).length === 1,
		);
	});
});
