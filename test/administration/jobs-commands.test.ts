import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BotError } from '#src/errors.ts';
import type { JobDefinition } from '#src/jobs/job.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { type JobProcess, startProcess } from '#test/jobs/process.ts';
import { type Company, foundCompany, words } from './company.ts';

const nobodysId = '6f1c2d3e-4a5b-4c6d-8e7f-90a1b2c3d4e5';
const secret = 'the-id-of-something';

describe('commands about jobs', () => {
	let opened: TestDatabase;
	let company: Company;
	let jobProcess: JobProcess;
	/** How the next tries end; those after them never do. */
	let failures: Error[];

	const errand: JobDefinition<{ about: string }> = {
		name: 'errand',
		data: z.object({ about: z.string() }),
		key: ({ about }) => about,
		retry: { times: 0, pauseMs: 1_000, maxPauseMs: 1_000 },
		run: (_data, { signal }) => {
			const failure = failures.shift();
			if (failure !== undefined) throw failure;
			return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
		},
	};
	const leave = () => jobProcess.jobs.enqueue(opened.database, errand, { about: secret });

	beforeEach(async () => {
		failures = [];
		opened = await openServerDatabase();
		jobProcess = await startProcess(opened.database, createManualClock(), [errand]);
		company = await foundCompany(opened.database, {
			...jobProcess,
			ingestion: null,
			vectors: null,
			models: null,
			records: null,
			broadcasts: null,
			health: null,
			cases: null,
			digests: null,
			evaluations: null,
			accounts: null,
		});
	});
	afterEach(() => opened.close());

	/** @returns the id that the list shows. */
	async function fail(error: Error): Promise<string> {
		failures.push(error);
		await leave();
		jobProcess.worker.start();
		await expect.poll(() => jobProcess.ends).toMatchObject([{ outcome: 'failed' }]);
		return (await jobProcess.deadLetters.list())[0]?.id ?? '';
	}

	it('show what waits, what runs and what failed, and never what it is about', async () => {
		const { command } = company;
		expect(await command('jobs')).toEqual({ outcome: 'done', text: words.jobs.none });
		const failed = await fail(new BotError('TIMEOUT', secret));
		const waiting = await leave();
		await expect.poll(async () => (await jobProcess.jobs.unfinished()).map(({ state }) => state)).toEqual(['running']);
		const { text } = await command('jobs');
		const [failedHeading, letter, unfinishedHeading, job] = text.split('\n');
		expect([failedHeading, unfinishedHeading]).toEqual([words.jobs.failed, words.jobs.unfinished]);
		expect(letter).toMatch(/^• errand: failed at [-\d]+ [:\d]+ UTC, tried once, with the error TIMEOUT/);
		expect(letter).toContain(failed);
		expect(job).toMatch(/^• errand: running since [-\d]+ [:\d]+ UTC \(/);
		expect(job).toContain(waiting);
		expect(text).not.toContain(secret);
		expect(await company.entries()).toEqual([]);
	});

	it('try one again that failed, once, and write that down', async () => {
		const { command, entries } = company;
		const id = await fail(new BotError('FORBIDDEN', 'no'));
		expect(await command(`jobs retry ${id}`)).toEqual({ outcome: 'done', text: words.jobs.retried('errand') });
		await expect.poll(() => jobProcess.worker.activeCount()).toBe(1);
		expect(await command(`jobs retry ${id}`)).toEqual({ outcome: 'refused', text: words.refused.unknownJob(id) });
		expect(await entries()).toMatchObject([
			{ action: 'jobs-retry', outcome: 'done', details: { job: 'errand', id } },
			{ action: 'jobs-retry', outcome: 'refused', details: { id, reason: 'nothing-there' } },
		]);
	});

	it('leave it to another one of the same key that waits', async () => {
		const id = await fail(new BotError('FORBIDDEN', 'no'));
		await jobProcess.worker.stop();
		expect(await leave()).not.toBeNull();
		expect((await company.command(`jobs retry ${id}`)).text).toBe(words.jobs.waitsAlready('errand'));
		expect(await jobProcess.deadLetters.list()).toEqual([]);
	});

	it('give up what failed, and what waits', async () => {
		const { command } = company;
		const failed = await fail(new BotError('FORBIDDEN', 'no'));
		await jobProcess.worker.stop();
		const waiting = await leave();
		for (const id of [failed, waiting]) expect((await command(`jobs drop ${id}`)).text).toBe(words.jobs.dropped('errand'));
		expect(await jobProcess.jobs.count()).toEqual([]);
		for (const id of [failed, waiting, nobodysId]) {
			expect(await command(`jobs drop ${id}`)).toEqual({ outcome: 'refused', text: words.refused.unknownJob(id ?? '') });
		}
		expect((await command('jobs drop everything')).text).toBe(words.misread(words.usage['jobs-drop']));
	});

	it('are refused by the database for whoever is no administrator', async () => {
		const employee = { userId: await company.enter('slack:T1:UANA'), role: 'ccb_employee' } as const;
		const id = await fail(new BotError('FORBIDDEN', 'no'));
		for (const typed of ['jobs', `jobs retry ${id}`, `jobs drop ${id}`]) {
			await expect(company.command(typed, employee), typed).rejects.toMatchObject({ code: 'FORBIDDEN' });
		}
		expect(await jobProcess.deadLetters.list()).toHaveLength(1);
	});
});
