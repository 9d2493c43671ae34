/** The end of one message: its whole text lands, by the road it is on or by the next one that is open. */

import { type BotError, toBotError } from '../errors.ts';
import type { PacedCall } from '../pacing/pacer.ts';
import type { Button, MessageReference } from '../platform/chat-platform.ts';
import { refusalOf } from '../platform/refusal.ts';
import { findLost, takeOverLost } from './lost-message.ts';
import { inSomeForm, noteRefusal, type Obstacle } from './obstacle.ts';
import { callStream, mayHaveArrived, messageOf, newMessageOf, type PartContext, streamRest, waitsOf } from './part-context.ts';
import { persist } from './persistence.ts';

export interface FinalText {
	text: string;
	buttons: Button[];
	/** What is said instead in a message that can show no buttons. */
	bareText: string;
}

/**
 * Resolves when the text is there, or when the context has an obstacle.
 * @throws BotError when the platform does not answer for too long, or `CANCELLED` when the process goes away.
 */
export async function finishPart(context: PartContext, final: FinalText): Promise<void> {
	const { deps, options } = context;
	await persist(deps.clock, waitsOf(options), () => takeOverLost(context));
	const isShown =
		(await closeStream(context, final)) || isAlreadyShown(context, final) || isSealed(context) || (await edit(context, final));
	if (!isShown && context.obstacle === null) await postAnew(context, final);
	if (context.obstacle === null) await deps.record.final(options.position);
}

/** Gives back the slots that were kept for the end. Safe to repeat. */
export async function leavePart({ deps, options, reservation }: PartContext): Promise<void> {
	await reservation.release();
	await deps.pacer.release('edit', options.place, reservation.id);
}

function isAlreadyShown({ reference, shown, options }: PartContext, { text, buttons }: FinalText): boolean {
	return reference !== null && text === shown && buttons.length === 0 && options.liveButtons.length === 0;
}

/** What a person stopped stays as it is, where the platform has it so. */
function isSealed({ deps, isStopped }: PartContext): boolean {
	return isStopped && deps.platform.capabilities.stream?.endsWhenStopped === true;
}

/** True when the closed stream shows the whole text. */
export async function closeStream(context: PartContext, { text, buttons }: FinalText): Promise<boolean> {
	const { deps, options, reference, shown } = context;
	if (reference === null || !context.isStreamOpen) return false;
	const waits = waitsOf(options);
	const canAppend = !context.isUncertain && text.startsWith(shown);
	const delta = canAppend ? text.slice(shown.length) : '';
	context.isStreamOpen = false;
	try {
		const close = () => deps.platform.closeStream(reference, delta, messageOf(context, text, buttons), options.signal);
		await persist(deps.clock, waits, async () => {
			await streamRest(context);
			await deps.pacer.run(finalCall(context, 'close-stream'), waits, () => callStream(context, close));
		});
		return canAppend;
	} catch (thrown) {
		takeAnotherRoad(context, thrown);
		return false;
	}
}

/** False when the message cannot be edited any more, or not soon enough. */
async function edit(context: PartContext, final: FinalText): Promise<boolean> {
	const { deps, options, reference, road } = context;
	if (reference === null || context.isFixed || context.obstacle !== null) return false;
	const waits = waitsOf(options);
	const call = finalCall(context, 'edit');
	if (call.reservation === undefined && road !== 'edit' && !(await deps.pacer.isFree('edit', options.place))) return false;
	const send = () => deps.platform.edit(reference, messageOf(context, chosenText(context, final), final.buttons), options.signal);
	const attempt = () => persist(deps.clock, waits, () => inSomeForm(context, 'known', () => deps.pacer.run(call, waits, send)));
	try {
		await attempt().catch(async (thrown) => {
			if (refusalOf(toBotError(thrown)) !== 'stream-open') throw thrown;
			// Stopped by its reader, a stream takes no more text, but it is still to be closed before it can be edited.
			await persist(deps.clock, waits, () =>
				deps.pacer.run(finalCall(context, 'close-stream'), waits, () =>
					deps.platform.closeStream(reference, '', { text: '', buttons: [] }, options.signal),
				),
			);
			await attempt();
		});
		return true;
	} catch (thrown) {
		takeAnotherRoad(context, thrown);
		return false;
	}
}

async function postAnew(context: PartContext, final: FinalText): Promise<void> {
	const { deps, options, reference: old } = context;
	// A first message that nobody has seen yet is the same message still.
	if (old !== null || context.sends <= context.deletions) context.sends++;
	const reference = await sendAnew(context, final);
	if (reference === null) return;
	Object.assign(context, { reference, shown: final.text, isSign: false } satisfies Partial<PartContext>);
	await deps.record.shown(options.position, reference.messageId);
	if (old === null) deps.observer.firstText();
	else await remove(context, old);
}

/** Null when there is an obstacle. */
async function sendAnew(context: PartContext, final: FinalText): Promise<MessageReference | null> {
	const { deps, options } = context;
	const waits = waitsOf(options);
	const send = async () => {
		await deps.record.intended(options.position, 'edit');
		const message = newMessageOf(context, chosenText(context, final), final.buttons);
		return await deps.platform.post(options.place, message, options.signal);
	};
	try {
		return await persist(deps.clock, waits, async (lastError) => {
			const isLost = mayHaveArrived(lastError);
			// Where nobody can look, the message is not sent again: most such answers are lost on the way back.
			if (isLost && !deps.platform.capabilities.findsOwnMessages) return meet(context, 'lost');
			const lost = isLost ? await findLost(context) : null;
			return lost ?? (await inSomeForm(context, 'new', () => deps.pacer.run(finalCall(context, 'post'), waits, send)));
		});
	} catch (thrown) {
		takeAnotherRoad(context, thrown);
		// There is no other road.
		return context.obstacle === null ? meet(context, 'not-accepted') : null;
	}
}

function chosenText({ isBare }: PartContext, { text, bareText }: FinalText): string {
	return isBare ? bareText : text;
}

function meet(context: PartContext, obstacle: Obstacle): null {
	context.obstacle = obstacle;
	return null;
}

async function remove(context: PartContext, old: MessageReference): Promise<void> {
	const { deps, options } = context;
	const waits = waitsOf(options);
	try {
		const send = () => deps.platform.remove(old, options.signal);
		await persist(deps.clock, waits, () => deps.pacer.run(finalCall(context, 'remove'), waits, send));
	} catch (thrown) {
		const error = toBotError(thrown);
		if (error.code !== 'PLATFORM_REJECTED') throw error;
		// The new message is there: whatever holds the old one is no obstacle.
		deps.observer.detoured(error.reason ?? error.code);
	}
}

/** A call that ends something: it goes first, and uses up the slot that was kept for it. */
export function finalCall({ options, reservation, road }: PartContext, operation: PacedCall['operation']): PacedCall {
	const isKept = reservation.operation === operation || (operation === 'edit' && road === 'edit');
	return { operation, place: options.place, priority: 'final', ...(isKept ? { reservation: reservation.id } : {}) };
}

/** A refusal closes one road only, or all of them; anything else is passed on. */
function takeAnotherRoad(context: PartContext, thrown: unknown): void {
	const error: BotError = toBotError(thrown);
	if (error.code !== 'PLATFORM_REJECTED') throw error;
	noteRefusal(context, error);
	context.deps.observer.detoured(error.reason ?? error.code);
}
