/** The process is killed at every stage of an answer; whoever runs next must end it once. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { answerText, expectOneAnswer, leaks, modelRequests, question } from './promises.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

const text = answerText(60);
const generous = 100;

interface Stage {
	name: string;
	/** Makes the world stand still at the stage. */
	halt(workplace: Workplace): void;
	/** Whether the stage is reached in this thread; `asked` is how often the model was asked before. */
	isReached(workplace: Workplace, threadTs: string, asked: number): unknown;
	/** How often the model is asked, over both lives of the process. */
	asked: number;
}

const answerIn = ({ answers, channels }: Workplace, threadTs: string) => answers(channels.general, threadTs)[0];
const callsIn = ({ slack, channels, answers }: Workplace, method: string, threadTs: string) => {
	const [answer] = answers(channels.general, threadTs);
	return slack.callsTo(method).filter((call) => call.arguments['ts'] === answer?.ts);
};

const nativeStages: Stage[] = [
	{
		name: 'accepted, before any sign',
		halt: ({ slack }) => slack.fail({ method: 'users.info', kind: 'hang', times: generous }),
		isReached: ({ slack }) => slack.callsTo('users.info').length > 0,
		asked: 1,
	},
	{
		name: 'after the sign, before the first text',
		halt: ({ ollama }) => ollama.fail({ kind: 'stall-before-headers' }),
		isReached: (workplace, threadTs, asked) =>
			workplace.slack.status(workplace.channels.general, threadTs) !== '' && modelRequests(workplace).length > asked,
		asked: 2,
	},
	{
		name: 'while text is streamed',
		halt: ({ ollama }) => ollama.fail({ kind: 'stall-between-tokens', afterTokens: 30 }),
		isReached: (workplace, threadTs) => callsIn(workplace, 'chat.appendStream', threadTs).some((call) => call.httpStatus === 200),
		asked: 2,
	},
	{
		name: 'a stream was opened, and its id never came back',
		halt: ({ slack }) => slack.fail({ method: 'chat.startStream', kind: 'stored-then-hang' }),
		isReached: (workplace, threadTs) => answerIn(workplace, threadTs)?.streaming === 'in_progress',
		asked: 2,
	},
	{
		name: 'the text is whole and its last call is on the way',
		halt: ({ slack }) => slack.fail({ method: 'chat.stopStream', kind: 'hang', times: generous }),
		isReached: (workplace, threadTs) => callsIn(workplace, 'chat.stopStream', threadTs).length > 0,
		asked: 1,
	},
	{
		name: 'the final text is visible and its end is not stored',
		halt({ slack }) {
			slack.fail({ method: 'chat.stopStream', kind: 'stored-then-hang' });
		},
		isReached: (workplace, threadTs) => answerIn(workplace, threadTs)?.streaming === 'completed',
		asked: 1,
	},
];

describe('a process that is killed', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({ ollama: { tokensPerSecond: 60 } });
	});
	afterEach(() => expect(leaks(workplace)).toEqual([]));
	afterAll(async () => await workplace.close());

	it.each(nativeStages)('$name: ends the answer once when it is started again', async ({ halt, isReached, asked }) => {
		const { slack, ollama, ask } = workplace;
		const before = modelRequests(workplace).length;
		ollama.answer(text);
		const user = slack.workspace.addUser({ name: 'newcomer', locale: 'en-GB' }).id;
		slack.workspace.channel(workplace.channels.general)?.members.push(user);
		halt(workplace);
		const threadTs = await ask(question('how many'), { user });
		await eventually(() => isReached(workplace, threadTs, before));
		await workplace.program.kill();
		slack.clearFaults();
		await workplace.start();
		await expectOneAnswer(workplace, threadTs, text);
		expect(modelRequests(workplace).length - before).toBe(asked);
	});
});
