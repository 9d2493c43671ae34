/** The end of one turn: its last words land, or its asker is told why they do not, and either is written down. */

import type { Obstacle } from '../delivery/obstacle.ts';
import type { Reply, ReplyEnding } from '../delivery/reply.ts';
import { retryPlatformCall } from '../delivery/retry.ts';
import { type BotError, toBotError } from '../errors.ts';
import type { AnswerFacts, AnswerRow, AnswerStatus } from '../history/stored.ts';
import { growingPauseMs } from '../waiting.ts';
import type { WrittenAnswer } from './answer.ts';
import type { Superseded } from './citing/contradicting.ts';
import { dataButtons, mayStillShow } from './data-step.ts';
import { type Ending, endingButtons, endingRules, type Unshown, unshownStatus, withoutButton } from './endings.ts';
import type { AskedOfDocuments } from './knowledge-step.ts';
import type { Memory } from './memory.ts';
import { createSourceCheck } from './source-check.ts';
import type { Turn, TurnDependencies, TurnOptions } from './turn-context.ts';
import { privateSentenceOf, undeliveredError } from './undelivered.ts';

export interface Written extends WrittenAnswer {
	memory: Memory | null;
	/** What documents were asked; null where they were not. */
	asked: AskedOfDocuments | null;
	/** What it draws on and newer sources say otherwise. */
	superseded: readonly Superseded[];
}

/** Its sources are those that are shown. */
interface Checked extends Written {
	withheld: readonly number[];
}

interface Delivery {
	ending: Ending | Unshown;
	status: AnswerStatus;
	/** Null when readers see it whole. */
	obstacle: Obstacle | null;
	/** What is to be looked into. */
	problem: BotError | null;
}

/** While the database is away. */
const savingPauses = { firstMs: 500, mostMs: 2_000 };

