import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import type { InteractionResult } from '#test/emulators/slack/people.ts';
import type { VisibleMessage } from '#test/emulators/slack/types.ts';
import { eventually } from './eventually.ts';
import { nextPrivateWord, privateWords, queryDatabase, quiet, requestsFor, wholeAnswers } from './observe.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

/** Far more than is written before somebody stops it. */
const longAnswer = 'word '.repeat(3_000);

/** Waits until the model was hung up. @returns how long after `sinceMs` (epoch) that was. */
async function hungUpAfter(workplace: Workplace, question: string, sinceMs: number): Promise<number> {
	return await eventually(() => {
		const hungUpAtMs = requestsFor(workplace, question).at(-1)?.record.hungUpAtMs ?? null;
		return hungUpAtMs === null ? undefined : Math.max(hungUpAtMs - sinceMs, 1);
	});
}

async function press(workplace: Workplace, user: string, message: VisibleMessage, value: RegExp): Promise<InteractionResult> {
	const { slack } = workplace;
	const button = slack.message(message.channel, message.ts)?.buttons.find((candidate) => value.test(candidate.value));
	if (button === undefined) throw new Error(`no button ${value}`);
	return await slack.press({ user, channel: message.channel, ts: message.ts, actionId: button.actionId, value: button.value });
}

/** What the person was told privately in answer to the press. */
async function told(result: InteractionResult): Promise<string> {
	expect(result.failure).toBeUndefined();
	return await eventually(() => result.responses.at(-1)?.text);
}

async function growing(workplace: Workplace, channel: string, ts: string): Promise<VisibleMessage> {
	return await eventually(() => workplace.answers(channel, ts).find((answer) => answer.visibleText !== ''));
}

