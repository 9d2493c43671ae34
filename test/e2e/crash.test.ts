/** One crash catches answers at every stage of what only Slack has; whoever runs next must end each of them once. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { tellLastWords } from './last-words.ts';
import { modelRequests } from './observe.ts';
import { deadAreMissed } from './platforms/company.ts';
import { answerText, expectOneAnswer, leaks, question, settled } from './promises.ts';
import { openWorkplace, type Workplace, type WorkplaceOptions } from './workplace.ts';

interface Stage {
	name: string;
	/** Makes the world stand still for the next question when it comes to the stage. */
	halt(workplace: Workplace): void;
	/** Whether the stage is reached in this thread, on the model's request with this index. */
	isReached(workplace: Workplace, threadTs: string, asked: number): unknown;
	/** How often the model is asked, over both lives of the process. */
	asked: number;
	/** Length of the answer in words; 60 when not given. */
	words?: number;
}

interface Halted {
	threadTs: string;
	text: string;
}

const answerIn = ({ answers, channels }: Workplace, threadTs: string) => answers(channels.general, threadTs)[0];
const callsIn = (workplace: Workplace, method: string, threadTs: string) =>
	workplace.slack.callsTo(method).filter((call) => call.arguments['ts'] === answerIn(workplace, threadTs)?.ts);
const isSignShown = ({ slack, channels }: Workplace, threadTs: string) => slack.status(channels.general, threadTs) !== '';

const accepted: Stage = {
	name: 'accepted, before any sign',
	halt({ slack }) {
		slack.fail({ method: 'users.info', kind: 'hang', times: 10 });
		// Read anew once five people were new; whoever it names is not asked for alone.
		slack.fail({ method: 'users.list', kind: 'hang', times: 10 });
	},
	isReached: ({ slack }) => slack.callsTo('users.info').some((call) => call.answeredAtMs === null),
	asked: 1,
};
const signShown: Stage = {
	name: 'after the sign, before the first text',
	halt: ({ ollama }) => ollama.fail({ kind: 'stall-before-headers' }),
	isReached: (workplace, threadTs, asked) => isSignShown(workplace, threadTs) && modelRequests(workplace).length > asked,
	asked: 2,
};
/** Comes over a second and a half: a first sight of it is not the last one either where a machine is slow. */
const mostOfIt = { kind: 'stall-between-tokens', afterTokens: 150 } as const;
const streaming: Stage = {
	name: 'while text is streamed',
	halt: ({ ollama }) => ollama.fail(mostOfIt),
	isReached: (workplace, threadTs) => callsIn(workplace, 'chat.appendStream', threadTs).some((call) => call.httpStatus === 200),
	asked: 2,
};
const editing: Stage = {
	...streaming,
	name: 'while text is edited',
	isReached: (workplace, threadTs) => callsIn(workplace, 'chat.update', threadTs).some((call) => call.httpStatus === 200),
};
const streamLost: Stage = {
	name: 'a stream was opened, and its id never came back',
	halt({ slack, ollama }) {
		ollama.fail({ kind: 'stall-between-tokens', afterTokens: 30 });
		slack.fail({ method: 'chat.startStream', kind: 'stored-then-hang' });
	},
	isReached: (workplace, threadTs) => answerIn(workplace, threadTs)?.streaming === 'in_progress',
	asked: 2,
};
const postLost: Stage = {
	name: 'a message was posted, and its id never came back',
	halt({ slack, ollama }) {
		ollama.fail({ kind: 'stall-between-tokens', afterTokens: 30 });
		slack.fail({ method: 'chat.postMessage', kind: 'stored-then-hang' });
	},
	isReached: (workplace, threadTs) => answerIn(workplace, threadTs) !== undefined,
	asked: 2,
};
const endShown: Stage = {
	name: 'the final text is visible and its end is not stored',
	halt: ({ slack }) => slack.fail({ method: 'chat.stopStream', kind: 'stored-then-hang' }),
	isReached: (workplace, threadTs) => answerIn(workplace, threadTs)?.streaming === 'completed',
	asked: 1,
};
const endSent: Stage = {
	name: 'the text is whole and its last call is on the way',
	halt: ({ slack }) => slack.fail({ method: 'chat.stopStream', kind: 'hang', times: 10 }),
	isReached: (workplace, threadTs) => callsIn(workplace, 'chat.stopStream', threadTs).length > 0,
	asked: 1,
};
const editSent: Stage = {
	name: 'the text is whole and its last edit is on the way',
	halt: ({ slack }) => slack.fail({ method: 'chat.update', kind: 'hang' }),
	isReached: (workplace, threadTs) => callsIn(workplace, 'chat.update', threadTs).length > 0,
	asked: 1,
	// Takes 0.8 s: long enough for a first sight of it on a slow machine, short enough to end before an edit is due.
	words: 34,
};

/** The model answers each question with its own text, so that a mix-up would show. */
function prepareAnswers({ ollama }: Workplace, stages: readonly Stage[]): string[] {
	const texts = stages.map(({ words }, index) => answerText(words ?? 60, `-${index}-`));
	ollama.answer(({ messages }) => texts[Number(/number (\d+)/.exec(messages?.at(-1)?.content ?? '')?.[1])] ?? '');
	return texts;
}

