/** How a turn's reply begins: with the messages of an interrupted attempt, if there was one, and where nobody knows whether it may be shown, with a sign. */

import type { PlaceRefusals } from '../delivery/place-refusals.ts';
import { recoverMessages } from '../delivery/recovery.ts';
import { type Reply, startReply } from '../delivery/reply.ts';
import type { DeliveryObserver } from '../delivery/reply-message-context.ts';
import type { BegunAnswer } from '../history/stored.ts';
import type { MessageReference } from '../platform/chat-platform.ts';
import { sourceWordsFor } from '../platform/source.ts';
import { isInTime } from '../waiting.ts';
import { stopButton } from './endings.ts';
import type { Turn, TurnDependencies } from './turn-context.ts';
import { closingOf } from './undelivered.ts';

/** Long enough for a platform that is slow to refuse; then the model is asked all the same. */
const longestProbeMs = 5_000;

export function createReplyOpening(deps: TurnDependencies, postRefusals: PlaceRefusals) {
	const { clock } = deps;

	/** @throws BotError as `recoverMessages`. */
	async function open(turn: Turn, row: BegunAnswer): Promise<Reply> {
		const { options, pacer, times, activity, record, stops, links, signal } = turn;
		const { platform, question, words, recipient } = options;
		const { place } = question;
		const existing = await findMessages(turn, row);
		const observer: DeliveryObserver = { ...deps.observer.delivery(platform.name), firstText: times.firstText };
		const reply = startReply(
			{ platform, pacer, clock, record, observer, streamRefusals: deps.streamRefusals },
			{
				place,
				recipient,
				replyId: row.id,
				sourceWords: sourceWordsFor(words, options.person.timeZone ?? deps.timeZone),
				existing,
				links: links.rule,
				// A stream is opened for somebody whom the platform knows.
				mayStream: existing.length === 0 && options.sentence === undefined && (recipient.platform ?? platform.name) === platform.name,
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

	/** Of an earlier attempt at this answer; or of an answer that failed and is asked again. */
	async function findMessages({ options, pacer, record, signal }: Turn, row: BegunAnswer): Promise<MessageReference[]> {
		const { platform, question, retryOf } = options;
		const { place, messageId: questionMessageId } = question;
		const parts = { platform, pacer, clock, database: deps.database, record, place, questionMessageId };
		const find = async (replyId: string) => await recoverMessages({ ...parts, replyId }, signal);
		const own = row.isNew ? [] : await find(row.id);
		return own.length === 0 && retryOf?.status === 'failed' ? await find(retryOf.id) : own;
	}

	/** Where the bot may not have the word, a sign is posted first, so that no model writes what nobody will see. */
	async function probe({ options, activity, signal }: Turn, reply: Reply): Promise<void> {
		const { question, sentence, words } = options;
		const { refusal } = activity;
		const isRefused = refusal === 'may-not-post' || refusal === 'place-gone' || postRefusals.isRefused(question.place);
		if (!isRefused || sentence !== undefined) return;
		reply.announce(words.notice.thinking);
		await isInTime(clock, reply.begun, longestProbeMs, signal);
	}

	return { open, probe };
}