describe('what people do with an answer, streamed natively', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({ ollama: { tokensPerSecond: 60, firstTokenMs: 300 } });
	});
	afterAll(async () => await workplace.close());
	beforeEach(() => workplace.ollama.answer('A good answer.'));

	it("stops it within a second by Slack's own Stop control", async () => {
		const { slack, ollama, people, channels, ask } = workplace;
		ollama.answer(longAnswer);
		const ts = await ask('stop me by the control');
		const answer = await growing(workplace, channels.general, ts);
		await eventually(() => slack.session(channels.general, ts)?.status === 'processing');
		const pressedAtMs = Date.now();
		await slack.stopStreaming({ user: people.tom, channel: channels.general, threadTs: ts });
		expect(await hungUpAfter(workplace, 'stop me by the control', pressedAtMs)).toBeLessThan(1_000);
		const [whole] = await wholeAnswers(workplace, channels.general, ts, 1);
		expect(whole?.ts).toBe(answer.ts);
		expect(whole?.visibleText).toMatch(/^word .*⏹️ Stopped\.$/s);
		await eventually(() => slack.session(channels.general, ts)?.status === 'active');
	});

	it.each([
		['tom', 'stop', english],
		['lucia', '¡Para!', spanish],
	] as const)('stops it within a second when %s types "%s"', async (name, word, words) => {
		const { slack, ollama, people, channels, ask } = workplace;
		ollama.answer(longAnswer);
		const user = people[name];
		const before = privateWords(workplace, channels.general, user).length;
		const ts = await ask(`stop me by ${word}`, { user });
		await growing(workplace, channels.general, ts);
		const saidAtMs = Date.now();
		await slack.say({ user, channel: channels.general, threadTs: ts, text: word });
		expect(await hungUpAfter(workplace, `stop me by ${word}`, saidAtMs)).toBeLessThan(1_000);
		const [whole] = await wholeAnswers(workplace, channels.general, ts, 1);
		expect(whole?.visibleText).toContain(words.notice.stopped);
		expect(await nextPrivateWord(workplace, channels.general, user, before)).toBe(words.command.stopped(1));
	});

	it('stops it before its first word', async () => {
		const { slack, ollama, people, channels, ask } = workplace;
		ollama.answer(longAnswer);
		// Time stands still before the first word.
		ollama.fail({ kind: 'stall-before-headers' });
		const ts = await ask('stop me early');
		await eventually(() => requestsFor(workplace, 'stop me early').length > 0);
		const saidAtMs = Date.now();
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'stop' });
		expect(await hungUpAfter(workplace, 'stop me early', saidAtMs)).toBeLessThan(1_000);
		const [whole] = await wholeAnswers(workplace, channels.general, ts, 1);
		expect(whole?.visibleText).toBe(english.notice.stopped);
		await eventually(() => slack.status(channels.general, ts) === '');
	});

	it('stops it from anywhere in a direct conversation, where every message is a thread of its own', async () => {
		const { slack, ollama, people } = workplace;
		ollama.answer(longAnswer);
		const channel = slack.workspace.openDirect(people.tom).id;
		const { ts } = await slack.say({ user: people.tom, channel, text: 'stop me directly' });
		await growing(workplace, channel, ts);
		const saidAtMs = Date.now();
		await slack.say({ user: people.tom, channel, text: 'stop' });
		expect(await hungUpAfter(workplace, 'stop me directly', saidAtMs)).toBeLessThan(1_000);
	});

	it('goes on when somebody else says stop, and tells them so', async () => {
		const { slack, ollama, people, channels, ask } = workplace;
		ollama.answer('word '.repeat(60));
		const before = privateWords(workplace, channels.general, people.lucia).length;
		const ts = await ask('only I may stop this');
		await growing(workplace, channels.general, ts);
		await slack.say({ user: people.lucia, channel: channels.general, threadTs: ts, text: 'stop' });
		expect(await nextPrivateWord(workplace, channels.general, people.lucia, before)).toBe(spanish.command.nothingToStop);
		const [whole] = await wholeAnswers(workplace, channels.general, ts, 1);
		expect(whole?.visibleText.match(/word/g)).toHaveLength(60);
	});

	it('asks again after a failure, in the place of the failed message', async () => {
		const { ollama, people, channels, ask } = workplace;
		ollama.fail({ kind: 'empty' });
		const ts = await ask('try twice');
		const [failed] = await wholeAnswers(workplace, channels.general, ts, 1);
		if (failed === undefined) throw new Error('no answer');
		expect(failed.visibleText).toBe(english.failure.emptyAnswer);
		await press(workplace, people.tom, failed, /^retry:/);
		await eventually(() => workplace.answers(channels.general, ts)[0]?.visibleText === 'A good answer.');
		const answers = await wholeAnswers(workplace, channels.general, ts, 1);
		expect(answers.map((answer) => answer.ts)).toEqual([failed.ts]);
		expect(answers[0]?.buttons.map((button) => button.actionId)).toContain('openccb_feedback');
	});

	it('gives a new answer beside a good one, once, however often the button is pressed', async () => {
		const { ollama, people, channels, ask } = workplace;
		const ts = await ask('again please');
		const [first] = await wholeAnswers(workplace, channels.general, ts, 1);
		if (first === undefined) throw new Error('no answer');
		ollama.answer('A better answer.');
		await Promise.all([press(workplace, people.tom, first, /^retry:/), press(workplace, people.tom, first, /^retry:/)]);
		const answers = await wholeAnswers(workplace, channels.general, ts, 2);
		expect(answers.map((answer) => answer.visibleText)).toEqual(['A good answer.', 'A better answer.']);
		expect(await told(await press(workplace, people.tom, first, /^retry:/))).toBe(english.refusal.askedAgain);
		await quiet(workplace);
		expect(workplace.answers(channels.general, ts)).toHaveLength(2);
		expect(requestsFor(workplace, 'again please')).toHaveLength(2);
	});

	it('refuses to ask again for somebody else, or what was deleted, or what it does not have any more', async () => {
		const { slack, people, channels, ask } = workplace;
		const ts = await ask('mine alone');
		const [answer] = await wholeAnswers(workplace, channels.general, ts, 1);
		if (answer === undefined) throw new Error('no answer');
		expect(await told(await press(workplace, people.lucia, answer, /^retry:/))).toBe(spanish.refusal.notYours);
		await slack.remove({ user: people.tom, channel: channels.general, ts });
		await quiet(workplace);
		expect(await told(await press(workplace, people.tom, answer, /^retry:/))).toBe(english.refusal.questionGone);
		await queryDatabase(workplace, 'delete from messages where id = $1', [answer.buttons[0]?.value.split(':')[1]]);
		expect(await told(await press(workplace, people.lucia, answer, /^up:/))).toBe(spanish.refusal.answerGone);
		expect(requestsFor(workplace, 'mine alone')).toHaveLength(1);
	});

	it('keeps one rating of each person, the last one', async () => {
		const { people, channels, ask, program } = workplace;
		const [up, down] = await Promise.all(['up', 'down'].map((rating) => program.metric('openccb_feedback_total', `rating="${rating}"`)));
		const ts = await ask('rate me');
		const [answer] = await wholeAnswers(workplace, channels.general, ts, 1);
		if (answer === undefined) throw new Error('no answer');
		expect(await told(await press(workplace, people.tom, answer, /^up:/))).toBe(english.feedback.thanks);
		expect(await told(await press(workplace, people.lucia, answer, /^up:/))).toBe(spanish.feedback.thanks);
		await told(await press(workplace, people.tom, answer, /^down:/));
		await eventually(async () => (await program.metric('openccb_feedback_total', 'rating="down"')) === Number(down) + 1);
		expect(await program.metric('openccb_feedback_total', 'rating="up"')).toBe(Number(up) + 2);
		const replyId = answer.buttons[0]?.value.split(':')[1];
		const sql =
			'select u.display_name as name, f.rating from feedback f join users u on u.id = f.user_id where f.message_id = $1 order by 1';
		expect(await queryDatabase(workplace, sql, [replyId])).toEqual([
			{ name: 'lucia', rating: 1 },
			{ name: 'tom', rating: -1 },
		]);
	});

	it('takes no button from a guest, and says why', async () => {
		const { people, channels, ask } = workplace;
		const ts = await ask('for members only');
		const [answer] = await wholeAnswers(workplace, channels.general, ts, 1);
		if (answer === undefined) throw new Error('no answer');
		expect(await told(await press(workplace, people.guest, answer, /^up:/))).toBe(english.refusal.guest);
	});
});