/** `onDelivered` hears what stood in the way, or null. */
export function createTurnEnds(deps: TurnDependencies, onDelivered: (turn: Turn, obstacle: Obstacle | null) => void) {
	const { store, clock } = deps;
	const checkSources = createSourceCheck(deps);

	/** Stored before it is shown whole: from here on a crash costs no second answer. */
	async function finish(turn: Turn, row: AnswerRow, given: Written, reply: Reply): Promise<Ending | Unshown> {
		const { platform } = turn.options;
		const written = await withheldUnlessShown(turn, given);
		const { text, facts } = written;
		if (reply.length === 0 && written.final === null) reply.append(text);
		const { shown: sources, withheld } = await checkSources(written.sources, turn.options, turn.signal);
		const trace = withheld.length === 0 ? facts.trace : { ...facts.trace, withheld: withheld.length };
		const dataQuery = written.final?.query ?? null;
		const extra = { ...(trace === undefined ? {} : { trace }), ...(dataQuery === null ? {} : { dataQuery }) };
		const signed = { ...facts, ...extra, content: text, sources, ...turn.times.facts() };
		const isStored = await saveText(turn, row, { ...signed, status: 'delivering', finishReason: written.ending });
		turn.times.lastToken(facts.lastTokenAt);
		const { ending, status, obstacle, problem } = await deliver(turn, row, { ...written, sources, withheld }, reply);
		onDelivered(turn, obstacle);
		const end = { ...(isStored ? {} : signed), status, finishReason: ending, ...turn.times.facts() };
		const isOutdated = await saveEnd(turn, row, end);
		deps.observer.ended(platform.name, ending, facts, problem);
		// What nobody saw is no part of what was said.
		if (!isOutdated && status !== 'failed') foldIfDue(turn.options, row, written);
		return ending;
	}

	/** Of rows of a database a sentence of ours is left where somebody may not see them. None of them is in the reply yet. */
	async function withheldUnlessShown({ options, signal }: Turn, written: Written): Promise<Written> {
		const { final } = written;
		if (final === null || (await mayStillShow(deps, options, final, signal))) return written;
		return { ...written, ending: 'told', text: options.words.companyData.noLonger, final: null };
	}

	/** While the database is away, the answer is shown all the same. */
	async function saveText({ options }: Turn, row: AnswerRow, facts: AnswerFacts): Promise<boolean> {
		try {
			await store.update(options.person, row.id, facts);
			return true;
		} catch (thrown) {
			deps.observer.storeFailed(toBotError(thrown));
			return false;
		}
	}

	async function deliver(turn: Turn, row: AnswerRow, written: Checked, reply: Reply): Promise<Delivery> {
		// What is there all at once is one message, with its table and chart as the platform draws them in one.
		if (reply.length === 0) reply.append(written.text);
		const { obstacle, isTold, hasText } = await reply.end(replyEndingOf(turn.options, row, written));
		if (obstacle === null) {
			turn.times.finalText();
			return { ending: written.ending, status: endingRules[written.ending].status, obstacle, problem: written.error };
		}
		const untold = isTold ? null : await tellPrivately(turn, obstacle);
		const ending = hasText ? 'curtailed' : 'undelivered';
		return { ending, status: unshownStatus[ending], obstacle, problem: undeliveredError(obstacle, untold) };
	}

	/** Who cannot be told is not told: that keeps no turn from its end. @returns why not, or null. */
	async function tellPrivately({ options, signal }: Turn, obstacle: Obstacle): Promise<BotError | null> {
		const { tell, words } = options;
		const sentence = privateSentenceOf(obstacle, words);
		if (sentence === null || tell === undefined) return null;
		return await retryPlatformCall(clock, signal, () => tell(sentence)).then(
			() => null,
			(thrown) => toBotError(thrown),
		);
	}

	/** The answer is visible: however long the database is away, it must not be written a second time. @returns whether it is outdated. */
	async function saveEnd({ options, record, signal }: Turn, row: AnswerRow, end: AnswerFacts): Promise<boolean> {
		for (let failures = 1; ; failures++) {
			try {
				await record.settle();
				return await store.update(options.person, row.id, end);
			} catch (thrown) {
				const error = toBotError(thrown);
				if (!error.retryable) throw error;
			}
			await clock.wait(growingPauseMs(failures, savingPauses), signal);
		}
	}

	/**
	 * Group chats keep no summary: it would tell newcomers what was said before they came. Asking again goes by an earlier state of the
	 * conversation.
	 */
	function foldIfDue({ person, question, retryOf, program }: TurnOptions, answer: AnswerRow, { memory, text, facts }: Written): void {
		if (memory === null || retryOf !== undefined || program !== undefined) return;
		const saidAt = new Date(deps.clock.now());
		const said = { sequence: answer.sequence, role: 'assistant' as const, content: text, cited: [], saidAt, speaker: null };
		const whole = { ...memory, messages: [...memory.messages, said] };
		if (question.place.kind === 'group' || !deps.summaries.isDue(whole, facts.model)) return;
		const { userId, role } = person;
		const answeredBy = facts.model === undefined ? {} : { model: facts.model };
		deps.leaveSummary({ conversationId: answer.conversationId, userId, role, isShared: memory.isShared, ...answeredBy });
	}

	return { finish };
}

function replyEndingOf(options: TurnOptions, row: AnswerRow, { ending, text, sources, withheld, superseded, final }: Checked): ReplyEnding {
	const { notice, words, program } = options;
	const marks = withheld.map((position) => `[${position}]`).join(', ');
	const about = withheld.length === 0 ? undefined : words.sources.withheld(marks, withheld.length);
	const isShown = (number: number) => sources.some(({ position }) => position === number);
	const newer = superseded
		.filter(({ older, newer: source }) => isShown(older) && isShown(source.position))
		.map(({ older, newer: source }) => words.sources.superseded(`[${older}]`, `[${source.position}]`));
	// A program is told how an answer ended, and not in its text.
	const ended = program === undefined ? endingRules[ending].notice?.(words) : undefined;
	const notices = [...newer, about, notice, ended].filter((part) => part !== undefined);
	const isOurs = ending === 'failed' || ending === 'told';
	const without = (sentence: string) => withoutButton(sentence, words);
	return {
		buttons: [...(final === null || final.query === null ? [] : dataButtons(options, row.id)), ...endingButtons(ending, row.id, words)],
		sources,
		...(notices.length === 0 ? {} : { notice: notices.join('\n\n') }),
		bare: { ...(isOurs ? { text: without(text) } : {}), notice: notices.map(without).join('\n\n') },
	};
}
