/** What every test of crashes and faults asks in the end: one whole answer, nothing left over, nothing private in the log. */

import { expect } from 'vitest';
import type { VisibleMessage } from '#test/emulators/slack/types.ts';
import { eventually } from './eventually.ts';
import type { Installation } from './installation.ts';
import type { Program } from './program.ts';
import type { Workplace } from './workplace.ts';

/** Words that nobody else writes: where they turn up, somebody's message did. */
const saidByPerson = 'wombat';
const saidByModel = 'quokka';

/** A question that can be recognised in a log. */
export function question(text: string): string {
	return `${text}, my ${saidByPerson}?`;
}

/** A model's answer of so many words, each different, that can be recognised in a log. */
export function answerText(words: number, name = ''): string {
	return Array.from({ length: words }, (_, index) => `${saidByModel}${name}${index}`).join(' ');
}

/** Waits until no event is left to be handled: from then on nothing more is written. */
export async function settled(program: Program, withinMs?: number): Promise<void> {
	const left = async () =>
		(await program.metric('openccb_inbox_events', 'state="accepted"')) +
		(await program.metric('openccb_inbox_events', 'state="processing"'));
	await eventually(async () => (await left()) === 0, withinMs);
}

/** Waits for the thread to come to rest with exactly this one answer in it, whole. */
export async function expectOneAnswer(workplace: Workplace, threadTs: string, text: string, withinMs?: number): Promise<VisibleMessage> {
	const channel = workplace.channels.general;
	await workplace.answered(channel, threadTs, withinMs);
	await settled(workplace.program, withinMs);
	const answers = workplace.answers(channel, threadTs);
	expect(answers.map((answer) => answer.visibleText)).toEqual([text]);
	const [answer] = answers as [VisibleMessage];
	expect(answer.streaming).not.toBe('in_progress');
	expect(answer.buttons.map((button) => button.actionId)).toEqual(['openccb_feedback', 'openccb_feedback', 'openccb_retry']);
	expect(workplace.slack.status(channel, threadTs)).toBe('');
	return answer;
}

/** Lines of all programs' output that hold what somebody said, or a secret. Empty is as it should be. */
export function leaks(
	{ programs, environment }: Pick<Installation, 'programs' | 'environment'>,
	secrets: readonly string[] = [],
): string[] {
	const ofSettings = Object.entries(environment).flatMap(([name, value]) =>
		value !== '' && /_(TOKEN|SECRET|PASSWORD)$/.test(name) ? [value] : [],
	);
	const forbidden = [saidByPerson, saidByModel, ...ofSettings, ...secrets];
	return programs.flatMap((program) =>
		program
			.output()
			.split('\n')
			.filter((line) => forbidden.some((word) => line.includes(word))),
	);
}
