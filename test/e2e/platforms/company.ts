/** A company on one emulated platform with the real program, and what the promises watch there. */

import { expect } from 'vitest';
import { eventually } from '../eventually.ts';
import { type Installation, type InstallationOptions, openInstallation } from '../installation.ts';
import { type ModelRequest, modelRequests } from '../observe.ts';
import { leaks, settled } from '../promises.ts';
import { type Answer, isSign, type PlatformStage, type Question, type StageOptions } from './stage.ts';

export type OpenStage = (options?: StageOptions) => Promise<PlatformStage>;

export interface CompanyOptions extends InstallationOptions {
	stage?: StageOptions;
	/** Without it the program is not started yet. */
	start?: boolean;
}

export interface Company extends Installation, AsyncDisposable {
	stage: PlatformStage;
}

/** `start` points the platform at the new program alone. */
export async function openCompany(openStage: OpenStage, options: CompanyOptions = {}): Promise<Company> {
	const stage = await openStage(options.stage);
	const environment = { ...stage.environment, OLLAMA_SLOTS: '8', ...options.environment };
	const installation = await openInstallation({ ...options, environment });
	const company: Company = {
		...installation,
		stage,
		async start(startOptions) {
			company.program = await installation.start(startOptions);
			await stage.attach([company.program.address]);
			return company.program;
		},
		async close() {
			await installation.close();
			await stage.close();
		},
		[Symbol.asyncDispose]: () => company.close(),
	};
	if (options.start !== false) await company.start();
	return company;
}

/**
 * A third of the usual time after which others take over what a dead process had: long enough for a process on a busy machine to renew it, and the rest
 * would be spent waiting. On the embedded database the next process knows at once.
 */
export const deadAreMissed = { OPENCCB_LEASE_SECONDS: '5' } as const;

/** SIGKILL, an end to all trouble, and a new process on the same data. */
export async function restart(company: Company): Promise<void> {
	await company.program.kill();
	company.stage.clearFaults();
	await company.start();
}

/** Waits until readers see something of the answer. */
export async function begun({ stage }: Company, question: Question): Promise<Answer> {
	return await eventually(() => stage.answers(question).find(({ text }) => !isSign(text)));
}

/** Waits for the answer to come to rest. @returns its messages, oldest first. */
export async function whole(company: Company, question: Question, withinMs?: number): Promise<Answer[]> {
	const { stage, program } = company;
	await eventually(() => {
		const answers = stage.answers(question);
		return answers.length > 0 && answers.every(({ isOpen }) => !isOpen);
	}, withinMs);
	await settled(program, withinMs);
	return stage.answers(question);
}

/** Waits for the answer to come to rest, as one message with exactly this text, with nothing left over. */
export async function expectOneAnswer(company: Company, question: Question, text: string, withinMs?: number): Promise<Answer> {
	const answers = await whole(company, question, withinMs);
	expect(answers.map((answer) => answer.text)).toEqual([text]);
	const [answer] = answers as [Answer];
	expect(answer.isOpen).toBe(false);
	expect(answer.buttons).toEqual(expect.arrayContaining(['up', 'down']));
	expect(answer.buttons).not.toContain('stop');
	await eventually(() => !company.stage.isBusy(question));
	return answer;
}

/** Every text that was shown is a beginning of the last one, and none is shorter than the one before. */
export function expectGrowing({ history, text }: Answer): void {
	const shown = history.map((entry) => entry.text).filter((entry) => !isSign(entry));
	expect(shown.at(-1)).toBe(text);
	for (const [index, entry] of shown.entries()) {
		expect(text.startsWith(entry), `shown at ${index}: ${entry}`).toBe(true);
		expect(entry.length).toBeGreaterThanOrEqual(shown[index - 1]?.length ?? 0);
	}
}

/** What holds after everything: nobody called too often, and the log holds nothing that people, models or tokens said. */
export function expectGoodManners(company: Company): void {
	expect(company.stage.refusedCalls()).toBe(0);
	expect(leaks(company, company.stage.secrets())).toEqual([]);
}

/** What the model is asked next, once this is done, and once it has answered. */
export async function askedBy(company: Company, act: () => Promise<unknown>): Promise<ModelRequest> {
	const before = modelRequests(company).length;
	await act();
	const request = await eventually(() => modelRequests(company)[before]);
	await settled(company.program);
	expect(modelRequests(company)).toHaveLength(before + 1);
	return request;
}
