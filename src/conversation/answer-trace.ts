/** Notes how one answer comes about, for whoever asks why. */

import type { Clock } from '../clock.ts';
import type { AnswerTrace, FailureReason } from '../history/trace.ts';
import type { ToolName } from '../tools/tool.ts';

export interface AnswerTracer {
	/** The model is asked once more. */
	asking(): void;
	/** A host began with it. The first time counts: later rounds have their place. */
	started(): void;
	calling(name: ToolName): void;
	failed(reason: FailureReason): void;
	trace(): AnswerTrace;
}

export function createAnswerTracer(clock: Pick<Clock, 'now'>): AnswerTracer {
	const begunAtMs = clock.now();
	const tools: Partial<Record<ToolName, number>> = {};
	let rounds = 0;
	let queueMs: number | null = null;
	let reason: FailureReason | null = null;
	return {
		asking() {
			rounds++;
		},
		started() {
			queueMs ??= clock.now() - begunAtMs;
		},
		calling(name) {
			tools[name] = (tools[name] ?? 0) + 1;
		},
		failed(why) {
			reason = why;
		},
		trace: () => ({
			rounds,
			...(queueMs === null ? {} : { queueMs }),
			...(Object.keys(tools).length === 0 ? {} : { tools }),
			...(reason === null ? {} : { reason }),
		}),
	};
}
