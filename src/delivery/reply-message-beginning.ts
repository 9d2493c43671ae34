/** The first words of one message: a native stream where there is room for one, a post otherwise. */

import { toBotError } from '../errors.ts';
import type { PacedCall } from '../pacing/pacer.ts';
import type { MessageReference } from '../platform/chat-platform.ts';
import { takeOverLost } from './lost-message.ts';
import { inSomeForm, noteRefusal } from './obstacle.ts';
import { mayHaveArrived, newMessageOf } from './reply-message-calls.ts';
import { leaveStreamMode, type MessageContext, type PresentText, type ReplyMessageOptions } from './reply-message-context.ts';
import { answerLost, isPlaced, type Posted, placed, type Shown, type Streaming } from './reply-message-state.ts';

type FirstState = Streaming | Posted;

/** Shows the text that there is when its turn has come. @throws BotError the platform's, or `CANCELLED` when `until` fires first. */
export async function beginMessage(context: MessageContext, look: () => PresentText, until: AbortSignal): Promise<void> {
	const { deps, options } = context;
	await takeOverLost(context);
	// A stream shows only what is final, and no platform takes a message without words: what came may be the beginning of a formula.
	if (isPlaced(context.state) || look()[context.mode === 'stream' ? 'stable' : 'text'] === '') return;
	const streamed = context.mode === 'stream' ? await openStream(context, look, until) : null;
	// What is refused is posted at once, if there is room for that: whether anything may be said here is to be known soon.
	const message = streamed ?? (context.mode === 'once' ? null : await post(context, look, until));
	if (message === null) return;
	context.state = message;
	await deps.record.shown(options.position, message.reference.messageId);
	if (!message.shown.isSign) deps.observer.firstText();
}

/** Null where the platform does not take native streams; then nobody tries again for a while. */
async function openStream(context: MessageContext, look: () => PresentText, until: AbortSignal): Promise<FirstState | null> {
	const { deps, options, reservation, streamPace } = context;
	const { place, recipient, signal } = options;
	const call: PacedCall = { operation: 'open-stream', place, priority: rankOf(options), reservation: reservation.id };
	try {
		return await deps.pacer.run(call, until, async () => {
			await deps.record.intended(options.position, 'stream');
			const shown = { text: look().stable, isSign: false };
			return await sendFirst(context, shown, true, () =>
				streamPace.call(() => deps.platform.openStream(place, recipient, shown.text, signal)),
			);
		});
	} catch (thrown) {
		const error = toBotError(thrown);
		if (error.code !== 'PLATFORM_REJECTED') throw error;
		deps.streamRefusals.refused(place);
		await leaveStreamMode(context);
		deps.observer.detoured(error.reason ?? error.code);
		return null;
	}
}

async function post(context: MessageContext, look: () => PresentText, until: AbortSignal): Promise<FirstState> {
	const { deps, options } = context;
	const { place, liveButtons, signal } = options;
	const call: PacedCall = { operation: 'post', place, priority: rankOf(options) };
	const attempt = async () => {
		await deps.record.intended(options.position, 'edit');
		const shown = firstWords(context, look());
		return await sendFirst(context, shown, false, () =>
			deps.platform.post(place, newMessageOf(context, { text: shown.text, buttons: liveButtons }), signal),
		);
	};
	try {
		return await inSomeForm(context, 'new', () => deps.pacer.run(call, until, attempt));
	} catch (thrown) {
		const error = toBotError(thrown);
		// A few words that are refused in every form: so would all the others be.
		if (error.code === 'PLATFORM_REJECTED') context.obstacle = 'not-accepted';
		noteRefusal(context, error);
		throw error;
	}
}

/** What somebody has waited for for long goes before the ends of other people's replies: the first message of a reply, and none behind it. */
function rankOf({ position, isOverdue = () => false }: ReplyMessageOptions): PacedCall['priority'] {
	return () => (position === 0 && isOverdue() ? 'overdue' : 'first');
}

/** Where nobody can look for a message whose answer was lost, nothing of the text may be left behind in it. */
function firstWords({ deps, options }: MessageContext, { text, isSign = false }: PresentText): Shown {
	const sign = deps.platform.capabilities.findsOwnMessages || isSign ? undefined : options.sign;
	return { text: sign ?? text, isSign: isSign || sign !== undefined };
}

/** When nobody knows whether the call was carried out, that is to be found out before the next one; or there is none before the end. */
async function sendFirst(
	context: MessageContext,
	shown: Shown,
	isStream: boolean,
	call: () => Promise<MessageReference>,
): Promise<FirstState> {
	try {
		return placed(await call(), shown, isStream);
	} catch (thrown) {
		const canLook = context.deps.platform.capabilities.findsOwnMessages;
		if (mayHaveArrived(toBotError(thrown))) context.state = answerLost(shown, isStream, canLook);
		throw thrown;
	}
}
