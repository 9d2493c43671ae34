/** One turn, from an accepted message to its final answer: the way of one message, stage by stage. */

import { startActivity } from '../delivery/activity.ts';
import { adoptMessages } from '../delivery/adopt.ts';
import type { DeliveryObserver } from '../delivery/part-context.ts';
import { createPlaceRefusals } from '../delivery/place-refusals.ts';
import { type Reply, startReply } from '../delivery/reply.ts';
import { createReplyRecord } from '../delivery/reply-record.ts';
import { toBotError } from '../errors.ts';
import { type AnswerRow, type BegunAnswer, isOver } from '../history/stored.ts';
import { tokensUsed } from '../limits/token-usage.ts';
import type { MessageReference } from '../platform/chat-platform.ts';
import { writeAnswer } from './answer.ts';
import { type Ending, isEnding, isUnshown, stopButton, type Unshown } from './endings.ts';
import { buildPrompt } from './prompt.ts';
import type { Turn, TurnDependencies, TurnOptions } from './turn-context.ts';
import { createTurnEnds, type Written } from './turn-ending.ts';
import { createTurnStops, endingOfStop } from './turn-stops.ts';
import { createTurnTimes } from './turn-times.ts';
import { closingOf } from './undelivered.ts';
import { type Withdrawn, withdrawAnswer } from './withdrawal.ts';

export type { TurnDependencies, TurnOptions } from './turn-context.ts';

export type Turns = ReturnType<typeof createTurns>;

/** Long enough for a platform that is slow to refuse; then the model is asked all the same. */
const longestProbeMs = 5_000;

