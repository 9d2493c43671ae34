/** One turn, from an accepted message to its final answer: the way of one message, stage by stage. */

import { startActivity } from '../delivery/activity.ts';
import { createPlaceRefusals } from '../delivery/place-refusals.ts';
import type { Reply } from '../delivery/reply.ts';
import { createReplyRecord } from '../delivery/reply-record.ts';
import { type AnswerRow, type BegunAnswer, isOver } from '../history/stored.ts';
import { noTracer } from '../tracer.ts';
import { type Ending, isEnding, isUnshown, type Unshown } from './endings.ts';
import { createKnownLinks } from './known-links.ts';
import { createPrivateOffer } from './private-offer.ts';
import { createReplyOpening } from './reply-opening.ts';
import type { Turn, TurnDependencies, TurnOptions } from './turn-context.ts';
import { createTurnEnds } from './turn-ending.ts';
import { createTurnStops } from './turn-stops.ts';
import { createTurnTimes } from './turn-times.ts';
import { type Withdrawn, withdrawAnswer } from './withdrawal.ts';
import { createWriting } from './writing.ts';

export type { TurnDependencies, TurnOptions } from './turn-context.ts';

/** Whoever stopped an answer, or got none, is offered nothing beside it. */
const mayOfferMore: ReadonlySet<Ending | Unshown> = new Set(['answered', 'cut', 'told']);

export type Turns = ReturnType<typeof createTurns>;

export function createTurns(deps: TurnDependencies) {
	const { store, clock, tracer = noTracer } = deps;
	const postRefusals = createPlaceRefusals(clock);
	const { finish } = createTurnEnds(deps, ({ options }, obstacle) => {
		// Whether anything may be posted there is known better now.
		if (obstacle === 'may-not-post') postRefusals.refused(options.question.place);
		else if (obstacle === null) postRefusals.accepted(options.question.place);
	});
	const opening = createReplyOpening(deps, postRefusals);
	const { write } = createWriting(deps);
	const offerMore = createPrivateOffer(deps);
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
		const links = createKnownLinks({ hosts: deps.linkHosts, platform, place });
		links.knowWords(question.text);
		const turn: Turn = { options, pacer, times, activity, record, stops, links, signal };
		// Before anything is written down: what is taken back from now on stops it.
		const stop = (isWithdrawn: boolean) => (isWithdrawn ? stops.withdraw() : stops.stop());
		const forget = deps.running.add({ answerId, userId: person.userId, place, questionMessageId, stop });
		if (options.sentence === undefined) void showSign();
		try {
			const row = await begin(options);
			if (row === null) return await takeBack(turn);
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
			reply = await tracer.stage('open', () => opening.open(turn, row));
			stops.onWithdrawn(() => void reply?.abandon());
			await opening.probe(turn, reply);
			const written = await write(turn, row, reply);
			if (!stops.isWithdrawn) {
				const shown = reply;
				const ending = await tracer.stage('deliver', () => finish(turn, row, written, shown));
				const more = written.final?.isPrivate === true ? 'data' : written.asked;
				if (more !== null && mayOfferMore.has(ending)) await offerMore(turn, row.id, more);
				return ending;
			}
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

	/** Null when the question was removed with its conversation, before or just now. */
	async function begin({ person, question, answerId, retryOf }: TurnOptions): Promise<BegunAnswer | null> {
		const { place, messageId } = question;
		const conversationId = await store.joinToAsk(person, place, messageId);
		if (conversationId === null) return null;
		try {
			if (retryOf === undefined) return await store.begin(person, conversationId, answerId, question);
			return await store.beginAgain(person, conversationId, answerId, retryOf.questionId);
		} catch (thrown) {
			if (await store.isErased(person, place, messageId)) return null;
			throw thrown;
		}
	}

	const traced: typeof answer = async (options, signal) => {
		const { answerId, platform, attempt } = options;
		return await tracer.turn(answerId, { platform: platform.name, attempt }, () => answer(options, signal));
	};
	return { answer: traced, withdraw };
}

/** What is on its way to the platform arrives and is written down before another process looks for it. */
async function comeToRest(reply: Reply): Promise<void> {
	if (reply.length > 0) await reply.end({ buttons: [] }).catch(() => {});
}

function endingOf({ finishReason }: AnswerRow): Ending | Unshown {
	return isEnding(finishReason) || isUnshown(finishReason) ? finishReason : 'told';
}
