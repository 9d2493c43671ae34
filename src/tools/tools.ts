/** The tools of this installation: what is offered to whom, and how a call ends in any case. */

import type { Clock } from '../clock.ts';
import { BotError, toBotError } from '../errors.ts';
import type { Limits } from '../limits/limits.ts';
import type { ToolCall, ToolDefinition } from '../models/model-pool.ts';
import { startTimeLimit, unlessAborted } from '../waiting.ts';
import type { FinalAnswer, FoundSource, Tool, ToolContext, ToolName } from './tool.ts';

/** What came of a call. An error is a sentence for the model. */
export type ToolOutcome =
	| { data: Readonly<Record<string, unknown>>; sources: readonly FoundSource[]; final: FinalAnswer | null }
	| { error: string };

export interface Tools {
	/** What this person's model may call; always in the same order, so that Ollama need not read it again. */
	offered(person: ToolContext['person']): ToolDefinition[];
	/** Null for a name that is none. */
	nameOf(call: ToolCall): ToolName | null;
	/**
	 * Runs one call. What goes wrong with it is an outcome too.
	 * @throws BotError whatever the signal's reason is, as soon as it fires.
	 */
	call(call: ToolCall, context: ToolContext, signal: AbortSignal): Promise<ToolOutcome>;
}

export interface ToolObserver {
	called(name: ToolName, durationMs: number, error: BotError | null): void;
}

export interface ToolsDependencies {
	tools: readonly Tool[];
	limits: Pick<Limits, 'mayUse'>;
	clock: Clock;
	observer: ToolObserver;
}

/** A reader looks at a sign that something is looked up; longer than this nobody waits for a fact. */
const longestRunMs = 20_000;

export function createTools({ tools, limits, clock, observer }: ToolsDependencies): Tools {
	const byName = new Map<string, Tool>(tools.map((tool) => [tool.name, tool]));
	const isOffered = (person: ToolContext['person'], { name }: Tool) => limits.mayUse(person, 'tools', name);

	return {
		offered: (person) => tools.filter((tool) => isOffered(person, tool)).map(({ definition }) => definition),
		nameOf: ({ name }) => byName.get(name)?.name ?? null,
		async call(call, context, signal) {
			const tool = byName.get(call.name);
			if (tool === undefined || !isOffered(context.person, tool)) return { error: 'There is no such tool.' };
			const begunAtMs = clock.now();
			try {
				const {
					data,
					sources = [],
					final = null,
				} = await withinTime({ clock, signal, mostMs: tool.longestRunMs ?? longestRunMs }, (limited) =>
					tool.run(call.arguments, context, limited),
				);
				observer.called(tool.name, clock.now() - begunAtMs, null);
				return { data, sources, final };
			} catch (thrown) {
				if (signal.aborted) throw toBotError(signal.reason);
				const error = toBotError(thrown);
				observer.called(tool.name, clock.now() - begunAtMs, error);
				return { error: error.code === 'INTERNAL' ? 'The tool failed.' : error.message };
			}
		},
	};
}

interface RunTime {
	clock: Clock;
	signal: AbortSignal;
	mostMs: number;
}

/** A run that heeds its signal late is left alone: whatever it still gives comes to nobody. */
async function withinTime<Result>({ clock, signal, mostMs }: RunTime, run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
	const limit = startTimeLimit(clock, mostMs);
	const limited = AbortSignal.any([signal, limit.signal]);
	const late = () => (signal.aborted ? toBotError(signal.reason) : new BotError('TIMEOUT', 'The tool took too long.', { reason: 'tool' }));
	try {
		signal.throwIfAborted();
		return await unlessAborted(run(limited), limited, late);
	} finally {
		limit.end();
	}
}
