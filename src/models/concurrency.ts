/** Learns how many answers one host gives at the same time. Ollama does not tell, and makes surplus requests wait in silence. */

/** Where learning starts, and the most it allows. */
const OPTIMISTIC_SLOTS = 64;
/**
 * No first token for so long, with others streaming, is a queue and not a slow prompt or a busy machine. Too high, and people wait in
 * Ollama's queue without a position for this long; too low, and a burst on a loaded host is taken for a full one.
 */
const SLOW_FLOOR_MS = 5000;
const SLOW_FACTOR = 3;
/** First-token times that "usual" is taken from. */
const REMEMBERED = 20;
/**
 * One more than is known is tried at the end of one answer of a full host; after each try that failed, of twice as many, up to this. Whoever is sent
 * in a try that fails waits on the host for `slowAfterMs` before anybody knows that they wait.
 */
const MOST_ANSWERS_BETWEEN_TRIES = 64;

export interface SlotKnowledge {
	limit: number;
	/** The latest first-token times of requests that did not have to queue, oldest first. */
	usualMs: readonly number[];
	/** Tries that failed since the last one that did not. */
	failedTries: number;
	/** Answers of a full host since the last try. */
	answersSinceTry: number;
}

export const initialKnowledge: SlotKnowledge = { limit: OPTIMISTIC_SLOTS, usualMs: [], failedTries: 0, answersSinceTry: 0 };

/** After so long without a first token a request counts as queued on the host. */
export function slowAfterMs(knowledge: SlotKnowledge): number {
	return Math.max(SLOW_FLOOR_MS, SLOW_FACTOR * median(knowledge.usualMs));
}

/** A request has waited `slowAfterMs` while `streaming` others of ours were being answered on the host: it takes no more than those. */
export function afterSlowStart(knowledge: SlotKnowledge, streaming: number): SlotKnowledge {
	if (streaming < 1 || streaming >= knowledge.limit) return knowledge;
	return { ...knowledge, limit: streaming, failedTries: knowledge.failedTries + 1, answersSinceTry: 0 };
}

/**
 * A first token came after `waitedMs`, while `streamingOthers` were answered. Waiting in the host's queue is not usual; being slow all alone is. A
 * prompt one on a full host says that the host takes as many.
 */
export function afterFirstToken(knowledge: SlotKnowledge, waitedMs: number, streamingOthers: number): SlotKnowledge {
	if (streamingOthers > 0 && waitedMs >= slowAfterMs(knowledge)) return knowledge;
	const isFull = streamingOthers > 0 && streamingOthers + 1 >= knowledge.limit;
	const usualMs = [...knowledge.usualMs, waitedMs].slice(-REMEMBERED);
	return { ...knowledge, usualMs, failedTries: isFull ? 0 : knowledge.failedTries };
}

/** A request ended; `streaming` counts it. With every slot streaming and a prompt first token, one more is tried, though not each time. */
export function afterCompletion(knowledge: SlotKnowledge, streaming: number, waitedMs: number): SlotKnowledge {
	const isFull = streaming >= knowledge.limit;
	if (!isFull || waitedMs >= slowAfterMs(knowledge)) return knowledge;
	const answersSinceTry = knowledge.answersSinceTry + 1;
	if (answersSinceTry < Math.min(2 ** knowledge.failedTries, MOST_ANSWERS_BETWEEN_TRIES)) return { ...knowledge, answersSinceTry };
	return { ...knowledge, limit: Math.min(OPTIMISTIC_SLOTS, knowledge.limit + 1), answersSinceTry: 0 };
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((one, other) => one - other);
	return sorted[sorted.length >> 1] ?? 0;
}
