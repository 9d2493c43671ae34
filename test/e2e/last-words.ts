/** What a failed test cannot say itself: what the program wrote and counted, and what the emulators saw. Nothing where it passed. */

import { readFileSync } from 'node:fs';
import type { TestContext } from 'vitest';
import type { Workplace } from './workplace.ts';

/** Ends a program that answers nothing any more, not the telling. */
const probeMs = 5_000;

/** For `afterEach`, while the workplace still runs. */
export async function tellLastWords({ task }: TestContext, { program, slack, ollama }: Workplace): Promise<void> {
	if (task.result?.state !== 'fail') return;
	const deliveries = slack.deliveries.slice(-8).map(({ type, attempt, httpStatus, atMs }) => ({ type, attempt, httpStatus, atMs }));
	const calls = slack.calls.slice(-20).map(({ method, httpStatus }) => `${method} ${httpStatus}`);
	const requests = ollama.requests
		.slice(-8)
		.map(({ path, atMs, tokensSent, endedAtMs, hungUpAtMs }) => ({ path, atMs, tokensSent, endedAtMs, hungUpAtMs }));
	process.stderr.write(
		[
			`${task.name}: it is ${Date.now()}`,
			...program.output().split('\n').slice(-40),
			await counted(program.operationsAddress),
			processorTime(program.pid),
			JSON.stringify({ deliveries, calls, requests }),
			'',
		].join('\n'),
	);
}

async function counted(operationsAddress: string): Promise<string> {
	try {
		const answer = await fetch(`${operationsAddress}/metrics`, { signal: AbortSignal.timeout(probeMs) });
		return (await answer.text())
			.split('\n')
			.filter((line) => /^(openccb|nodejs_eventloop|process_cpu)/.test(line) && !line.endsWith(' 0'))
			.join('\n');
	} catch (error) {
		return `it does not say what it counted: ${error}`;
	}
}

/** Of each thread, in ticks: one that turns in circles shows. */
function processorTime(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/stat`, 'utf8');
	} catch (error) {
		return `it has no process any more: ${error}`;
	}
}
