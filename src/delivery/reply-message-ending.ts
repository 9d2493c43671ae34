/** The end of one message: its whole text lands, in the mode that it is in or in the next one that is open. */

import { toBotError } from '../errors.ts';
import type { Button, MessageReference, Source } from '../platform/chat-platform.ts';
import { refusalOf } from '../platform/refusal.ts';
import { findLastLost, takeOverLost } from './lost-message.ts';
import { inSomeForm, noteRefusal, type Obstacle } from './obstacle.ts';
import {
	closeAsItIs,
	finalCall,
	type MessageContent,
	mayHaveArrived,
	newMessageOf,
	outgoingMessageOf,
	sendClose,
	sendFinal,
} from './reply-message-calls.ts';
import { type MessageContext, waitsOf } from './reply-message-context.ts';
import { closed, isOpenStream, isPlaced, type OpenStream, type Posted, placed } from './reply-message-state.ts';
import { retryPlatformCall } from './retry.ts';

export interface FinalText {
	text: string;
	buttons: Button[];
	/** What the reply's text cites, for its last message. */
	sources: readonly Source[];
	/** What is said instead in a message that can show no buttons. */
	bareText: string;
}

/**
 * Resolves when the text is there, or when the context has an obstacle.
 * @throws BotError when the platform does not answer for too long, or `CANCELLED` when the process goes away.
 */
export async function finishMessage(context: MessageContext, final: FinalText): Promise<void> {
	const { deps, options } = context;
	await retryPlatformCall(deps.clock, waitsOf(options), () => takeOverLost(context));
	const isShown = await finishWhatIsThere(context, final);
	if (!isShown && context.obstacle === null) await postAnew(context, final);
	if (context.obstacle === null) await deps.record.final(options.position);
}

/** Gives back the slots that were kept for the end. Safe to repeat. */
export async function leaveMessage({ deps, options, reservation }: MessageContext): Promise<void> {
	await reservation.release();
	await deps.pacer.release('edit', options.place, reservation.id);
}

/** False when the text needs a message of its own. */
async function finishWhatIsThere(context: MessageContext, final: FinalText): Promise<boolean> {
	if (isOpenStream(context.state) && (await closeStream(context, context.state, final))) return true;
	const { state, options, obstacle } = context;
	if (!isPlaced(state)) return false;
	const isAlreadyShown =
		final.text === state.shown.text && final.buttons.length + final.sources.length === 0 && options.liveButtons.length === 0;
	if (isAlreadyShown || state.kind === 'sealed') return true;
	return state.kind === 'posted' && obstacle === null && (await edit(context, state, final));
}

/** True when the closed stream shows the whole text. */
export async function closeStream(context: MessageContext, stream: OpenStream, final: MessageContent): Promise<boolean> {
	const { deps, options } = context;
	const { reference, shown } = stream;
	const { text } = final;
	const canAppend = stream.kind === 'streaming' && text.startsWith(shown.text);
	const delta = canAppend ? text.slice(shown.text.length) : '';
	try {
		await sendClose(context, () => deps.platform.closeStream(reference, delta, outgoingMessageOf(context, final), options.signal));
		context.state = closed(stream, shown.text + delta);
		return canAppend;
	} catch (thrown) {
		goAnotherWay(context, thrown);
		return false;
	}
}

/** False when the message cannot be edited any more, or not soon enough. */
async function edit(context: MessageContext, { reference }: Posted, final: FinalText): Promise<boolean> {
	const { deps, options, mode } = context;
	const isKept = finalCall(context, 'edit').reservation !== undefined;
	if (!isKept && mode !== 'edit' && !(await deps.pacer.isFree('edit', options.place))) return false;
	const send = () => deps.platform.edit(reference, outgoingMessageOf(context, chosen(context, final)), options.signal);
	const attempt = () => inSomeForm(context, 'known', () => sendFinal(context, 'edit', send));
	try {
		await attempt().catch(async (thrown) => {
			if (refusalOf(toBotError(thrown)) !== 'stream-open') throw thrown;
			// Stopped by its reader, a stream takes no more text, but it is still to be closed before it can be edited.
			await sendFinal(context, 'close-stream', () => closeAsItIs(context, reference));
			await attempt();
		});
		return true;
	} catch (thrown) {
		goAnotherWay(context, thrown);
		return false;
	}
}

async function postAnew(context: MessageContext, final: FinalText): Promise<void> {
	const { deps, options } = context;
	const old = isPlaced(context.state) ? context.state.reference : null;
	// A first message that nobody has seen yet is the same message still.
	if (old !== null) context.number++;
	const reference = await sendAnew(context, final);
	if (reference === null) return;
	context.state = placed(reference, { text: final.text, isSign: false }, false);
	await deps.record.shown(options.position, reference.messageId);
	if (old === null) deps.observer.firstText();
	else await remove(context, old);
}

/** Null when there is an obstacle. */
async function sendAnew(context: MessageContext, final: FinalText): Promise<MessageReference | null> {
	const { deps, options } = context;
	const waits = waitsOf(options);
	const send = async () => {
		await deps.record.intended(options.position, 'edit');
		const message = newMessageOf(context, chosen(context, final));
		return await deps.platform.post(options.place, message, options.signal);
	};
	try {
		return await retryPlatformCall(deps.clock, waits, async (lastError) => {
			const isLost = mayHaveArrived(lastError);
			// Where nobody can look, the message is not sent again: most such answers are lost on the way back.
			if (isLost && !deps.platform.capabilities.findsOwnMessages) return meet(context, 'lost');
			const lost = isLost ? await findLastLost(context) : null;
			return lost ?? (await inSomeForm(context, 'new', () => deps.pacer.run(finalCall(context, 'post'), waits, send)));
		});
	} catch (thrown) {
		goAnotherWay(context, thrown);
		// There is no other one.
		return context.obstacle === null ? meet(context, 'not-accepted') : null;
	}
}

function chosen({ isBare }: MessageContext, { text, bareText, buttons, sources }: FinalText): MessageContent {
	return { text: isBare ? bareText : text, buttons, sources };
}

function meet(context: MessageContext, obstacle: Obstacle): null {
	context.obstacle = obstacle;
	return null;
}

async function remove(context: MessageContext, old: MessageReference): Promise<void> {
	const { deps, options } = context;
	try {
		await sendFinal(context, 'remove', () => deps.platform.remove(old, options.signal));
	} catch (thrown) {
		const error = toBotError(thrown);
		if (error.code !== 'PLATFORM_REJECTED') throw error;
		// The new message is there: whatever holds the old one is no obstacle.
		deps.observer.detoured(error.reason ?? error.code);
	}
}

/** A refusal closes one way only, or all of them; anything else is passed on. A stream that may not be closed is closed already. */
function goAnotherWay(context: MessageContext, thrown: unknown): void {
	const error = toBotError(thrown);
	if (error.code !== 'PLATFORM_REJECTED') throw error;
	if (isOpenStream(context.state)) context.state = closed(context.state);
	noteRefusal(context, error);
	context.deps.observer.detoured(error.reason ?? error.code);
}
