/** What a request means, in the words that chat platforms use: the inbox keeps it like any other event. Pure. */

import type { AnswerRow } from '../history/stored.ts';
import type { StoredPlace } from '../identity/own-places.ts';
import { conversationIdOf, questionIdOf } from '../identity/place-id.ts';
import { stableId } from '../identity/stable-id.ts';
import type { UploadedFile } from '../knowledge/uploads/upload-store.ts';
import type { Actor, Attachment, ButtonPressed, CommandInvoked, MessageReceived } from '../platform/chat-event.ts';
import type { FileShared } from '../platform/place-event.ts';
import type { SignedIn } from '../sessions/signed-in.ts';
import type { TakenQuestion } from './contract/messages.ts';

interface Requested {
	caller: SignedIn;
	place: StoredPlace;
	/** The same for every try of the client. */
	clientId: string;
	now: Date;
}

/** The rows will have these ids. */
export interface RequestedEvent<Event> {
	event: Event;
	ids: TakenQuestion;
}

export function questionEvent({
	text,
	files,
	withoutKnowledge = false,
	...requested
}: Requested & { text: string; files: readonly UploadedFile[]; withoutKnowledge?: boolean | undefined }): RequestedEvent<MessageReceived> {
	const { place, clientId: messageId } = requested;
	const event: MessageReceived = {
		...commonOf(requested),
		...{ type: 'message-received', messageId, text, attachments: files.map(attachmentOf) },
		author: actorOf(requested.caller),
		addressedBy: 'direct',
		startsThread: false,
		...(withoutKnowledge ? { withoutKnowledge: true as const } : {}),
	};
	const answerId = stableId(`answer:${event.key}`);
	return { event, ids: { conversationId: conversationIdOf(place), questionId: questionIdOf(place, messageId), answerId } };
}

/** What was typed as a command: the ids are those of a question that will have no rows. */
export function commandEvent({ text, ...requested }: Requested & { text: string }): RequestedEvent<CommandInvoked> {
	const { ids } = questionEvent({ ...requested, text, files: [] });
	return { event: { ...commonOf(requested), type: 'command-invoked', actor: actorOf(requested.caller), text: text.trim() }, ids };
}

/** As chats tell of each file beside the message that it came with: so it becomes a document there. */
export function fileEvents({ files, ...requested }: Requested & { files: readonly UploadedFile[] }): FileShared[] {
	const { key, ...common } = commonOf(requested);
	const shared = { type: 'file-shared', messageId: requested.clientId, sharedBy: actorOf(requested.caller) } as const;
	return files.map((file) => ({ ...common, key: `${key}:file:${file.id}`, ...shared, file: attachmentOf(file) }));
}

export function retryEvent({
	answer,
	withoutKnowledge = false,
	...requested
}: Requested & { answer: AnswerRow; withoutKnowledge?: boolean | undefined }): RequestedEvent<ButtonPressed> {
	const button = { name: 'retry', replyId: answer.id, ...(withoutKnowledge ? { withoutKnowledge: true as const } : {}) } as const;
	const event: ButtonPressed = { ...commonOf(requested), type: 'button-pressed', actor: actorOf(requested.caller), messageId: '', button };
	const { conversationId, questionId } = answer;
	return { event, ids: { conversationId, questionId, answerId: stableId(`retry:${answer.id}`) } };
}

function commonOf({ caller, place, clientId, now }: Requested) {
	const { platform, tenantId } = place;
	return { key: `${platform}:${caller.person.userId}:${clientId}`, platform, tenantId, place, occurredAt: now.toISOString() };
}

/** Found by its id alone. */
function attachmentOf({ id, name, mediaType, sizeBytes }: UploadedFile): Attachment {
	return { id, name, mediaType, sizeBytes, source: id };
}

/** The account that was signed in: who they are, and what they may, is looked up where it is at home. */
function actorOf({ account: { platform, tenantId, accountId } }: SignedIn): Actor {
	return { platform, tenantId, accountId };
}
