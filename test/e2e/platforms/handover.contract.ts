/** What people are promised when processes come and go, on every platform. */

import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { modelRequests, requestsFor } from '../observe.ts';
import type { Program } from '../program.ts';
import { answerText, question, settled } from '../promises.ts';
import { begun, type Company, deadAreMissed, expectGoodManners, expectOneAnswer, type OpenStage, openCompany, whole } from './company.ts';
import type { Question } from './stage.ts';

const text = answerText(60);
const environment = { ...deadAreMissed, OPENCCB_GRACE_SECONDS: '4' };
/** What Slack and Teams repeat until a new process listens; theirs go on for longer. */
const retryDelaysMs = [1_000, 2_000, 3_000, 4_000, ...Array<number>(8).fill(5_000)];

/** Each has a company of its own and mostly waits, so they run at the same time. */
export function describeHandover(openStage: OpenStage): void {
	const open = async () => {
		const company = await openCompany(openStage, { environment, ollama: { tokensPerSecond: 200 }, stage: { retryDelaysMs } });
		company.ollama.answer(text);
		return company;
	};

	it.concurrent('two processes answer once what comes to both of them', async () => {
		await using company = await open();
		const { stage } = company;
		const programs = await addNeighbour(company);
		const asked: Question[] = [];
		for (const kind of ['channel', 'direct', 'channel'] as const) {
			asked.push(await stage.ask({ room: stage.openRoom(kind), text: question('how often') }));
		}
		for (const one of asked) await expectOneAnswer(company, one, text);
		for (const program of programs) await settled(program);
		await eventually(() => stage.hasDelivered());
		expect(modelRequests(company)).toHaveLength(asked.length);
		const taken = await Promise.all(programs.map((program) => program.metric('openccb_events_total', 'result="new"')));
		expect(taken.reduce((sum, count) => sum + count, 0)).toBe(asked.length);
		expectGoodManners(company);
	});

	it.concurrent('a process dies: its neighbour ends its answer, and answers what was asked meanwhile', async () => {
		await using company = await open();
		const { stage } = company;
		const halted = await askAndHalt(company);
		const [first] = await addNeighbour(company);
		await first.kill();
		const meanwhile = await stage.ask({ room: stage.openRoom('channel'), text: question('meanwhile') });
		await expectOneAnswer(company, meanwhile, text);
		await expectOneAnswer(company, halted, text);
		expect(requestsFor(company, 'meanwhile')).toHaveLength(1);
		expectGoodManners(company);
	});

	it.concurrent('a process is told to stop: its neighbour takes over, and nobody waits for longer than its grace period', async () => {
		await using company = await open();
		const { stage } = company;
		const halted = await askAndHalt(company);
		const [first] = await addNeighbour(company);
		const ended = first.terminate();
		const meanwhile = await stage.ask({ room: stage.openRoom('channel'), text: question('meanwhile') });
		await expectOneAnswer(company, meanwhile, text);
		expect((await ended).code).toBe(0);
		await expectOneAnswer(company, halted, text);
		expect(modelRequests(company)).toHaveLength(3);
		expectGoodManners(company);
	});

	it.concurrent('no process runs while people write: the next one answers them', async () => {
		await using company = await open();
		const { stage, program } = company;
		const earlier: Question[] = [];
		for (const kind of ['direct', 'channel'] as const) {
			earlier.push(await stage.ask({ room: stage.openRoom(kind), text: question('first') }));
		}
		for (const one of earlier) await whole(company, one);
		await program.terminate();
		const asked: Question[] = [];
		for (const after of earlier) asked.push(await stage.ask({ room: after.room, text: question('second'), after }));
		await company.start();
		for (const one of asked) await expectOneAnswer(company, one, text);
		await eventually(() => stage.hasDelivered());
		await settled(company.program);
		expect(requestsFor(company, 'second')).toHaveLength(asked.length);
		expectGoodManners(company);
	});
}

/** A second process, and everything for both of them from now on. */
async function addNeighbour(company: Company): Promise<[Program, Program]> {
	const first = company.program;
	await company.start();
	await company.stage.attach([first.address, company.program.address]);
	return [first, company.program];
}

/** An answer that stands still half-way, in the process that runs alone. */
async function askAndHalt(company: Company): Promise<Question> {
	company.ollama.fail({ kind: 'stall-between-tokens', afterTokens: 60 });
	const asked = await company.stage.ask({ room: company.stage.openRoom('channel'), text: question('half of it') });
	await begun(company, asked);
	return asked;
}