/** Asks one question for each stage and lets it come to that stage, each by a person of their own. */
async function haltAll(workplace: Workplace, stages: readonly Stage[]): Promise<Halted[]> {
	const { slack, channels, ask } = workplace;
	const texts = prepareAnswers(workplace, stages);
	const halted: Halted[] = [];
	for (const [index, stage] of stages.entries()) {
		const user = slack.workspace.addUser({ name: `asker${index}`, locale: 'en-GB' }).id;
		slack.workspace.channel(channels.general)?.members.push(user);
		const asked = modelRequests(workplace).length;
		stage.halt(workplace);
		const threadTs = await ask(question(`number ${index}`), { user });
		await eventually(() => stage.isReached(workplace, threadTs, asked)).catch((cause) => {
			throw new Error(`never came to this stage: ${stage.name}`, { cause });
		});
		halted.push({ threadTs, text: texts[index] ?? '' });
	}
	return halted;
}

function describeCrash(name: string, stages: readonly Stage[], options: WorkplaceOptions) {
	describe(name, () => {
		let workplace: Workplace;
		let halted: Halted[];
		beforeAll(async () => {
			// Answers that stand still hold their slots.
			const environment = { OLLAMA_SLOTS: '8', ...deadAreMissed, ...options.environment };
			workplace = await openWorkplace({ ...options, environment, ollama: { tokensPerSecond: 100 } });
			halted = await haltAll(workplace, stages);
			await restart(workplace);
		});
		afterAll(async () => await workplace.close());

		it.each(stages.map((stage, index) => ({ ...stage, index })))('$name: the answer comes once and whole', async ({ index }) => {
			const { threadTs, text } = halted[index] as Halted;
			await expectOneAnswer(workplace, threadTs, text);
		});

		it('asks the model again only for what had not been said to its end', () => {
			expect(modelRequests(workplace)).toHaveLength(stages.reduce((sum, stage) => sum + stage.asked, 0));
		});

		it('is never told that it calls too often, and logs nothing private', () => {
			expect(workplace.slack.calls.filter((call) => call.httpStatus === 429)).toEqual([]);
			expect(leaks(workplace)).toEqual([]);
		});
	});
}

async function restart(workplace: Workplace): Promise<void> {
	await workplace.program.kill();
	workplace.slack.clearFaults();
	await workplace.start();
}

const editStages = [signShown, editing, editSent, postLost];
const editOnly = { environment: { SLACK_STREAMING: 'edit' } };
describeCrash('a crash while answers are edited, then a start on the same data', editStages, editOnly);

const nativeStages = [signShown, streaming, streamLost, endShown, endSent, accepted];
describeCrash('a crash while answers stream, then a start on the same data', nativeStages, {});

describe('crash after crash', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({ environment: deadAreMissed, ollama: { tokensPerSecond: 2_000 } });
	});
	afterEach((context) => tellLastWords(context, workplace));
	afterAll(async () => await workplace.close());

	it('a long answer ends in the messages that are there, whole', async () => {
		const { ollama, channels, answers, ask } = workplace;
		const paragraphs = Array.from({ length: 120 }, (_, index) => answerText(10, `-${index}-`));
		ollama.answer(paragraphs.join('\n\n'));
		// Fills the first message and part of the second, however late they are begun: what is full by then is posted whole.
		ollama.fail({ kind: 'stall-between-tokens', afterTokens: 1_900 });
		ollama.fail({ kind: 'stall-between-tokens', afterTokens: 500 });
		const threadTs = await ask(question('all of it'));
		const first = await eventually(() => {
			const [one, two] = answers(channels.general, threadTs);
			return two?.streaming === 'in_progress' ? one : undefined;
		});
		await restart(workplace);
		await eventually(() => callsIn(workplace, 'chat.update', threadTs).length > 0);
		await restart(workplace);
		await workplace.answered(channels.general, threadTs);
		await settled(workplace.program);
		const shown = answers(channels.general, threadTs);
		expect(shown.map((message) => message.visibleText).join('\n\n')).toBe(paragraphs.join('\n\n'));
		expect(shown[0]?.ts).toBe(first.ts);
		expect(shown.filter((message) => message.buttons.length > 0)).toEqual([shown.at(-1)]);
		expect(shown.map((message) => message.streaming)).not.toContain('in_progress');
		expect(leaks(workplace)).toEqual([]);
	});

	it('a question that is asked again is answered in the message of the failed answer', async () => {
		const { slack, ollama, people, channels, ask, answered } = workplace;
		ollama.answer(answerText(60));
		ollama.fail({ kind: 'empty' });
		const threadTs = await ask(question('again'));
		const failed = await answered(channels.general, threadTs);
		ollama.fail({ kind: 'stall-between-tokens', afterTokens: 30 });
		await slack.press({ user: people.tom, channel: channels.general, ts: failed.ts, actionId: 'openccb_retry' });
		await eventually(() => answerIn(workplace, threadTs)?.visibleText.startsWith('quokka0'));
		await restart(workplace);
		expect((await expectOneAnswer(workplace, threadTs, answerText(60))).ts).toBe(failed.ts);
	});
});
