/** Writes one answer: the model's tokens into the reply as they come, and the end of it into the history. */

import type { Clock } from '../clock.ts';
import type { Asker } from '../database/transaction.ts';
import type { Activity } from '../delivery/activity.ts';
import type { Reply } from '../delivery/reply.ts';
import { BotError, toBotError } from '../errors.ts';
import type { AnswerFacts } from '../history/stored.ts';
import { createTextCleaner } from '../markdown/clean.ts';
import type { ChatRequest, LanguageModels, ModelEvent } from '../models/model-pool.ts';
import type { Words } from '../words/words.ts';
import { type Ending, failureSentence } from './endings.ts';
import { endingOfStop } from './turn-stops.ts';
import { createWaitingSign } from './waiting-sign.ts';

export interface AnswerWork {
	request: ChatRequest;
	asker: Asker;
	words: Words;
	reply: Pick<Reply, 'append' | 'announce' | 'remark' | 'retract'>;
	activity: Activity;
	/** Whether the sign of activity can say more than that the bot is at work. */
	signShowsText: boolean;
	/** Stops the model: for a reason that `endingOfStop` knows, or because the process goes away. */
	signal: AbortSignal;
}

/** What came of it. `text` is what the reader shall see, without notices. */
export interface WrittenAnswer {
	ending: Ending;
	text: string;
	facts: Partial<AnswerFacts>;
	error: BotError | null;
}

/**
 * Reads the model to its end. Never throws for what the model or its host does: that becomes an ending.
 * @throws BotError `CANCELLED` when the signal fired for a reason of its own: the turn is to be handed over.
 */
export async function writeAnswer(
	deps: { models: Pick<LanguageModels, 'model' | 'chat'>; clock: Clock },
	work: AnswerWork,
): Promise<WrittenAnswer> {
	const { models, clock } = deps;
	const { reply, words, signal } = work;
	const sign = createWaitingSign(work);
	let cleaner = createTextCleaner();
	const facts: Partial<AnswerFacts> = {};
	let text = '';

	function take(delta: string): void {
		// Blanks before the first word are nothing to see: an answer of blanks alone must not look like a beginning.
		const visible = text === '' ? delta.trimStart() : delta;
		if (visible === '') return;
		if (text === '') facts.firstTokenAt ??= new Date(clock.now());
		sign.texted();
		text += visible;
		reply.append(visible);
	}

	/** Not meant for the reader: neither shown any longer nor remembered. */
	function takeBack(): void {
		cleaner = createTextCleaner();
		text = '';
		reply.retract();
	}

	async function read(): Promise<Ending> {
		let ending: Ending = 'interrupted';
		for await (const event of models.chat(work.request, signal)) {
			if (event.type === 'text-delta') take(cleaner.push(event.text));
			else ending = note(event);
		}
		return ending;
	}

	/** An end without the event for it would be a broken stream. */
	function note(event: Exclude<ModelEvent, { type: 'text-delta' }>): Ending {
		if (event.type === 'started') Object.assign(facts, { model: event.model, host: event.host });
		if (event.type === 'queued') sign.queued(event);
		if (event.type === 'silent') sign.silent(event);
		if (event.type === 'started' || event.type === 'working') sign.working();
		if (event.type === 'text-retracted') takeBack();
		if (event.type !== 'end') return 'interrupted';
		Object.assign(facts, { promptTokens: event.usage.promptTokens, outputTokens: event.usage.outputTokens });
		return event.reason === 'length' ? 'cut' : 'answered';
	}

	function fail(error: BotError): WrittenAnswer {
		facts.errorCode = error.code;
		const stopped = endingOfStop(error);
		if (stopped !== null) return { ending: stopped, text, facts, error: null };
		if (text.trim() !== '') return { ending: 'interrupted', text, facts, error };
		return { ending: 'failed', text: failureSentence(error, words, { model: models.model, ...work.request }), facts, error };
	}

	try {
		const ending = await read();
		take(cleaner.end());
		facts.lastTokenAt = new Date(clock.now());
		if (text.trim() !== '') return { ending, text, facts, error: null };
		const error = new BotError('MODEL_REJECTED', 'the model gave an empty answer', { reason: 'empty' });
		return { ending: 'failed', text: words.failure.emptyAnswer, facts, error };
	} catch (thrown) {
		const reason: unknown = signal.reason;
		if (signal.aborted && endingOfStop(reason) === null) throw toBotError(reason);
		take(cleaner.end());
		return fail(signal.aborted ? toBotError(reason) : toBotError(thrown));
	} finally {
		sign.end();
	}
}
