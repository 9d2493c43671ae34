/** One answer on a scripted model with scripted tools, into a reply that only notes what it is given. */

import { type AnswerWork, writeAnswer } from '#src/conversation/answer.ts';
import { createFoundSources } from '#src/conversation/citing/found-sources.ts';
import { measureBy } from '#src/conversation/prompt-budget.ts';
import { english } from '#src/locales/english.ts';
import { estimateTokens } from '#src/models/token-estimate.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createFakeModelPool, type ModelStep } from '#test/fakes/model-pool.ts';
import { createFakeTools } from '#test/fakes/tools.ts';
import { toolContext } from '#test/tools/tool-fixture.ts';

/** `rounds` are what the model says each time it is asked. */
export function beginAnswer(...rounds: ModelStep[][]) {
	const clock = createManualClock(1_000);
	const models = createFakeModelPool();
	models.script(...rounds);
	const tools = createFakeTools(clock);
	const measure = measureBy({ estimateTokens });
	const appended: string[] = [];
	/** What the sign of activity, announcements and remarks said, in order. */
	const signs: string[] = [];
	const abort = new AbortController();
	const context = toolContext();
	const parts: Omit<AnswerWork, 'request'> = {
		estimatedPromptTokens: 0,
		...{ tools, context, measure, sources: createFoundSources() },
		words: english,
		reply: {
			append: (delta) => void appended.push(delta),
			announce: (sentence) => void signs.push(`message: ${sentence}`),
			remark: (sentence) => void signs.push(`remark: ${sentence}`),
			retract: () => void appended.splice(0),
		},
		activity: {
			refusal: null,
			show: async (text) => signs.push(text) > 0,
			isOverdue: () => false,
			rest: () => void signs.push('rest'),
			hide: async () => void signs.push('hide'),
			end: () => void signs.push('end'),
			clear: async () => void signs.push('clear'),
		},
		onTools: () => {},
		signShowsText: true,
		signal: abort.signal,
	};
	const request = () => ({
		messages: [],
		tools: tools.offered(context.person),
		maxOutputTokens: 4_096,
		userId: 'u',
		conversationId: 'c',
		priority: 'interactive' as const,
		inFlightLimit: 3,
	});
	return {
		...{ clock, models, tools, measure, appended, signs, abort },
		begin: (given: Partial<AnswerWork> = {}) => writeAnswer({ models, clock }, { request: request(), ...parts, ...given }),
	};
}
