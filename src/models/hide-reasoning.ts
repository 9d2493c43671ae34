/** A stream of an answer without the reasoning that stands in its text, and what a model is known to do with the marks of it. */

import type { AnswerEvent } from './chat-stream.ts';
import { createReasoningFilter, type Filtered } from './reasoning-filter.ts';

/** What this process knows of one model. */
export interface ReasoningHabit {
	/** The beginning of its answers may be reasoning that nothing marks but its end. */
	mayBeginUnmarked(): boolean;
	noteAnswer(beganUnmarked: boolean): void;
}

/** So many answers that begin as answers do, and a model is believed to have left off: it costs its readers the first words of each. */
const answersUntilForgotten = 5;

/**
 * Only what a model has done counts. That it can think is no sign: most models can by now, and nearly all of them mark both ends, or let the
 * server tell reasoning and answer apart.
 */
export function createReasoningHabit(): ReasoningHabit {
	let answersLeft = 0;
	return {
		mayBeginUnmarked: () => answersLeft > 0,
		noteAnswer: (beganUnmarked) => {
			answersLeft = beganUnmarked ? answersUntilForgotten : Math.max(answersLeft - 1, 0);
		},
	};
}

const nothing: Filtered = { isRetracted: false, text: '' };

/** @throws what `events` throws, after the words of the answer that were on their way. */
export async function* hideReasoning(events: AsyncIterable<AnswerEvent>, habit: ReasoningHabit): AsyncGenerator<AnswerEvent, void, void> {
	const filter = createReasoningFilter({ holdsBeginning: habit.mayBeginUnmarked() });
	let isAnythingShown = false;
	let isOver = false;
	const read = (event: AnswerEvent): Filtered => {
		if (event.type === 'text-delta') return filter.push(event.text);
		return event.type === 'end' ? filter.end() : nothing;
	};

	try {
		for await (const event of events) {
			isOver ||= event.type === 'end';
			const { isRetracted, text } = read(event);
			if (isRetracted) yield { type: 'text-retracted' };
			isAnythingShown ||= text !== '';
			if (text !== '') yield { type: 'text-delta', text };
			if (event.type !== 'text-delta') yield event;
		}
	} catch (error) {
		// Of an answer that nobody has seen anything of another host can still give the whole.
		if (isAnythingShown) yield* eventsOf(filter.end());
		throw error;
	} finally {
		if (isOver || filter.endedUnbegun) habit.noteAnswer(filter.endedUnbegun);
	}
}

function eventsOf({ isRetracted, text }: Filtered): AnswerEvent[] {
	return [...(isRetracted ? [{ type: 'text-retracted' as const }] : []), ...(text === '' ? [] : [{ type: 'text-delta' as const, text }])];
}
