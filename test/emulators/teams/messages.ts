/** The messages of the tenant: kept, changed and shown, with the history of what people saw; and the typing sign. */

import type { Tenant } from './tenant.ts';
import type { Change, Forwarded, Json, StoredFile, StoredMessage, StreamState } from './types.ts';
import { visibleText } from './visible-text.ts';

export interface Draft {
	conversation: string;
	threadRootId?: string | undefined;
	from: string;
	text: string;
	textFormat?: string;
	attachments?: Json[];
	entities?: Json[];
	channelData?: Json;
	forwarded?: Forwarded | undefined;
	files?: readonly StoredFile[];
	visibleTo?: string | undefined;
	stream?: StreamState;
}

export interface MessageStore {
	add(draft: Draft): StoredMessage;
	/** Includes deleted messages. */
	get(conversation: string, id: string): StoredMessage | undefined;
	/** Oldest first, replies among them, deleted ones too. */
	list(conversation: string): StoredMessage[];
	/** The root and its replies, oldest first. */
	thread(conversation: string, threadRootId: string): StoredMessage[];
	/** To be called after every change of a message: records what people now read and tells the listeners. */
	changed(message: StoredMessage, type?: Change['type']): void;
	showTyping(conversation: string): void;
	isTyping(conversation: string): boolean;
}

/** How long the sign stays. Microsoft says "a few seconds" and no more; this is the emulator's reading of it. */
const typingMs = 4_000;

/** Creates an empty store; `notify` is called on every visible change. */
export function createMessageStore(tenant: Tenant, now: () => number, notify: (change: Change) => void): MessageStore {
	const conversations = new Map<string, Map<string, StoredMessage>>();
	const typing = new Map<string, number>();
	const list = (conversation: string) => [...(conversations.get(conversation)?.values() ?? [])];
	const store: MessageStore = {
		add(draft) {
			const message = completeDraft(draft, tenant.nextMessageId(), now());
			const ofConversation = conversations.get(draft.conversation) ?? new Map<string, StoredMessage>();
			conversations.set(draft.conversation, ofConversation.set(message.id, message));
			if (message.from === 'bot') typing.delete(message.conversation);
			store.changed(message, 'posted');
			return message;
		},
		get: (conversation, id) => conversations.get(conversation)?.get(id),
		list,
		thread: (conversation, root) => list(conversation).filter(({ id, threadRootId }) => id === root || threadRootId === root),
		changed(message, type = 'changed') {
			const text = visibleText(message);
			const progress = message.stream?.progress ?? '';
			const last = message.history.at(-1);
			if (last?.visibleText !== text || last.progress !== progress) message.history.push({ atMs: now(), visibleText: text, progress });
			notify({ type, conversation: message.conversation, id: message.id });
		},
		showTyping(conversation) {
			typing.set(conversation, now());
			notify({ type: 'typing', conversation, id: '' });
		},
		isTyping(conversation) {
			const shownAtMs = typing.get(conversation);
			return shownAtMs !== undefined && now() - shownAtMs < typingMs;
		},
	};
	return store;
}

function completeDraft(draft: Draft, id: string, atMs: number): StoredMessage {
	return {
		id,
		conversation: draft.conversation,
		threadRootId: draft.threadRootId,
		from: draft.from,
		atMs,
		visibleTo: draft.visibleTo,
		text: draft.text,
		textFormat: draft.textFormat ?? 'markdown',
		attachments: draft.attachments ?? [],
		entities: draft.entities ?? [],
		channelData: draft.channelData ?? {},
		forwarded: draft.forwarded,
		files: draft.files ?? [],
		stream: draft.stream,
		edited: false,
		deleted: false,
		history: [],
	};
}
