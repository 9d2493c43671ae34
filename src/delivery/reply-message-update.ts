/** One change of a message while its reply goes on: more text for its stream, or an edit. */

import { type BotError, toBotError } from '../errors.ts';
import { type Refusal, refusalOf } from '../platform/refusal.ts';
import { inSomeForm, noteRefusal } from './obstacle.ts';
import { closeAsItIs, finalCall, outgoingMessageOf } from './reply-message-calls.ts';
import { leaveStreamMode, type MessageContext, type PresentText, waitsOf } from './reply-message-context.ts';
import { appended, closed, doubted, edited, fixed, isPlaced, type Posted, type Streaming } from './reply-message-state.ts';

/** Without room for it the message waits until `until`. A stream that takes no more text becomes a message to be edited. */
export async function appendToStream(
	context: MessageContext,
	stream: Streaming,
	look: () => PresentText,
	urgency: () => number,
	until: AbortSignal,
): Promise<void> {
	const { deps, options, streamPace } = context;
	const { reference, shown } = stream;
	try {
		await deps.pacer.run({ operation: 'append-stream', place: options.place, priority: 'update', urgency }, until, async () => {
			const { stable } = look();
			if (stable.length <= shown.text.length || !stable.startsWith(shown.text)) return;
			const addition = { delta: stable.slice(shown.text.length), text: stable };
			await streamPace.call(() => deps.platform.appendStream(reference, addition, options.signal));
			context.state = appended(stream, stable);
		});
	} catch (thrown) {
		const error = toBotError(thrown);
		if (error.code === 'PLATFORM_UNAVAILABLE') context.state = doubted(stream);
		else if (error.code !== 'PLATFORM_REJECTED') throw error;
		else await endStream(context, stream, error);
		await leaveStreamMode(context);
		// Gone with all that it showed, which is due anew.
		if (!isPlaced(context.state)) throw error;
		deps.observer.detoured(error.reason ?? error.code);
	}
}

/** The stream is over. Refused for another reason it is still open, and stands in the way of edits. */
const endsOfStreams: ReadonlySet<Refusal | null> = new Set(['stream-closed', 'stopped-by-person', 'message-gone']);

async function endStream(context: MessageContext, stream: Streaming, error: BotError): Promise<void> {
	if (!endsOfStreams.has(refusalOf(error))) await makeEditable(context, stream);
	context.state = closed(stream);
	noteRefusal(context, error);
}

async function makeEditable(context: MessageContext, { reference }: Streaming | Posted): Promise<void> {
	const { deps, options } = context;
	const close = () => closeAsItIs(context, reference);
	await deps.pacer.run(finalCall(context, 'close-stream'), waitsOf(options), close).catch(() => {});
}

/** @throws BotError the platform's, or `CANCELLED` when `until` fires first. */
export async function editMessage(
	context: MessageContext,
	message: Posted,
	look: () => PresentText,
	urgency: () => number,
	until: AbortSignal,
): Promise<void> {
	const { deps, options } = context;
	const { reference, shown } = message;
	const attempt = async () => {
		const { text, isSign = false } = look();
		if (text === shown.text) return;
		await deps.platform.edit(reference, outgoingMessageOf(context, { text, buttons: options.liveButtons }), options.signal);
		context.state = edited(message, { text, isSign });
	};
	// Everybody has a sign before anybody's sign becomes text.
	const priority = shown.isSign ? 'second' : 'update';
	try {
		await inSomeForm(context, 'known', () =>
			deps.pacer.run({ operation: 'edit', place: options.place, priority, urgency }, until, attempt),
		);
	} catch (thrown) {
		const error = toBotError(thrown);
		noteRefusal(context, error);
		const isStillPosted = context.state.kind === 'posted';
		if (refusalOf(error) === 'stream-open') await makeEditable(context, message);
		// The same again would be refused again. What takes no changes is replaced at the end, what is gone at once.
		else if (error.code === 'PLATFORM_REJECTED' && context.obstacle === null && isStillPosted) context.state = fixed(message);
		throw error;
	}
}
