/** The end of a message that may not be finished: no live button stays on it, and where the platform lets us, it says why. */

import { toBotError } from '../errors.ts';
import { closeOpenFence } from '../markdown/cut.ts';
import type { Button, MessageReference } from '../platform/chat-platform.ts';
import { closeAsItIs, newMessageOf, sendClose, sendFinal } from './reply-message-calls.ts';
import { type MessageContext, waitsOf } from './reply-message-context.ts';
import { closed, hasText, isOpenStream, isPlaced, type OpenStream, type PlacedMessage } from './reply-message-state.ts';

export interface Closing {
	/** Set apart below what is shown; empty where nothing is to be said in the place. */
	notice: string;
	buttons: Button[];
}

/** How much of a reply its readers see. */
export interface Seen {
	/** There is a message that is still open, if only with a sign. */
	isBegun: boolean;
	/** Some of the text is shown, here or in a message before. */
	hasText: boolean;
}

/** Whatever the platform refuses now is left. @returns whether the notice can be read. @throws BotError `CANCELLED` when the process goes away. */
export async function closeMessage(context: MessageContext, { notice, buttons }: Closing): Promise<boolean> {
	const { state, deps, options } = context;
	if (!isPlaced(state)) return notice !== '' && (await isThrough(post(context, notice, buttons)));
	if (isOpenStream(state)) await closeStream(context, state, waitsOf(options));
	const { reference } = state;
	for (const text of closingTexts(state, notice)) {
		const isClosed = await isThrough(edit(context, reference, text, buttons));
		if (isClosed) return notice !== '';
	}
	// Better no beginning than one whose buttons do nothing.
	const remove = () => deps.platform.remove(reference, options.signal);
	if (options.liveButtons.length > 0) await isThrough(sendFinal(context, 'remove', remove));
	return false;
}

/** For a message that will be taken away: a stream that is left open would live on. Nothing else of it is touched. */
export async function abandonMessage(context: MessageContext): Promise<void> {
	const { state, deps, options } = context;
	if (!isOpenStream(state) || options.signal.aborted) return;
	await closeStream(context, state, options.signal);
	await deps.record.final(options.position);
}

async function closeStream(context: MessageContext, stream: OpenStream, waits: AbortSignal): Promise<void> {
	await isThrough(sendClose(context, () => closeAsItIs(context, stream.reference), waits));
	context.state = closed(stream);
}

/** What is shown with the notice; the notice alone, where even that is refused. */
function closingTexts(state: PlacedMessage, notice: string): string[] {
	const shown = hasText(state) ? closeOpenFence(state.shown.text).trimEnd() : '';
	const whole = [shown, notice].filter((text) => text !== '').join('\n\n');
	return [whole, notice].filter((text, index, all) => text !== '' && all.indexOf(text) === index);
}

async function edit(context: MessageContext, reference: MessageReference, text: string, buttons: Button[]): Promise<void> {
	const { deps, options } = context;
	await sendFinal(context, 'edit', () => deps.platform.edit(reference, { text, buttons, replyId: options.replyId }, options.signal));
}

async function post(context: MessageContext, text: string, buttons: Button[]): Promise<void> {
	const { deps, options } = context;
	context.number++;
	await sendFinal(context, 'post', async () => {
		await deps.record.intended(options.position, 'edit');
		const { messageId } = await deps.platform.post(options.place, newMessageOf(context, { text, buttons }), options.signal);
		await deps.record.shown(options.position, messageId);
	});
}

async function isThrough(sending: Promise<void>): Promise<boolean> {
	try {
		await sending;
		return true;
	} catch (thrown) {
		const error = toBotError(thrown);
		if (error.code === 'CANCELLED') throw error;
		return false;
	}
}
