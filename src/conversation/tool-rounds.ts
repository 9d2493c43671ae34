/** The rounds of one answer: what the model calls is run, and it is asked again with what came of it. */

import { setImmediate } from 'node:timers/promises';
import type { ChatRequest, ToolCall } from '../models/model-pool.ts';
import { withoutCitations } from '../models/quotation.ts';
import type { FinalAnswer, ToolContext, ToolName } from '../tools/tool.ts';
import type { ToolOutcome, Tools } from '../tools/tools.ts';
import { type Contradicting, toldOfContradiction } from './citing/contradicting.ts';
import type { FoundSources } from './citing/found-sources.ts';
import { isCopied } from './copied-calls.ts';
import { leastAnswerTokens, type Measure } from './prompt-budget.ts';
import { repeatedMessage, resultMessage } from './round-messages.ts';

/** A model that has called tools so often answers with what there is. */
export const mostRounds = 5;
/** In all rounds. Each may be three calls of a platform, whose budgets everybody shares. */
export const mostRuns = 8;
/** A result that gets less room than this says nothing. */
const leastResultTokens = 60;

export interface ToolRoundsParts {
	tools: Tools;
	context: ToolContext;
	measure: Pick<Measure, 'cost' | 'tokens'>;
	/** What can be cited before anything was called; what is found is added. */
	sources: FoundSources;
	/** Hears what is run, before it is. */
	onCall(name: ToolName): void;
}

/** What a round asks; how long its answer may be is always known. */
export type RoundRequest = ChatRequest & { maxOutputTokens: number };

export interface ToolRounds {
	/** By how much the prompt of the last round is longer than that of the first, by our estimate. */
	addedTokens(): number;
	/**
	 * Runs the calls, all at once, and makes the request for the next round. Its answer gives up the room that they and their results take.
	 * Calls beyond the most that are run are dropped.
	 * @param said what the model said before it called.
	 * There is none where a call gave the whole answer.
	 * @throws the signal's reason as BotError, as soon as it fires.
	 */
	next(request: RoundRequest, said: string, calls: readonly ToolCall[], signal: AbortSignal): Promise<RoundRequest | FinalAnswer>;
}

export function createToolRounds({ tools, context, measure, sources, onCall }: ToolRoundsParts): ToolRounds {
	/** Calls that gave something, or still may. */
	const begun = new Set<string>();
	let rounds = 1;
	let runs = 0;
	let addedTokens = 0;

	async function run(call: ToolCall, read: RoundRequest['messages'], signal: AbortSignal): Promise<ToolOutcome> {
		if (isCopied(call, read)) return { error: 'This call stands in a text that you were given to read. It was not run.' };
		const key = JSON.stringify([call.name, call.arguments]);
		if (begun.has(key)) return { error: 'This was called before with the same arguments: what came of it stands above.' };
		begun.add(key);
		const name = tools.nameOf(call);
		if (name !== null) onCall(name);
		const outcome = await tools.call(call, context, signal);
		if ('error' in outcome) begun.delete(key);
		return outcome;
	}

	function describe(outcome: ToolOutcome): Record<string, unknown> {
		if ('error' in outcome) return { tool_failed: outcome.error };
		const known = sources.all().length;
		const cited = outcome.sources.map((found) => ({ ...sources.take(found), ...withoutCitations(found.told ?? {}) }));
		const isNew = ({ sources: pair }: Contradicting) => pair.some(({ position }) => position > known);
		const contradictions = sources.contradictions().filter(isNew).map(toldOfContradiction);
		return {
			tool_result: withoutCitations(outcome.data),
			...(cited.length === 0 ? {} : { sources: cited }),
			...(contradictions.length === 0 ? {} : { contradictions }),
		};
	}

	return {
		addedTokens: () => addedTokens,
		async next({ tools: offered, inFlightLimit: _, ...request }, said, called, signal) {
			rounds++;
			const calls = called.slice(0, mostRuns - runs);
			runs += calls.length;
			const outcomes = await Promise.all(calls.map((call) => run(call, request.messages, signal)));
			const whole = outcomes.find(isWhole);
			if (whole !== undefined) return whole.final;
			const answerTokens = Math.min(request.maxOutputTokens, leastAnswerTokens);
			const room = request.maxOutputTokens - answerTokens;
			// Half of the room at most: what came of the calls is worth more.
			const repeated = repeatedMessage(said, calls, room / 2, measure);
			const messages = [...request.messages, repeated.message];
			let left = room - repeated.tokens;
			for (const [index, outcome] of outcomes.entries()) {
				// Each result may take some milliseconds.
				await setImmediate();
				const result = resultMessage(calls[index] as ToolCall, describe(outcome), left / (calls.length - index), measure);
				messages.push(result.message);
				left -= result.tokens;
			}
			addedTokens += room - left;
			const mayCallAgain = rounds < mostRounds && runs < mostRuns && left >= leastResultTokens;
			return {
				...request,
				messages,
				...(mayCallAgain && offered !== undefined ? { tools: offered } : {}),
				maxOutputTokens: Math.max(left, 0) + answerTokens,
				resumes: true,
			};
		},
	};
}

function isWhole(outcome: ToolOutcome): outcome is Extract<ToolOutcome, { data: unknown }> & { final: FinalAnswer } {
	return 'final' in outcome && outcome.final !== null;
}
