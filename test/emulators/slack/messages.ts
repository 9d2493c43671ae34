/** The messages of the workspace: kept, changed and shown, with the history of what people saw. */

import type { Block, Change, StoredMessage } from './types.ts';
import { visibleText } from './visible-text.ts';
import type { Workspace } from './workspace.ts';

export interface Draft {
	channel: string;
	user: string;
	text: string;
	threadTs?: string | undefined;
	botId?: string | undefined;
	blocks?: Block[];
	attachments?: StoredMessage['attachments'];
	webhook?: StoredMessage['webhook'];
	metadata?: StoredMessage['metadata'];
	files?: StoredMessage['files'];
	clientMessageId?: string | undefined;
	stream?: StoredMessage['stream'];
}

export interface MessageStore {
	add(draft: Draft): StoredMessage;
	/** Includes deleted messages. */
	get(channel: string, ts: string): StoredMessage | undefined;
	/** Oldest first, replies among them, deleted ones too. */
	list(channel: string): StoredMessage[];
	/** The root and its replies, oldest first. */
	thread(channel: string, threadTs: string): StoredMessage[];
	/** To be called after every change of a message: records what people now read and tells the listeners. */
	changed(message: StoredMessage, type?: Change['type']): void;
}

/** Creates an empty store; `notify` is called on every visible change. */
export function createMessageStore(workspace: Workspace, now: () => number, notify: (change: Change) => void): MessageStore {
	const channels = new Map<string, Map<string, StoredMessage>>();
	const list = (channel: string) => [...(channels.get(channel)?.values() ?? [])];
	const store: MessageStore = {
		add(draft) {
			const message = completeDraft(draft, workspace.nextTs());
			message.blocks = withBlockIds(message.blocks, workspace);
			const ofChannel = channels.get(draft.channel) ?? new Map<string, StoredMessage>();
			channels.set(draft.channel, ofChannel.set(message.ts, message));
			store.changed(message, 'posted');
			return message;
		},
		get: (channel, ts) => channels.get(channel)?.get(ts),
		list,
		thread: (channel, threadTs) => list(channel).filter(({ ts, threadTs: root }) => ts === threadTs || root === threadTs),
		changed(message, type = 'changed') {
			message.blocks = withBlockIds(message.blocks, workspace);
			const text = visibleText(message);
			if (message.history.at(-1)?.visibleText !== text) message.history.push({ atMs: now(), visibleText: text });
			notify({ type, channel: message.channel, ts: message.ts });
		},
	};
	return store;
}

/** Slack names every block that the app left nameless. */
function withBlockIds(blocks: Block[], workspace: Workspace): Block[] {
	return blocks.map((block) => (block.block_id === undefined ? { ...block, block_id: workspace.nextId('b') } : block));
}

function completeDraft(draft: Draft, ts: string): StoredMessage {
	return {
		ts,
		channel: draft.channel,
		threadTs: draft.threadTs,
		user: draft.user,
		botId: draft.botId,
		clientMessageId: draft.clientMessageId,
		files: draft.files ?? [],
		text: draft.text,
		webhook: draft.webhook,
		blocks: draft.blocks ?? [],
		attachments: draft.attachments ?? [],
		metadata: draft.metadata,
		edited: undefined,
		deleted: false,
		stream: draft.stream,
		reactions: [],
		history: [],
	};
}