export function createTurns(deps: TurnDependencies) {
	const { store, clock } = deps;
	const postRefusals = createPlaceRefusals(clock);
	const { finish } = createTurnEnds(deps, ({ options }, obstacle) => {
		// Whether anything may be posted there is known better now.
		if (obstacle === 'may-not-post') postRefusals.refused(options.question.place);
		else if (obstacle === null) postRefusals.accepted(options.question.place);
	});
	const withdraw = (withdrawn: Withdrawn, signal: AbortSignal) => withdrawAnswer(deps, withdrawn, signal);

	/**
	 * Answers one question. Resolves with how it ended once everything is visible and stored.
	 * @throws BotError `CANCELLED` when the process goes away (another one will take the turn over), `STORE_UNAVAILABLE`, or a platform's
	 * error when the answer could not be shown: the event is then tried again later.
	 */
	async function answer(options: TurnOptions, signal: AbortSignal): Promise<Ending | Unshown> {
		const { platform, person, question, answerId } = options;
		const { place, messageId: questionMessageId } = question;
		const pacer = deps.pacers(platform);
		const times = createTurnTimes(clock, deps.observer, platform.name);
		const early = options.sign?.take() ?? null;
		if (early !== null) times.sign();
		const activity = early ?? startActivity({ platform, pacer, clock }, { place, signal });
		const record = createReplyRecord(deps, answerId, place);
		const stops = createTurnStops();
		const turn: Turn = { options, pacer, times, activity, record, stops, signal };
		// Before anything is written down: what is taken back from now on stops it.
		const stop = (isWithdrawn: boolean) => (isWithdrawn ? stops.withdraw() : stops.stop());
		const forget = deps.running.add({ answerId, userId: person.userId, place, questionMessageId, stop });
		if (options.sentence === undefined) void showSign();
		try {
			const row = await begin(options);
			const ending = isOver(row) ? endingOf(row) : await answerRow(turn, row);
			// The platform takes the sign away when a message is posted. Here there was none, or all were there before.
			if (!row.isNew || options.retryOf !== undefined || stops.isWithdrawn || ending === 'undelivered') await activity.clear();
			return ending;
		} finally {
			forget();
			activity.end();
		}

		async function showSign(): Promise<void> {
			const { thinking, resuming } = options.words.activity;
			if (await activity.show(options.attempt > 1 ? resuming : thinking)) times.sign();
		}
	}

	async function answerRow(turn: Turn, row: BegunAnswer): Promise<Ending | Unshown> {
		const { stops } = turn;
		let reply: Reply | null = null;
		try {
			if (row.isWithdrawn) stops.withdraw();
			if (stops.isWithdrawn) return await takeBack(turn);
			reply = await openReply(turn, row);
			stops.onWithdrawn(() => void reply?.abandon());
			await probe(turn, reply);
			const written = await write(turn, row, reply);
			if (!stops.isWithdrawn) return await finish(turn, row, written, reply);
		} catch (thrown) {
			await afterFailure(turn, reply, thrown);
		}
		await reply?.abandon();
		return await takeBack(turn);
	}

	/** @throws the error, unless it is but the end of an answer that is taken back. */
	async function afterFailure({ stops, signal }: Turn, reply: Reply | null, thrown: unknown): Promise<void> {
		if (signal.aborted && reply !== null) await comeToRest(reply);
		if (signal.aborted || !stops.isWithdrawn) throw thrown;
	}

	/** Its question is gone: nothing of the answer stays, neither in the place nor in the history. */
	async function takeBack({ options, record, signal }: Turn): Promise<Ending> {
		await record.settle();
		await withdraw(options, signal);
		deps.observer.ended(options.platform.name, 'stopped', {}, null);
		return 'stopped';
	}

	async function begin({ person, question, answerId, retryOf }: TurnOptions): Promise<BegunAnswer> {
		const conversationId = await store.join(person, question.place);
		if (retryOf === undefined) return await store.begin(person, conversationId, answerId, question);
		return await store.beginAgain(person, conversationId, answerId, retryOf.questionId);
	}

	async function openReply({ options, pacer, times, activity, record, stops, signal }: Turn, row: BegunAnswer): Promise<Reply> {
		const { platform, question, words, recipient } = options;
		const { place } = question;
		const adopt = async (replyId: string) =>
			await adoptMessages(
				{ platform, pacer, clock, database: deps.database, record, replyId, place, questionMessageId: question.messageId },
				signal,
			);
		const existing: MessageReference[] = row.isNew ? [] : await adopt(row.id);
		if (existing.length === 0 && options.retryOf?.status === 'failed') existing.push(...(await adopt(options.retryOf.id)));
		const observer: DeliveryObserver = { ...deps.observer.delivery(platform.name), firstText: times.firstText };
		const reply = startReply(
			{ platform, pacer, clock, record, observer, streamRefusals: deps.streamRefusals },
			{
				place,
				recipient,
				replyId: row.id,
				existing,
				mayStream: existing.length === 0 && options.sentence === undefined,
				liveButtons: options.sentence === undefined ? [stopButton(row.id, words)] : [],
				questionMessageId: question.messageId,
				onStopped: stops.stop,
				onObstacle: stops.meet,
				closing: (obstacle, seen) => closingOf(obstacle, seen, row.id, words),
				isOverdue: activity.isOverdue,
				sign: words.notice.thinking,
				signal,
			},
		);
		// Where nobody can look for a lost message, the first one is a sign; the sooner, the better.
		const isBlind = !platform.capabilities.findsOwnMessages && place.kind !== 'direct';
		if (isBlind && existing.length === 0 && options.sentence === undefined) reply.announce(words.notice.thinking);
		return reply;
	}

	/** Where the bot may not have the word, a sign is posted first, so that no model writes what nobody will see. */
	async function probe({ options, activity, signal }: Turn, reply: Reply): Promise<void> {
		const { question, sentence, words } = options;
		const { refusal } = activity;
		const isRefused = refusal === 'may-not-post' || refusal === 'place-gone' || postRefusals.isRefused(question.place);
		if (!isRefused || sentence !== undefined) return;
		reply.announce(words.notice.thinking);
		const enough = new AbortController();
		await Promise.race([reply.begun, clock.wait(longestProbeMs, AbortSignal.any([enough.signal, signal])).catch(() => {})]);
		enough.abort('over');
	}

	/** From the model; or from the database, when an earlier process had the whole text; or a sentence of ours. */
	async function write(turn: Turn, row: AnswerRow, reply: Reply): Promise<Written> {
		const { options, stops } = turn;
		if (row.status === 'delivering') return told(row.content, resumedEnding(row));
		if (options.sentence !== undefined) return told(options.sentence, 'told');
		const signal = AbortSignal.any([stops.signal, turn.signal]);
		try {
			signal.throwIfAborted();
			return await ask(turn, row, reply, signal);
		} catch (thrown) {
			const isStopped = stops.signal.aborted && !turn.signal.aborted && toBotError(thrown).code === 'CANCELLED';
			const ending = isStopped ? endingOfStop(stops.signal.reason) : null;
			if (ending === null) throw thrown;
			return told('', ending);
		}
	}

	async function ask({ options, activity }: Turn, row: AnswerRow, reply: Reply, signal: AbortSignal): Promise<Written> {
		const { person, question, words, platform } = options;
		const asked = { asker: person, platform, place: question.place, answer: row, question: { ...question, askedAt: question.receivedAt } };
		const memory = await deps.memories.read(asked, signal);
		const { displayName: personName, locale, timeZone = null } = person;
		const facts = { personName, locale, timeZone, homeTimeZone: deps.timeZone, now: new Date(clock.now()) };
		const { model } = await deps.choices.current(person, question.place);
		const prompt = buildPrompt(memory, facts, deps.budgetOf(model));
		if ('mostCharacters' in prompt) return told(words.refusal.tooLong(question.text.length, prompt.mostCharacters), 'told');
		const inFlightLimit = deps.limits.inFlightLimit(person);
		const request = {
			model,
			messages: prompt.messages,
			maxOutputTokens: prompt.answerTokens,
			userId: person.userId,
			conversationId: row.conversationId,
			priority: 'interactive' as const,
			resumes: options.attempt > 1,
			...(inFlightLimit === null ? {} : { inFlightLimit }),
		};
		const signShowsText = platform.capabilities.activity?.showsText ?? false;
		signal.throwIfAborted();
		const written = await writeAnswer(deps, { request, asker: person, words, reply, activity, signShowsText, signal });
		await deps.limits.charge(person, tokensUsed({ ...written, estimatedPromptTokens: prompt.estimatedTokens }));
		return { ...written, memory };
	}

	return { answer, withdraw };
}

/** What no model wrote. */
function told(text: string, ending: Ending): Written {
	return { ending, text, facts: {}, error: null, memory: null };
}

/** What is on its way to the platform arrives and is written down before another process looks for it. */
async function comeToRest(reply: Reply): Promise<void> {
	if (reply.length > 0) await reply.end({ buttons: [] }).catch(() => {});
}

/** How an answer was to end that was written down as it was about to. */
function resumedEnding({ finishReason }: AnswerRow): Ending {
	return isEnding(finishReason) ? finishReason : 'answered';
}

function endingOf({ finishReason }: AnswerRow): Ending | Unshown {
	return isEnding(finishReason) || isUnshown(finishReason) ? finishReason : 'told';
}
