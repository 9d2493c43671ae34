/** Text that appears while it is written: the states of a stream in a personal chat ("Stream bot messages"). */

import { badSyntax, isTooLarge, readContent } from './content.ts';
import type { Core } from './core.ts';
import type { Result } from './endpoint.ts';
import { isJson, objectsOf, textOf } from './json.ts';
import type { Place } from './places.ts';
import { type Json, ServiceFailure, type StoredMessage } from './types.ts';

/** From the first request to the last. */
const streamLifetimeMs = 120_000;
/** Of an informative update, in characters. */
const progressLimit = 1_000;

const texts = {
	notAllowed: 'Content stream is not allowed',
	completed: 'Content stream is not allowed on an already completed streamed message',
	expired: 'Content stream finished due to exceeded streaming time.',
	stopped: 'Content stream was cancelled by user.',
	prefix: 'Request streamed content should contain the previously streamed content',
	tooLarge: 'Message size too large',
	quota: 'API calls quota exceeded',
	outOfOrder: 'PreCondition failed exception when processing streaming activity.',
	noText: 'Start streaming activities should include text',
	// Seen by bots whose entities had lost their properties on the way.
	notTyping: 'Only start streaming and continue streaming types are allowed as a typing activity',
	notFinal: 'Only end streaming type is allowed as a message activity',
};

/** The `streaminfo` of an activity, if it is part of a stream. */
export function streamInfo(activity: unknown): Json | undefined {
	if (!isJson(activity)) return undefined;
	return objectsOf(activity.entities).find(({ type }) => textOf(type).toLowerCase() === 'streaminfo');
}

/** Takes the first, the next or the last request of a stream. */
export function takeStreamRequest(core: Core, place: Place, activity: Json, info: Json): Result {
	if (place.conversation.kind !== 'personal' || !core.settings.streaming) throw notAllowed(texts.notAllowed);
	checkForm(activity, info);
	if (isTooLarge(activity)) throw notAllowed(texts.tooLarge);
	if (info.streamId === undefined) return begin(core, place, activity, info);
	const message = openStream(core, place, textOf(info.streamId));
	if (!core.limiter.takeStream(message.id)) throw new ServiceFailure(429, 'TooManyRequests', texts.quota);
	return activity.type === 'message' ? finish(core, message, activity) : extend(core, message, activity, info);
}

/** Ends a stream that lived too long: what a person sees then looks stuck, and only an update helps. */
export function endIfExpired(core: Core, message: StoredMessage): void {
	const { stream } = message;
	if (stream?.state !== 'in_progress' || core.now() - stream.startedAtMs <= streamLifetimeMs) return;
	stream.state = 'expired';
	core.messages.changed(message);
}

/** Whether the message may be updated, and what becomes of its stream. */
export function checkUpdateOfStream(core: Core, message: StoredMessage): void {
	endIfExpired(core, message);
	const { stream } = message;
	if (stream === undefined) return;
	if (stream.state === 'stopped') throw notAllowed(texts.stopped);
	if (stream.state === 'in_progress' && core.settings.putOnOpenStream === 'refused') throw notAllowed(texts.notAllowed);
	stream.state = 'done';
	stream.progress = '';
}

function begin(core: Core, place: Place, activity: Json, info: Json): Result {
	const inChat = core.messages.list(place.conversation.id);
	for (const message of inChat) endIfExpired(core, message);
	if (inChat.some(({ stream, deleted }) => stream?.state === 'in_progress' && !deleted)) throw notAllowed(texts.notAllowed);
	if (info.streamSequence !== 1) throw badRequest('The first streamSequence has to be 1');
	const isProgress = info.streamType === 'informative';
	const text = textOf(activity.text);
	const message = core.messages.add({
		conversation: place.conversation.id,
		from: 'bot',
		text: isProgress ? '' : text,
		stream: { state: 'in_progress', startedAtMs: core.now(), lastSequence: 1, progress: isProgress ? text : '' },
	});
	core.limiter.takeStream(message.id);
	return { status: 201, body: { id: message.id } };
}

function extend(core: Core, message: StoredMessage, activity: Json, info: Json): Result {
	const { stream } = message;
	const sequence = Number(info.streamSequence);
	if (stream === undefined || sequence <= stream.lastSequence) {
		const error = { code: 'ContentStreamSequenceOrderPreConditionFailed', message: texts.outOfOrder };
		return { status: 202, body: { error } };
	}
	const text = textOf(activity.text);
	if (info.streamType === 'streaming' && !text.startsWith(message.text)) throw notAllowed(texts.prefix);
	stream.lastSequence = sequence;
	stream.progress = info.streamType === 'informative' ? text : '';
	if (info.streamType === 'streaming') message.text = text;
	core.messages.changed(message);
	return { status: 202, body: {} };
}

function finish(core: Core, message: StoredMessage, activity: Json): Result {
	const content = readContent(activity);
	if (!content.text.startsWith(message.text)) throw notAllowed(texts.prefix);
	const entities = content.entities.filter(({ type }) => textOf(type).toLowerCase() !== 'streaminfo');
	Object.assign(message, { ...content, entities });
	if (message.stream !== undefined) Object.assign(message.stream, { state: 'done', progress: '' });
	core.messages.changed(message);
	return { status: 202, body: {} };
}

function openStream(core: Core, place: Place, streamId: string): StoredMessage {
	const message = core.messages.get(place.conversation.id, streamId);
	if (message?.stream === undefined || message.deleted) throw new ServiceFailure(404, 'ActivityNotFoundInConversation', 'No such stream.');
	endIfExpired(core, message);
	if (message.stream.state === 'stopped') throw notAllowed(texts.stopped);
	if (message.stream.state === 'expired') throw notAllowed(texts.expired);
	if (message.stream.state === 'done') throw notAllowed(texts.completed);
	return message;
}

function checkForm(activity: Json, info: Json): void {
	if (info.streamId !== undefined && textOf(info.streamId) === '') throw badRequest('streamId has to be a text');
	if (activity.type === 'message') checkFinalForm(info);
	else checkChunkForm(activity, info);
}

function checkFinalForm({ streamType, streamSequence, streamId }: Json): void {
	if (streamType !== 'final' || streamId === undefined) throw badSyntax(texts.notFinal);
	if (streamSequence !== undefined) throw badRequest('The last request of a stream must not have a streamSequence');
}

function checkChunkForm(activity: Json, { streamType, streamSequence }: Json): void {
	if (activity.type !== 'typing' || (streamType !== 'informative' && streamType !== 'streaming')) throw badSyntax(texts.notTyping);
	const text = textOf(activity.text);
	if (text === '') throw badRequest(texts.noText);
	if (!Number.isInteger(streamSequence)) throw badRequest('streamSequence has to be a number');
	if (streamType === 'informative' && text.length > progressLimit) throw badRequest('The informative update is too long');
	if (objectsOf(activity.attachments).length > 0) throw badRequest('Attachments are allowed in the last request of a stream only');
}

function badRequest(message: string): ServiceFailure {
	return new ServiceFailure(400, 'BadRequest', message);
}

function notAllowed(message: string): ServiceFailure {
	return new ServiceFailure(403, 'ContentStreamNotAllowed', message);
}