describe('what people do with an answer, shown by edits', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({ ollama: { tokensPerSecond: 60 }, environment: { SLACK_STREAMING: 'edit' } });
	});
	afterAll(async () => await workplace.close());

	it('has a Stop button for the asker alone, which stops it within a second', async () => {
		const { ollama, people, channels, ask } = workplace;
		ollama.answer(longAnswer);
		const ts = await ask('párate', { user: people.lucia });
		const answer = await growing(workplace, channels.general, ts);
		expect(answer.buttons.map(({ label }) => label)).toEqual([spanish.button.stop]);
		expect(await told(await press(workplace, people.tom, answer, /^stop:/))).toBe(english.refusal.notYours);
		expect(requestsFor(workplace, 'párate').at(-1)?.record.hungUpAtMs).toBeNull();
		const pressedAtMs = Date.now();
		await press(workplace, people.lucia, answer, /^stop:/);
		expect(await hungUpAfter(workplace, 'párate', pressedAtMs)).toBeLessThan(1_000);
		const [whole] = await wholeAnswers(workplace, channels.general, ts, 1);
		expect(whole?.visibleText).toMatch(/^word .*⏹️ Parado\.$/s);
		expect(whole?.buttons.map(({ actionId }) => actionId)).toEqual(['openccb_retry']);
	});
});
