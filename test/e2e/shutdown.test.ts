/** SIGTERM: what is nearly done is done, what is not is handed over, and nobody notices more than a pause. */

import { describe, expect, it } from 'vitest';
import { programVersion } from '#src/build.ts';
import { eventually } from './eventually.ts';
import { modelRequests } from './observe.ts';
import { answerText, expectOneAnswer, leaks, question } from './promises.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

const isStreaming = ({ answers, channels }: Workplace, threadTs: string) =>
	answers(channels.general, threadTs)[0]?.streaming === 'in_progress';

/** The program gives answers 12 s to end; with none there is nothing to wait for. Far above what it takes, far below those 12 s. */
const wellBeforeGraceMs = 9_000;

describe('a process that is told to stop', () => {
	it.each(['embedded', 'server'] as const)('with nothing to do does not wait for its grace period (%s database)', async (database) => {
		await using workplace = await openWorkplace({ database });
		const { code, tookMs } = await workplace.program.terminate();
		expect(code).toBe(0);
		expect(tookMs).toBeLessThan(wellBeforeGraceMs);
	});

	it('while its database is away from the start does not wait either', async () => {
		await using workplace = await openWorkplace({ environment: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }, start: false });
		const program = await workplace.start({ ready: false });
		await eventually(() => program.log.some((line) => line.msg === 'the database is away'));
		const { code, tookMs } = await program.terminate();
		expect(code).toBe(0);
		expect(tookMs).toBeLessThan(wellBeforeGraceMs);
		expect(program.log.map((line) => line.msg)).not.toContain('OpenCCB is running');
		// What it began with is known whatever became of it.
		expect(program.log[0]).toMatchObject({ msg: 'OpenCCB is starting', version: programVersion, commit: expect.stringMatching(/^\w+$/) });
	});

	it('is left by load balancers at once, and answers for a while what they still send', async () => {
		await using workplace = await openWorkplace({ environment: { OPENCCB_DRAIN_SECONDS: '3' } });
		const { ollama, program, ask } = workplace;
		ollama.answer(answerText(20));
		const intake = async () => (await fetch(`${program.address}/healthz/intake`)).status;
		expect(await intake()).toBe(200);
		const ended = program.terminate();
		await eventually(async () => (await intake()) === 503);
		const threadTs = await ask(question('anybody'));
		await expectOneAnswer(workplace, threadTs, answerText(20));
		const { code, tookMs } = await ended;
		expect(code).toBe(0);
		expect(tookMs).toBeGreaterThan(2_900);
		expect(leaks(workplace)).toEqual([]);
	});

	it('finishes an answer that is nearly done, and takes in what comes meanwhile for the next one', async () => {
		await using workplace = await openWorkplace({ ollama: { tokensPerSecond: 60 } });
		const { slack, ollama, program, ask } = workplace;
		ollama.answer(answerText(60));
		const threadTs = await ask(question('how many'));
		await eventually(() => isStreaming(workplace, threadTs));
		const ended = program.terminate();
		const laterTs = await ask(question('and I'));
		const { code, tookMs } = await ended;
		expect(code).toBe(0);
		expect(tookMs).toBeLessThan(10_000);
		expect(workplace.answers(workplace.channels.general, threadTs)).toMatchObject([
			{ visibleText: answerText(60), streaming: 'completed' },
		]);
		expect(workplace.answers(workplace.channels.general, laterTs)).toEqual([]);
		expect(slack.deliveries.map((delivery) => delivery.httpStatus)).not.toContain(503);
		await workplace.start();
		await expectOneAnswer(workplace, laterTs, answerText(60));
		expect(modelRequests(workplace)).toHaveLength(2);
		expect(leaks(workplace)).toEqual([]);
	});

	it('hands an answer that takes too long over to a neighbour, which ends it at once and once', async () => {
		await using workplace = await openWorkplace({ environment: { OPENCCB_GRACE_SECONDS: '3' } });
		const { ollama, program, ask } = workplace;
		ollama.answer(answerText(60));
		ollama.fail({ kind: 'stall-between-tokens', afterTokens: 30 });
		const threadTs = await ask(question('how long'));
		await eventually(() => isStreaming(workplace, threadTs));
		await workplace.start();
		const { code, tookMs } = await program.terminate();
		expect(code).toBe(0);
		expect(tookMs).toBeGreaterThan(2_900);
		// It has 7 s more before it ends itself, with another code.
		expect(tookMs).toBeLessThan(10_000);
		// Had it not been handed over, its lease would have to end first.
		const handedOverAtMs = performance.now();
		await expectOneAnswer(workplace, threadTs, answerText(60));
		expect(performance.now() - handedOverAtMs).toBeLessThan(15_000);
		expect(modelRequests(workplace)).toHaveLength(2);
		expect(leaks(workplace)).toEqual([]);
	});
});
