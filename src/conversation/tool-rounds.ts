/** The rounds of one answer: what the model calls is run, and it is asked again with what came of it. */

import type { ChatRequest, ModelMessage, ToolCall } from '../models/model-pool.ts';
import type { Source } from '../platform/chat-platform.ts';
import type { FoundSource, ToolContext, ToolName } from '../tools/tool.ts';
import type { ToolOutcome, Tools } from '../tools/tools.ts';
import { leastAnswerTokens, type Measure } from './prompt-budget.ts';
import { quote } from './quotation.ts';

/** A model that has called tools so often answers with what there is. */
export const mostRounds = 5;
/** A result that gets less room than this says nothing. */
const leastResultTokens = 60;
const mostExcerptCharacters = 500;

export interface ToolRoundsParts {
	tools: Tools;
	context: ToolContext;
	measure: Pick<Measure, 'cost'>;
	/** Hears what is run, before it is. */
	onCall(name: ToolName): void;
}

/** What a round asks; how long its answer may be is always known. */
export type RoundRequest = ChatRequest & { maxOutputTokens: number };

export interface ToolRounds {
	/** Everything that the answer can cite so far, each source once. */
	sources(): readonly Source[];
	/**
	 * Runs the calls, all at once, and makes the request for the next round. Its answer gives up the room that the results take.
	 * @param said what the model said before it called.
	 * @throws the signal's reason as BotError, as soon as it fires.
	 */
	next(
		request: ChatRequest & { maxOutputTokens: number },
		said: string,
		calls: readonly ToolCall[],
		signal: AbortSignal,
	): Promise<RoundRequest>;
}

export function createToolRounds({ tools, context, measure, onCall }: ToolRoundsParts): ToolRounds {
	const sources: Source[] = [];
	let rounds = 1;

	async function run(call: ToolCall, signal: AbortSignal): Promise<ToolOutcome> {
		const name = tools.nameOf(call);
		if (name !== null) onCall(name);
		return await tools.call(call, context, signal);
	}

	/** The number of a source that was found before is the one that it has. */
	function number({ title, url, excerpt }: FoundSource): { cite_as: string; title: string } {
		let known = sources.find((source) => (url === null ? source.title === title && source.excerpt === excerpt : source.url === url));
		if (known === undefined) {
			known = { position: sources.length + 1, title, url, excerpt: excerpt.slice(0, mostExcerptCharacters).toWellFormed() };
			sources.push(known);
		}
		return { cite_as: `[${known.position}]`, title };
	}

	function describe(outcome: ToolOutcome): Record<string, unknown> {
		if ('error' in outcome) return { tool_failed: outcome.error };
		const cited = outcome.sources.map(number);
		return { tool_result: outcome.data, ...(cited.length === 0 ? {} : { sources: cited }) };
	}

	return {
		sources: () => sources,
		async next(request, said, calls, signal) {
			rounds++;
			const outcomes = await Promise.all(calls.map((call) => run(call, signal)));
			let room = request.maxOutputTokens - Math.min(request.maxOutputTokens, leastAnswerTokens);
			const results = outcomes.map((outcome, index): ModelMessage => {
				const { id, name } = calls[index] as ToolCall;
				const content = fitted(describe(outcome), (text) => measure.cost(text) <= room / (calls.length - index));
				room -= measure.cost(content);
				return { role: 'tool', name, callId: id, content };
			});
			const { tools: offered, inFlightLimit: _, ...rest } = request;
			const mayCallAgain = rounds < mostRounds && room >= leastResultTokens;
			return {
				...rest,
				messages: [...request.messages, { role: 'assistant', content: said, toolCalls: calls }, ...results],
				...(mayCallAgain && offered !== undefined ? { tools: offered } : {}),
				maxOutputTokens: Math.max(room, 0) + Math.min(request.maxOutputTokens, leastAnswerTokens),
				resumes: true,
			};
		},
	};
}

/** As much of it as fits: its texts and lists become shorter and shorter. */
function fitted(value: Readonly<Record<string, unknown>>, fits: (text: string) => boolean): string {
	const whole = quote(value);
	if (fits(whole)) return whole;
	for (let most = Math.floor(whole.length / 2); most >= 1; most = Math.floor(most / 2)) {
		const text = quote({ ...(shortened(value, most) as object), is_cut: true });
		if (fits(text)) return text;
	}
	return quote({ tool_failed: 'The result is too long.' });
}

function shortened(value: unknown, most: number): unknown {
	if (typeof value === 'string') return value.length <= most ? value : `${value.slice(0, most).toWellFormed()}…`;
	if (Array.isArray(value)) return value.slice(0, most).map((item) => shortened(item, most));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shortened(field, most)]));
}
