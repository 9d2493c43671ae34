/** The bot writes, edits and deletes in channels: who may, what a reply needs, and which calls are repetitions. */

import { existingMessage, requirePermissions, textChannel } from './access.ts';
import { channelFlags, composeMessage, reviseMessage } from './compose.ts';
import type { Core } from './core.ts';
import { invalidForm, refusal } from './failure.ts';
import { isJson, listOf, textOf } from './json.ts';
import { regularPolicy } from './mentions.ts';
import { permissions } from './permissions.ts';
import type { UploadedFile } from './request-body.ts';
import type { Channel, Json, MessageReference, StoredMessage } from './types.ts';

/** "The past few minutes" (page "Messages Resource", `enforce_nonce`), taken as three. */
const nonceMemoryMs = 180_000;

/** @throws DiscordFailure as the page "Messages Resource", Create Message, says */
export function postMessage(core: Core, channelId: string | undefined, given: Json, files: UploadedFile[]): StoredMessage {
	const channel = textChannel(core, channelId);
	checkMayPost(core, channel, given);
	const repeated = given.enforce_nonce === true ? findByNonce(core, channel, given.nonce) : undefined;
	if (repeated !== undefined) return repeated;
	const reference = readReference(core, channel, given);
	const repliedTo = reference && core.messages.get(reference.channelId, reference.messageId)?.authorId;
	const parts = composeMessage(core, { given, files, channel, absentPolicy: regularPolicy, settableFlags: channelFlags }, repliedTo);
	if (channel.thread?.archived) core.world.updateChannel(channel.id, { archived: false });
	if (channel.thread !== undefined) core.world.joinThread(channel.id, core.identity.botUserId);
	const nonce = typeof given.nonce === 'string' || typeof given.nonce === 'number' ? given.nonce : undefined;
	const message = core.messages.add({
		...parts,
		channelId: channel.id,
		authorId: core.identity.botUserId,
		applicationId: core.identity.applicationId,
		type: reference === undefined ? 0 : 19,
		reference,
		nonce,
	});
	core.events.messageCreated(message);
	return message;
}

/** @throws DiscordFailure 10008, 50005, 50083, and as `composeMessage` */
export function editMessage(
	core: Core,
	place: { channelId: string | undefined; messageId: string | undefined },
	given: Json,
	files: UploadedFile[],
	rationOldEdit: (channelId: string) => void,
): StoredMessage {
	const channel = textChannel(core, place.channelId);
	const message = existingMessage(core, channel, place.messageId);
	if (message.authorId !== core.identity.botUserId) throw refusal(50005);
	if (channel.thread?.archived) throw refusal(50083);
	if (core.now() - message.createdAtMs > hourMs) rationOldEdit(channel.id);
	reviseMessage(core, message, { given, files, channel, absentPolicy: regularPolicy, settableFlags: channelFlags });
	message.editedAtMs = core.now();
	core.messages.changed(message);
	core.events.messageChanged(message);
	return message;
}

const hourMs = 3_600_000;

/** @throws DiscordFailure 10008, 50003, 50013, 50083 */
export function deleteMessage(core: Core, place: { channelId: string | undefined; messageId: string | undefined }): void {
	const channel = textChannel(core, place.channelId);
	const message = existingMessage(core, channel, place.messageId);
	const isOwn = message.authorId === core.identity.botUserId;
	if (!isOwn && channel.guildId === undefined) throw refusal(50003);
	if (!isOwn) requirePermissions(core, channel, 'manageMessages');
	if (channel.thread?.archived) throw refusal(50083);
	removeMessages(core, [message]);
}

/** Takes messages of one channel away for everybody. */
export function removeMessages(core: Core, messages: readonly StoredMessage[]): void {
	for (const message of messages) {
		message.deleted = true;
		core.messages.changed(message, 'deleted');
	}
	core.events.messagesDeleted(messages);
}

function checkMayPost(core: Core, channel: Channel, given: Json): void {
	const { world, identity } = core;
	const recipient = channel.recipientId;
	if (recipient !== undefined) {
		if (!world.isAcquainted(recipient)) throw refusal(50278);
		if (world.user(recipient)?.acceptsDirects === false) throw refusal(50007);
		return;
	}
	requirePermissions(core, channel, channel.thread === undefined ? 'sendMessages' : 'sendMessagesInThreads');
	if (listOf(given.embeds).length > 0) requirePermissions(core, channel, 'embedLinks');
	const mayManage = (world.permissionsOf(identity.botUserId, channel) & permissions.manageThreads) !== 0n;
	if (channel.thread?.locked && !mayManage) throw refusal(160005);
}

function findByNonce(core: Core, channel: Channel, nonce: unknown): StoredMessage | undefined {
	if (nonce === undefined || nonce === null) return undefined;
	return core.messages
		.list(channel.id)
		.findLast(
			(message) =>
				message.nonce === nonce && message.authorId === core.identity.botUserId && core.now() - message.createdAtMs < nonceMemoryMs,
		);
}

/** With `fail_if_not_exists: false` a reply to what is gone becomes an ordinary message. */
function readReference(core: Core, channel: Channel, { message_reference: given }: Json): MessageReference | undefined {
	if (!isJson(given)) return undefined;
	if (!core.world.may(core.identity.botUserId, channel, 'readMessageHistory')) throw refusal(160002);
	const messageId = textOf(given.message_id);
	const target = core.messages.get(channel.id, messageId);
	const isThere = target !== undefined && !target.deleted && target.ephemeralFor === undefined;
	if (isThere && target.type !== 0 && target.type !== 19 && target.type !== 20 && target.type !== 23) {
		const message = 'Cannot reply to a system message';
		throw invalidForm([{ path: ['message_reference'], code: 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE', message }]);
	}
	if (isThere) return { messageId, channelId: channel.id };
	if (given.fail_if_not_exists === false) return undefined;
	throw invalidForm([{ path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }]);
}
