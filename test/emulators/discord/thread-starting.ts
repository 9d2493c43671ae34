/** Starts threads, with the messages and marks that Discord leaves with them (page "Threads"). */

import type { Core } from './core.ts';
import { refusal } from './failure.ts';
import { type Channel, channelTypes, messageFlags, type NewThread } from './types.ts';

/** "Message Types": the notice that a thread was created, and the first message of a thread that hangs on a message. */
const threadCreated = 18;
const threadStarter = 21;

/** @throws DiscordFailure 50024 where threads cannot be, 160004 for a second thread on a message */
export function startThread(core: Core, input: NewThread): Channel {
	const parent = core.world.channel(input.channelId);
	const mayHold = parent?.type === channelTypes.text || parent?.type === channelTypes.announcement;
	if (!mayHold) throw refusal(50024);
	const { messageId } = input;
	const root = messageId === undefined ? undefined : core.messages.get(input.channelId, messageId);
	if (messageId !== undefined && (root === undefined || root.deleted)) throw refusal(10008);
	if (messageId !== undefined && core.world.channel(messageId) !== undefined) throw refusal(160004);
	if (root !== undefined) root.flags |= messageFlags.hasThread;
	const thread = core.world.addThread(input);
	core.notify({ type: 'thread', channelId: input.channelId, id: thread.id });
	if (root !== undefined) {
		core.events.messageChanged(root);
		const reference = { messageId: root.id, channelId: root.channelId };
		core.events.messageCreated(core.messages.add({ channelId: thread.id, authorId: input.ownerId, type: threadStarter, reference }));
	} else if (input.isPrivate !== true) {
		const notice = core.messages.add({ channelId: input.channelId, authorId: input.ownerId, type: threadCreated, content: input.name });
		core.events.messageCreated(notice);
	}
	return thread;
}
