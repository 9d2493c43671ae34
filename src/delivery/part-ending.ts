/** The end of one message: its whole text lands, by the road it is on or by the next one that is open. */

import { type BotError, toBotError } from '../errors.ts';
import type { Button, MessageReference } from '../platform/chat-platform.ts';
import { findLost, takeOverLost } from './lost-message.ts';
import type { PacedCall } from './pacer.ts';
import { callStream, mayHaveArrived, messageOf, newMessageOf, noteRefusal, type PartContext, streamRest } from './part-context.ts';
import { persist } from './persistence.ts';

/** @throws BotError when the text cannot be shown on any road, or `CANCELLED` when the process goes away. */
export async function finishPart(context: PartContext, text: string, buttons: Button[]): Promise<void> {
	const { deps, options } = context;
	try {
		await persist(deps.clock, options.signal, () => takeOverLost(context));
		const isShown =
			(await closeStream(context, text, buttons)) ||
			isAlreadyShown(context, text, buttons) ||
			isSealed(context) ||
			(await edit(context, text, buttons));
		if (!isShown) await postAnew(context, text, buttons);
		await deps.record.final(options.position);
	} finally {
		await leavePart(context);
	}
}

/** Gives back the slots that were kept for the end. Safe to repeat. */
export async function leavePart({ deps, options, reservation }: PartContext): Promise<void> {
	await reservation.release();
	await deps.pacer.release('edit', options.place, reservation.id);
}

function isAlreadyShown({ reference, shown, options }: PartContext, text: string, buttons: Button[]): boolean {
	return reference !== null && text === shown && buttons.length === 0 && options.liveButtons.length === 0;
}

/** What a person stopped stays as it is, where the platform has it so. */
function isSealed({ deps, isStopped }: PartContext): boolean {
	return isStopped && deps.platform.capabilities.stream?.endsWhenStopped === true;
}

/** True when the closed stream shows the whole text. */
export async function closeStream(context: PartContext, text: string, buttons: Button[]): Promise<boolean> {
	const { deps, options, reference, shown } = context;
	if (reference === null || !context.isStreamOpen) return false;
	const canAppend = !context.isUncertain && text.startsWith(shown);
	const delta = canAppend ? text.slice(shown.length) : '';
	context.isStreamOpen = false;
	try {
		const close = () => deps.platform.closeStream(reference, delta, messageOf(context, text, buttons), options.signal);
		await persist(deps.clock, options.signal, async () => {
			await streamRest(context);
			await deps.pacer.run(finalCall(context, 'close-stream'), options.signal, () => callStream(context, close));
		});
		return canAppend;
	} catch (thrown) {
		takeAnotherRoad(context, thrown);
		return false;
	}
}

/** False when the message cannot be edited any more, or not soon enough. */
async function edit(context: PartContext, text: string, buttons: Button[]): Promise<boolean> {
	const { deps, options, reference, road } = context;
	if (reference === null) return false;
	const call = finalCall(context, 'edit');
	if (call.reservation === undefined && road !== 'edit' && !(await deps.pacer.isFree('edit', options.place))) return false;
	const attempt = () =>
		persist(deps.clock, options.signal, () =>
			deps.pacer.run(call, options.signal, () => deps.platform.edit(reference, messageOf(context, text, buttons), options.signal)),
		);
	try {
		await attempt().catch(async (thrown) => {
			if (toBotError(thrown).reason !== 'stream-open') throw thrown;
			// Stopped by its reader, a stream takes no more text, but it is still to be closed before it can be edited.
			await persist(deps.clock, options.signal, () =>
				deps.pacer.run(finalCall(context, 'close-stream'), options.signal, () =>
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

async function postAnew(context: PartContext, text: string, buttons: Button[]): Promise<void> {
	const { deps, options, reference: old } = context;
	// A first message that nobody has seen yet is the same message still.
	if (old !== null || context.sends === 0) context.sends++;
	const reference = await persist(deps.clock, options.signal, async (lastError) => {
		const isLost = mayHaveArrived(lastError);
		// Where nobody can look, the message counts as there: most such answers are lost on the way back.
		if (isLost && !deps.platform.capabilities.readsThreads) return null;
		const lost = isLost ? await findLost(context) : null;
		return lost ?? (await deps.pacer.run(finalCall(context, 'post'), options.signal, () => post(context, text, buttons)));
	});
	if (reference === null) return deps.observer.detoured('lost');
	context.reference = reference;
	await deps.record.shown(options.position, reference.messageId);
	if (old === null) deps.observer.firstText();
	else await remove(context, old);
}

async function post(context: PartContext, text: string, buttons: Button[]): Promise<MessageReference> {
	const { deps, options } = context;
	await deps.record.intended(options.position, 'edit');
	return await deps.platform.post(options.place, newMessageOf(context, text, buttons), options.signal);
}

async function remove(context: PartContext, old: MessageReference): Promise<void> {
	const { deps, options } = context;
	try {
		await persist(deps.clock, options.signal, () =>
			deps.pacer.run(finalCall(context, 'remove'), options.signal, () => deps.platform.remove(old, options.signal)),
		);
	} catch (thrown) {
		takeAnotherRoad(context, thrown);
	}
}

function finalCall({ options, reservation, road }: PartContext, operation: PacedCall['operation']): PacedCall {
	const isKept = reservation.operation === operation || (operation === 'edit' && road === 'edit');
	return { operation, place: options.place, priority: 'final', ...(isKept ? { reservation: reservation.id } : {}) };
}

/** A refusal closes one road only; anything else is passed on. */
function takeAnotherRoad(context: PartContext, thrown: unknown): void {
	const error: BotError = toBotError(thrown);
	if (error.code !== 'PLATFORM_REJECTED') throw error;
	noteRefusal(context, error);
	context.deps.observer.detoured(error.reason ?? error.code);
}
