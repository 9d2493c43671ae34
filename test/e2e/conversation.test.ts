import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import { countMessageTokens } from '#test/emulators/ollama/tokens.ts';
import { eventually } from './eventually.ts';
import {
	handled,
	modelRequests,
	nextPrivateWord,
	privateWords,
	queryDatabase,
	quiet,
	requestsFor,
	sayInTurn,
	summaryRequests,
	wholeAnswers,
} from './observe.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

const contextTokens = 2_048;

describe('a conversation on Slack', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		const environment = { OLLAMA_CONTEXT_TOKENS: String(contextTokens), OLLAMA_ANSWER_TOKENS: '256' };
		workplace = await openWorkplace({ ollama: { tokensPerSecond: 100 }, environment });
	});
	afterAll(async () => await workplace.close());
	beforeEach(() => workplace.ollama.answer('Fine.'));

	it('reads what people said in the thread that it is called into, with their names', async () => {
		const { slack, people, channels, ask, answered } = workplace;
		const { ts } = await slack.say({ user: people.tom, channel: channels.general, text: 'The pump costs 90 &amp; the valve 40 euros' });
		await slack.say({ user: people.lucia, channel: channels.general, threadTs: ts, text: `<@${people.tom}> delivery is on Friday` });
		await ask('sum this up', { threadTs: ts });
		expect((await answered(channels.general, ts)).threadTs).toBe(ts);
		const [request] = requestsFor(workplace, 'sum this up');
		const lines = request?.body.messages?.[1]?.content.split('\n').map((line) => JSON.parse(line));
		expect(lines).toMatchObject([
			{ overheard_from: 'tom', at: expect.any(String), text: 'The pump costs 90 & the valve 40 euros' },
			{ overheard_from: 'lucia', at: expect.any(String), text: '@tom delivery is on Friday' },
		]);
		expect(request?.body.messages).toHaveLength(4);
	});

	it('hears what people and other apps said in the thread since its last answer, and knows who said what to it', async () => {
		const { slack, people, channels, ask } = workplace;
		const ts = await ask('I am in the Berlin office');
		await wholeAnswers(workplace, channels.general, ts, 1);
		await slack.say({
			user: people.lucia,
			channel: channels.general,
			threadTs: ts,
			text: `<@${slack.botUserId}> I am in the Lisbon office`,
		});
		await wholeAnswers(workplace, channels.general, ts, 2);
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: `<@${people.lucia}> which day suits you?` });
		await slack.say({ user: people.lucia, channel: channels.general, threadTs: ts, text: `<@${people.tom}> Thursday the 12th` });
		await ask('so which day do we move?', { threadTs: ts });
		await wholeAnswers(workplace, channels.general, ts, 3);
		const messages = requestsFor(workplace, 'which day do we move').at(-1)?.body.messages ?? [];
		const said = messages
			.slice(1, -1)
			.flatMap(({ role, content }) => (role === 'user' ? content.split('\n').map((line) => JSON.parse(line)) : []));
		expect(said).toMatchObject([
			{ from: 'tom', text: 'I am in the Berlin office' },
			{ from: 'lucia', text: 'I am in the Lisbon office' },
			{ overheard_from: 'tom', text: '@lucia which day suits you?' },
			{ overheard_from: 'lucia', text: '@tom Thursday the 12th' },
			{ asker: 'tom', now: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/), time_zone: expect.any(String) },
		]);
	});

	it('leaves alone what people in its thread say to somebody else, and answers what they say to nobody', async () => {
		const { slack, people, channels, ask } = workplace;
		const ts = await ask('a thread of ours');
		await wholeAnswers(workplace, channels.general, ts, 1);
		for (const whom of [`<@${people.lucia}>`, '<!subteam^S0BUYERS|@buyers>', '<!here>']) {
			await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: `${whom} not for the machine` });
		}
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'and this is for all' });
		await wholeAnswers(workplace, channels.general, ts, 2);
		await quiet(workplace);
		expect(requestsFor(workplace, 'not for the machine').map(({ text }) => text)).toEqual([]);
		expect(workplace.answers(channels.general, ts)).toHaveLength(2);
	});

	it('keeps out of threads and channels where nobody called it', async () => {
		const { slack, people, channels, program } = workplace;
		const before = await program.metric('openccb_events_total', 'result="unrelated"');
		const { ts } = await slack.say({ user: people.tom, channel: channels.random, text: 'just between us' });
		await slack.say({ user: people.lucia, channel: channels.random, threadTs: ts, text: 'of course' });
		await eventually(async () => (await program.metric('openccb_events_total', 'result="unrelated"')) > before);
		await quiet(workplace);
		expect(workplace.answers(channels.random, ts)).toEqual([]);
		expect(requestsFor(workplace, 'of course')).toEqual([]);
	});

	it.each([
		['a private channel', { isPrivate: true }],
		['a direct message of several people', { isPrivate: true, isGroupDirect: true }],
	])('answers and follows in %s', async (name, kind) => {
		const { slack, people, ask } = workplace;
		const channel = slack.workspace.addChannel({ name, members: [people.tom, people.lucia], ...kind }).id;
		const ts = await ask('first in here', { channel });
		await wholeAnswers(workplace, channel, ts, 1);
		await slack.say({ user: people.lucia, channel, threadTs: ts, text: 'second in here' });
		await wholeAnswers(workplace, channel, ts, 2);
		expect(requestsFor(workplace, 'second in here').at(-1)?.text).toContain('first in here');
	});

	it.each([
		['tom', english],
		['lucia', spanish],
	] as const)('suggests what to ask when %s opens the conversation with it, in their language', async (name, words) => {
		const { slack, people } = workplace;
		await slack.openMessagesTab(people[name]);
		const direct = slack.workspace.openDirect(people[name]).id;
		expect(await eventually(() => slack.suggestedPrompts(direct).length > 0 && slack.suggestedPrompts(direct))).toEqual(words.prompts);
	});

	it('talks with two people in one thread', async () => {
		const { slack, people, channels, ask } = workplace;
		const ts = await ask('I am Tom and I like tea');
		await wholeAnswers(workplace, channels.general, ts, 1);
		await slack.say({ user: people.lucia, channel: channels.general, threadTs: ts, text: 'y a mí el café' });
		await wholeAnswers(workplace, channels.general, ts, 2);
		const request = requestsFor(workplace, 'y a mí el café').at(-1);
		expect(request?.text).toContain('I like tea');
		expect(request?.body.messages?.at(-2)?.content).toMatch(/"asker":"lucia".*"locale":"es-ES"/);
	});

	it('answers two quick questions of one thread one after the other, in their order', async () => {
		const { ollama, people, channels, ask } = workplace;
		const ts = await ask('open the thread');
		await wholeAnswers(workplace, channels.general, ts, 1);
		ollama.answer((body) => `You asked: ${body.messages?.at(-1)?.content}`);
		for (const text of ['which is first?', 'which is second?']) {
			await sayInTurn(workplace, { user: people.tom, channel: channels.general, threadTs: ts, text });
		}
		const answers = await wholeAnswers(workplace, channels.general, ts, 3);
		expect(answers.slice(1).map((answer) => answer.visibleText)).toEqual(['You asked: which is first?', 'You asked: which is second?']);
		expect(requestsFor(workplace, 'which is second?').at(-1)?.text).toContain('You asked: which is first?');
	});

	it('folds a long conversation into a summary, uses it, and never asks for more than the context holds', async () => {
		const { slack, ollama, people, channels, ask } = workplace;
		const filler = 'The delivery of the blue pumps to the warehouse in Zaragoza is planned for the second week of the month. '.repeat(4);
		ollama.answer((body) => (body.messages?.[0]?.content.startsWith('Summarise') ? 'SUMMARY: blue pumps.' : `Noted. ${filler}`));
		const ts = await ask(`note 0: ${filler}`);
		const say = (text: string) => slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text });
		const isFolding = () => summaryRequests(workplace).length > 0;
		let said = 1;
		for (; said < 10; said++) {
			await wholeAnswers(workplace, channels.general, ts, said);
			if (await eventually(isFolding, 300).catch(() => false)) break;
			await say(`note ${said}: ${filler}`);
		}
		const summary = 'select id from conversations where thread_id = $1 and summary is not null';
		await eventually(async () => (await queryDatabase(workplace, summary, [ts])).length === 1);
		await handled(workplace);
		for (let count = 1; count <= 3; count++) {
			await say(`which colour? ${filler}`);
			await wholeAnswers(workplace, channels.general, ts, said + count);
		}
		expect(requestsFor(workplace, 'which colour?').some(({ text }) => text.includes('SUMMARY: blue pumps.'))).toBe(true);
		for (const { body } of [...modelRequests(workplace), ...summaryRequests(workplace)]) {
			const tokens = (body.messages ?? []).reduce((sum, message) => sum + countMessageTokens(message), 0);
			expect(tokens + Number(body.options?.['num_predict'])).toBeLessThanOrEqual(contextTokens);
		}
	});

	it('remembers an edited question as it is now', async () => {
		const { slack, people, channels, ask } = workplace;
		const ts = await ask('my code is 1111');
		await wholeAnswers(workplace, channels.general, ts, 1);
		await slack.edit({ user: people.tom, channel: channels.general, ts, text: `<@${slack.botUserId}> my code is 2222` });
		await quiet(workplace);
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'what is it?' });
		await wholeAnswers(workplace, channels.general, ts, 2);
		const request = requestsFor(workplace, 'what is it?').at(-1);
		expect(request?.text).toContain('my code is 2222');
		expect(request?.text).not.toContain('1111');
	});

	it('remembers a question as it was edited while its answer was being written', async () => {
		const { slack, ollama, people, channels, ask } = workplace;
		ollama.answer('word '.repeat(100));
		const ts = await ask('my number is 3333');
		await eventually(() => workplace.answers(channels.general, ts).length > 0);
		await slack.edit({ user: people.tom, channel: channels.general, ts, text: `<@${slack.botUserId}> my number is 4444` });
		await wholeAnswers(workplace, channels.general, ts, 1);
		await quiet(workplace);
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'which number?' });
		await wholeAnswers(workplace, channels.general, ts, 2);
		const request = requestsFor(workplace, 'which number?').at(-1);
		expect(request?.text).toContain('my number is 4444');
		expect(request?.text).not.toContain('3333');
	});

	it('forgets a deleted question', async () => {
		const { slack, people, channels, ask } = workplace;
		const ts = await ask('begin');
		await wholeAnswers(workplace, channels.general, ts, 1);
		const secret = await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'the password is hunter2' });
		await wholeAnswers(workplace, channels.general, ts, 2);
		await slack.remove({ user: people.tom, channel: channels.general, ts: secret.ts });
		await quiet(workplace);
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'what did I say?' });
		await wholeAnswers(workplace, channels.general, ts, 3);
		expect(requestsFor(workplace, 'what did I say?').at(-1)?.text).not.toContain('hunter2');
	});

	it('takes the answer away whose question is deleted meanwhile, and forgets both', async () => {
		const { slack, ollama, people, channels, ask } = workplace;
		const ts = await ask('begin again');
		await wholeAnswers(workplace, channels.general, ts, 1);
		ollama.answer('marmalade '.repeat(2_000));
		const secret = await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'the password is swordfish' });
		await eventually(() => workplace.answers(channels.general, ts).length > 1);
		await slack.remove({ user: people.tom, channel: channels.general, ts: secret.ts });
		await eventually(() => requestsFor(workplace, 'swordfish').every(({ record }) => record.hungUpAtMs !== null));
		await eventually(() => workplace.answers(channels.general, ts).length === 1);
		await quiet(workplace);
		ollama.answer('Nothing.');
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'what did I tell you?' });
		await wholeAnswers(workplace, channels.general, ts, 2);
		expect(requestsFor(workplace, 'what did I tell you?').at(-1)?.text).not.toMatch(/swordfish|marmalade/);
	});

	it('does not answer a question that was deleted while it waited for its turn', async () => {
		const { slack, ollama, people, channels, ask } = workplace;
		const ts = await ask('one more thread');
		await wholeAnswers(workplace, channels.general, ts, 1);
		ollama.answer('word '.repeat(100));
		const here = { user: people.tom, channel: channels.general, threadTs: ts };
		await sayInTurn(workplace, { ...here, text: 'this goes first' });
		const waiting = await sayInTurn(workplace, { ...here, text: 'never mind xyzzy' });
		await eventually(() => workplace.answers(channels.general, ts).length > 1);
		await slack.remove({ user: people.tom, channel: channels.general, ts: waiting });
		await wholeAnswers(workplace, channels.general, ts, 2);
		await quiet(workplace);
		expect(requestsFor(workplace, 'xyzzy').map(({ text }) => text)).toEqual([]);
		expect(workplace.answers(channels.general, ts)).toHaveLength(2);
	});

	it('forgets what was said in the thread when somebody says "new"', async () => {
		const { slack, people, channels, ask } = workplace;
		const before = privateWords(workplace, channels.general, people.tom).length;
		const ts = await ask('my dog is called Bruno');
		await wholeAnswers(workplace, channels.general, ts, 1);
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'new' });
		expect(await nextPrivateWord(workplace, channels.general, people.tom, before)).toBe(english.command.fresh);
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'what is my dog called?' });
		await wholeAnswers(workplace, channels.general, ts, 2);
		expect(requestsFor(workplace, 'what is my dog called?').at(-1)?.text).not.toContain('Bruno');
	});
});
