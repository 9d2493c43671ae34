/** The end of a message that may not be finished: no live button stays on it, and where the platform lets us, it says why. */

import { toBotError } from '../errors.ts';
import { closeOpenFence } from '../markdown/cut.ts';
import type { Button, MessageReference } from '../platform/chat-platform.ts';
import { callStream, newMessageOf, type PartContext, streamRest, waitsOf } from './part-context.ts';
import { finalCall } from './part-ending.ts';
import { persist } from './persistence.ts';

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

export function hasText({ reference, shown, isSign }: PartContext): boolean {
	return reference !== null && !isSign && shown !== '';
}

/** Whatever the platform refuses now is left. @returns whether the notice can be read. @throws BotError `CANCELLED` when the process goes away. */
export async function closePart(context: PartContext, { notice, buttons }: Closing): Promise<boolean> {
	const { reference, options } = context;
	if (reference === null) return notice !== '' && (await isThrough(context, 'post', () => post(context, notice, buttons)));
	if (context.isStreamOpen) await closeStream(context, reference);
	for (const text of closingTexts(context, notice)) {
		const isClosed = await isThrough(context, 'edit', () => edit(context, reference, text, buttons));
		if (isClosed) return notice !== '';
	}
	// Better no beginning than one whose buttons do nothing.
	if (options.liveButtons.length > 0) await isThrough(context, 'remove', () => context.deps.platform.remove(reference, options.signal));
	return false;
}

/** What is shown with the notice; the notice alone, where even that is refused. */
function closingTexts(context: PartContext, notice: string): string[] {
	const shown = hasText(context) ? closeOpenFence(context.shown).trimEnd() : '';
	const whole = [shown, notice].filter((part) => part !== '').join('\n\n');
	return [whole, notice].filter((text, index, all) => text !== '' && all.indexOf(text) === index);
}

/** For a message that will be taken away: a stream that is left open would live on. Nothing else of it is touched. */
export async function abandonPart(context: PartContext): Promise<void> {
	const { deps, options, reference } = context;
	if (reference === null || !context.isStreamOpen || options.signal.aborted) return;
	await closeStream({ ...context, options: { ...options, waits: options.signal } }, reference);
	await deps.record.final(options.position);
}

async function closeStream(context: PartContext, reference: MessageReference): Promise<void> {
	const { deps, options } = context;
	context.isStreamOpen = false;
	await isThrough(context, 'close-stream', async () => {
		await streamRest(context);
		await callStream(context, () => deps.platform.closeStream(reference, '', { text: '', buttons: [] }, options.signal));
	});
}

async function edit({ deps, options }: PartContext, reference: MessageReference, text: string, buttons: Button[]): Promise<void> {
	await deps.platform.edit(reference, { text, buttons, replyId: options.replyId }, options.signal);
}

async function post(context: PartContext, text: string, buttons: Button[]): Promise<void> {
	const { deps, options } = context;
	await deps.record.intended(options.position, 'edit');
	context.sends++;
	const { messageId } = await deps.platform.post(options.place, newMessageOf(context, text, buttons), options.signal);
	await deps.record.shown(options.position, messageId);
}

async function isThrough(context: PartContext, operation: 'post' | 'edit' | 'remove' | 'close-stream', call: () => Promise<unknown>) {
	const { deps, options } = context;
	const waits = waitsOf(options);
	try {
		await persist(deps.clock, waits, () => deps.pacer.run(finalCall(context, operation), waits, call));
		return true;
	} catch (thrown) {
		const error = toBotError(thrown);
		if (error.code === 'CANCELLED') throw error;
		return false;
	}
}
